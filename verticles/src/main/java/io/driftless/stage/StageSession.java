package io.driftless.stage;

import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.events.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in facts, outcomes and news, decides once for every subject they touched, and lets the decisions follow:
/// publications first, tasks when those are acknowledged. Used by the thread of the stage; does no I/O that waits.
final class StageSession<T, O> {
    private static final Logger LOG = LoggerFactory.getLogger(StageSession.class);

    private final StageDefinition<T, O> definition;
    private final InstantSource clock;
    private final int partitions;
    private final StageMetrics metrics;
    private final Deeds<T, O> deeds;
    final Slices<T, O> slices;
    final Outbox<T, O> outbox;
    final Tasks<T, O> tasks;
    final Progress progress;
    final Timers timers = new Timers();
    private final Set<SubjectState<T, O>> touched = new LinkedHashSet<>();
    private final Consumer<Set<String>> rebuilt;

    StageSession(
            StageDefinition<T, O> definition,
            Performer<T, O> performer,
            StageRuntime.Parts parts,
            Outbox<T, O> outbox,
            Tasks<T, O> tasks,
            Progress progress,
            Consumer<Set<String>> rebuilt) {
        this.definition = definition;
        this.clock = parts.clock();
        this.partitions = parts.partitions();
        this.metrics = parts.metrics();
        this.outbox = outbox;
        this.tasks = tasks;
        this.progress = progress;
        this.rebuilt = rebuilt;
        this.slices = new Slices<>(definition);
        this.deeds = new Deeds<>(definition, performer, parts, outbox, tasks, timers, touched);
    }

    void take(ConsumerRecord<String, byte[]> record) {
        Slice<T, O> slice = slices.get(record.partition());
        if (slice == null) {
            return;
        }
        Topic topic = Topic.named(record.topic());
        if (!slice.ready && !definition.tables().contains(topic)) {
            slice.heldRecords.add(record);
            return;
        }
        fold(slice, topic, record);
    }

    private void fold(Slice<T, O> slice, Topic topic, ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        metrics.records.incrementAndGet();
        try {
            slice.fold(RecordReader.read(topic, record), touched);
        } catch (RuntimeException e) {
            if (!(e instanceof UnreadableRecordException)) {
                LOG.error("{}: the logic failed on {}@{}", definition.name(), partition, record.offset(), e);
            }
            if (!slices.reported(partition, record.offset())) {
                outbox.dead(topic, record, e);
            }
        }
        progress.taken(partition, record.offset() + 1);
    }

    /// Partitions whose tables have been read to where they ended take in what was held back meanwhile.
    void settle(ToLongFunction<TopicPartition> position) {
        for (Slice<T, O> slice : slices.all()) {
            if (!slice.ready) {
                slice.unread.entrySet().removeIf(table -> position.applyAsLong(table.getKey()) >= table.getValue());
                if (slice.unread.isEmpty()) {
                    ready(slice);
                }
            }
        }
    }

    private void ready(Slice<T, O> slice) {
        slice.ready = true;
        metrics.rebuildMillis.set((System.nanoTime() - slice.since) / 1_000_000);
        touched.addAll(slice.all());
        Set<String> names = slice.names();
        while (!slice.heldRecords.isEmpty()) {
            ConsumerRecord<String, byte[]> record = slice.heldRecords.remove();
            fold(slice, Topic.named(record.topic()), record);
        }
        slice.heldNews.forEach(this::news);
        slice.heldNews.clear();
        rebuilt.accept(names);
    }

    void read(Mail<T, O> mail) {
        switch (mail) {
            case Mail.Acknowledged<T, O> acknowledged -> deeds.release(acknowledged.subject());
            case Mail.Done<T, O> done -> deeds.done(done.task(), done.outcome());
            case Mail.Failed<T, O> failed -> deeds.failed(failed.task(), failed.reason());
            case Mail.News<T, O> news -> news(news);
            case Mail.Listener<T, O> listener -> greet(listener);
            case Mail.Broken<T, O> broken -> throw new KafkaFailure("a record was not accepted", broken.reason());
            case Mail.Nudge<T, O> nudge -> {}
        }
    }

    private void greet(Mail.Listener<T, O> newcomer) {
        newcomer.register().run();
        for (Slice<T, O> slice : slices.all()) {
            if (slice.ready) {
                Set<String> names = slice.names();
                Thread.startVirtualThread(() -> newcomer.listener().accept(names));
            }
        }
    }

    private void news(Mail.News<T, O> news) {
        Slice<T, O> slice = slices.get(RecordKey.partition(news.subject(), partitions));
        if (slice == null) {
            return;
        }
        if (!slice.ready) {
            slice.heldNews.add(news);
            return;
        }
        deeds.finished(slice.subject(news.subject()), news.news());
    }

    /// Decides for everyone touched.
    void decide() {
        List<SubjectState<T, O>> subjects = new ArrayList<>(touched);
        touched.clear();
        Instant now = clock.instant();
        for (SubjectState<T, O> subject : subjects) {
            // Subjects of partitions not yet rebuilt are decided for when that is done.
            if (subject.slice.ready && !subject.slice.dropped) {
                decide(subject, now);
            }
        }
    }

    private void decide(SubjectState<T, O> subject, Instant now) {
        Decision<T> decision;
        boolean forgettable;
        metrics.decisions.incrementAndGet();
        try {
            decision = subject.logic.decide(now);
            forgettable = subject.logic.forgettable();
        } catch (RuntimeException e) {
            outbox.unhandled(subject.name, definition.home(), "decision", e);
            return;
        }
        wakeAt(subject, decision.wakeAt());
        boolean said = outbox.publish(subject, decision.publications());
        if (said && !decision.tasks().isEmpty()) {
            deeds.begin(subject, decision.tasks());
        }
        if (forgettable && subject.idle()) {
            subject.slice.forget(subject);
        }
    }

    private void wakeAt(SubjectState<T, O> subject, @Nullable Instant at) {
        if (at == null || at.equals(subject.wakeAt)) {
            subject.wakeAt = at;
            return;
        }
        subject.wakeAt = at;
        timers.at(at, () -> {
            if (at.equals(subject.wakeAt)) {
                subject.wakeAt = null;
                touched.add(subject);
            }
        });
    }

    boolean owns(String subject) {
        Slice<T, O> slice = slices.get(RecordKey.partition(subject, partitions));
        return slice != null && slice.ready;
    }

    void count() {
        metrics.partitions.set(slices.all().size());
        metrics.subjects.set(slices.all().stream().mapToInt(Slice::size).sum());
        metrics.unacknowledged.set(progress.unacknowledged());
    }

    /// Subjects of partitions that are rebuilt.
    Set<String> subjects() {
        Set<String> names = new LinkedHashSet<>();
        slices.all().stream().filter(slice -> slice.ready).forEach(slice -> names.addAll(slice.names()));
        return names;
    }

    Duration untilNextTimer(Duration longest) {
        return timers.next()
                .map(at -> Duration.between(clock.instant(), at))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait.compareTo(longest) < 0 ? wait : longest)
                .orElse(longest);
    }
}
