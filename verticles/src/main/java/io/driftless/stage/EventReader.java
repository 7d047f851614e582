package io.driftless.stage;

import io.driftless.events.Topic;
import io.driftless.events.UnreadableRecordException;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads every partition of some topics, beside all stages and without a group: for read models, event streams and
/// whatever each instance must see in full. Starts over from where it was when something goes wrong.
public final class EventReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

    private final Vertx vertx;
    private final KafkaConnection kafka;
    private final String name;
    private final Request request;
    private final @Nullable Relay relay;
    private final ReaderIntake intake = new ReaderIntake();
    private final Thread thread;
    private final Undertaker undertaker;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final AtomicLong unreadable = new AtomicLong();
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /// @param topics all partitions of which are read
    /// @param from where to begin
    /// @param handler called with each record, in order per partition, on the thread of the reader: while it works
    ///     nothing is read. What it throws is logged and the record skipped.
    /// @param pace the least time between two looks once there was something to read, see [StageDefinition#pace]
    /// @param buries whether unreadable records go to the dead letters from here: no stage reads the topics
    public record Request(
            Set<Topic> topics,
            From from,
            java.util.function.Consumer<ReadRecord> handler,
            Duration pace,
            boolean buries) {
        public Request {
            topics = Set.copyOf(topics);
        }

        public Request(Set<Topic> topics, From from, java.util.function.Consumer<ReadRecord> handler) {
            this(topics, from, handler, Duration.ZERO, false);
        }

        public Request(Set<Topic> topics, From from, java.util.function.Consumer<ReadRecord> handler, Duration pace) {
            this(topics, from, handler, pace, false);
        }

        /// The same, burying what cannot be read.
        public Request burying() {
            return new Request(topics, from, handler, pace, true);
        }
    }

    /// Where to begin.
    public sealed interface From {
        /// With the oldest record there is.
        record Beginning() implements From {}

        /// With what comes from now on.
        record Now() implements From {}

        /// At the offset of each partition that is named; at the beginning of the others. Offsets no longer kept
        /// mean the oldest record.
        record Offsets(Map<Place, Long> offsets) implements From {
            public Offsets {
                offsets = Map.copyOf(offsets);
            }
        }
    }

    public record Place(Topic topic, int partition) {}

    private EventReader(Vertx vertx, KafkaConnection kafka, String name, Request request, @Nullable Relay relay) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.name = name;
        this.request = request;
        this.relay = relay;
        this.undertaker = new Undertaker(vertx, kafka, name);
        this.thread =
                Thread.ofPlatform().daemon().name("driftless-reader-" + name).unstarted(this::live);
    }

    static EventReader start(Vertx vertx, KafkaConnection kafka, String name, Request request, @Nullable Relay relay) {
        EventReader reader = new EventReader(vertx, kafka, name, request, relay);
        reader.thread.start();
        return reader;
    }

    /// Completes when everything that was there at the start has been handed over.
    public CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    /// How many records were skipped because they are not what their topic promises.
    public long unreadable() {
        return unreadable.get();
    }

    private void live() {
        while (closing.getCount() > 0) {
            KafkaConsumer<String, byte[]> handle = KafkaClients.reader(vertx, kafka, name, relay != null);
            Consumer<String, byte[]> consumer = handle.unwrap();
            Runnable unsubscribe = () -> {};
            try {
                begin(consumer);
                unsubscribe = relay == null ? unsubscribe : relay.subscribe(names(), intake::relayed);
                while (closing.getCount() > 0) {
                    if (takeIn(consumer)) {
                        pause(request.pace());
                    }
                }
            } catch (RuntimeException e) {
                LOG.warn("reader {} starts over: {}", name, e.toString());
                pause(Duration.ofSeconds(1));
            } finally {
                unsubscribe.run();
                consumer.close(CloseOptions.timeout(Duration.ofMillis(100)));
                handle.close();
            }
        }
    }

    private Set<String> names() {
        return request.topics().stream().map(Topic::topicName).collect(Collectors.toSet());
    }

    /// True if there was something.
    private boolean takeIn(Consumer<String, byte[]> consumer) {
        int taken = intake.take(consumer, relay != null && caughtUp.isDone(), this::hand);
        checkCaughtUp(consumer);
        return taken > 0;
    }

    private void pause(Duration time) {
        try {
            closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    private void begin(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : request.topics()) {
            consumer.partitionsFor(topic.topicName())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        if (next.isEmpty()) {
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            ends.putAll(consumer.endOffsets(partitions));
            begins.forEach((partition, begin) -> next.put(partition, first(partition, begin)));
        }
        next.forEach(consumer::seek);
        checkCaughtUp(consumer);
    }

    private long first(TopicPartition partition, long begin) {
        return switch (request.from()) {
            case From.Beginning all -> begin;
            case From.Now now -> ends.getOrDefault(partition, begin);
            case From.Offsets(Map<Place, Long> offsets) ->
                Math.max(
                        begin,
                        offsets.getOrDefault(new Place(Topic.named(partition.topic()), partition.partition()), begin));
        };
    }

    private void hand(ConsumerRecord<String, byte[]> record) {
        Topic topic = Topic.named(record.topic());
        try {
            Fact fact = RecordReader.read(topic, record);
            int size = Math.max(0, record.serializedValueSize());
            request.handler()
                    .accept(new ReadRecord(
                            topic,
                            record.partition(),
                            record.offset(),
                            fact.key(),
                            record.timestamp(),
                            size,
                            fact.envelope()));
        } catch (UnreadableRecordException e) {
            // Where stages read the topic too, they put it on the dead-letter topic.
            unreadable.incrementAndGet();
            if (request.buries()) {
                undertaker.bury(topic, record, e);
            }
        } catch (RuntimeException e) {
            LOG.error("reader {} failed on {}-{}@{}", name, record.topic(), record.partition(), record.offset(), e);
        }
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }

    private void checkCaughtUp(Consumer<String, byte[]> consumer) {
        if (!caughtUp.isDone()) {
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (ends.isEmpty()) {
                caughtUp.complete(null);
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        intake.close();
        try {
            if (Thread.currentThread() != thread) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        undertaker.close();
    }
}
