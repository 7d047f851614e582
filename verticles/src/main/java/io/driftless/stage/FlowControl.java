package io.driftless.stage;

import io.driftless.events.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// Takes in nothing new while the broker does not acknowledge what was said, and bounds what is held back while tables
/// are read. Partitions are paused in these rare cases alone: a paused partition joins a fetch only when the one under
/// way ends.
final class FlowControl<T, O> {
    private static final int MOST_UNACKNOWLEDGED = 5_000;
    private static final long LONGEST_UNACKNOWLEDGED = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST_HELD = 20_000;

    private final StageDefinition<T, O> definition;
    private final StageSession<T, O> session;
    private final Progress progress;
    private final Set<TopicPartition> paused = new HashSet<>();
    private boolean choked;

    FlowControl(StageDefinition<T, O> definition, StageSession<T, O> session, Progress progress) {
        this.definition = definition;
        this.session = session;
        this.progress = progress;
    }

    boolean choked() {
        return choked;
    }

    /// True while nothing of this partition is taken in.
    boolean pauses(TopicPartition partition) {
        return paused.contains(partition);
    }

    void regulate(Consumer<?, ?> consumer) {
        choked = progress.oldest() > LONGEST_UNACKNOWLEDGED || progress.unacknowledged() > MOST_UNACKNOWLEDGED;
        if (!choked && paused.isEmpty() && session.slices.allReady()) {
            return;
        }
        paused.clear();
        for (TopicPartition partition : consumer.assignment()) {
            if (choked || held(partition)) {
                paused.add(partition);
            }
        }
        List<TopicPartition> resumed = new ArrayList<>(consumer.paused());
        resumed.removeAll(paused);
        consumer.resume(resumed);
        consumer.pause(paused);
    }

    private boolean held(TopicPartition partition) {
        Slice<T, O> slice = session.slices.get(partition.partition());
        return slice != null
                && !slice.ready
                && slice.heldRecords.size() > MOST_HELD
                && !definition.tables().contains(Topic.named(partition.topic()));
    }
}
