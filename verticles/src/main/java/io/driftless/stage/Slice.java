package io.driftless.stage;

import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// What this instance knows of one partition number, over all topics of the stage. Other threads may ask for names.
final class Slice<T, O> {
    final int partition;
    final long since = System.nanoTime();
    private final Function<String, Logic<T, O>> logics;
    private final Map<String, SubjectState<T, O>> subjects = new ConcurrentHashMap<>();
    /// The latest of each record that concerns everyone, for subjects that appear later.
    private final Map<TopicKey, Fact> everyone = new LinkedHashMap<>();
    /// Where each table ended when it was assigned; entries go as they are reached.
    final Map<TopicPartition, Long> unread = new HashMap<>();
    /// Events and news that came before the tables were read.
    final Deque<ConsumerRecord<String, byte[]>> heldRecords = new ArrayDeque<>();
    final List<Mail.News<T, O>> heldNews = new ArrayList<>();
    volatile boolean ready;
    volatile boolean dropped;

    private record TopicKey(Topic topic, String key) {}

    Slice(int partition, Function<String, Logic<T, O>> logics) {
        this.partition = partition;
        this.logics = logics;
    }

    /// Takes in a fact and notes whom it concerns. When a logic refuses it, the others still get it, then the first
    /// refusal is thrown.
    void fold(Fact fact, Set<SubjectState<T, O>> touched) {
        String name = RecordKey.subject(fact.key());
        if (!name.equals(RecordKey.EVERYONE)) {
            SubjectState<T, O> subject = subject(name);
            touched.add(subject);
            subject.logic.fold(fact);
            return;
        }
        remember(fact);
        RuntimeException refusal = null;
        for (SubjectState<T, O> subject : subjects.values()) {
            touched.add(subject);
            try {
                subject.logic.fold(fact);
            } catch (RuntimeException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    private void remember(Fact fact) {
        TopicKey key = new TopicKey(fact.topic(), fact.key());
        if (fact.envelope() == null) {
            everyone.remove(key);
        } else {
            everyone.put(key, fact);
        }
    }

    SubjectState<T, O> subject(String name) {
        SubjectState<T, O> known = subjects.get(name);
        if (known != null) {
            return known;
        }
        SubjectState<T, O> created = new SubjectState<>(this, name, logics.apply(name));
        subjects.put(name, created);
        everyone.values().forEach(created.logic::fold);
        return created;
    }

    @Nullable
    SubjectState<T, O> known(String name) {
        return subjects.get(name);
    }

    List<SubjectState<T, O>> all() {
        return List.copyOf(subjects.values());
    }

    Set<String> names() {
        return Set.copyOf(subjects.keySet());
    }

    int size() {
        return subjects.size();
    }

    void forget(SubjectState<T, O> subject) {
        subjects.remove(subject.name, subject);
    }
}
