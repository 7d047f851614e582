package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// Something that happened, past tense, held by exactly one topic. A record that exists is valid: constructors refuse
/// nonsense.
public sealed interface Event
        permits PushEvent,
                ApplicationEvent,
                ClusterEvent,
                DesiredEvent,
                LiveEvent,
                ChildEvent,
                DriftEvent,
                CommandEvent,
                SyncEvent,
                OperationEvent,
                DeliveryEvent,
                RevisionEvent {

    /// The Kafka record key. Its part before `|` decides the partition ([RecordKey]).
    @JsonIgnore
    String key();
}
