package io.driftless.broker;

import io.driftless.broker.BrokerLog.Entry;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.KafkaRaftServer;
import kafka.server.ReplicaManager;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ProduceResponse.PartitionResponse;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/// What the broker does for a produce request, without the request: batches are made, appended and waited for.
final class LogAppends {
    private static final Logger LOG = LoggerFactory.getLogger(LogAppends.class);
    private static final long TIMEOUT_MILLIS = 30_000;
    /// There is one replica: what the leader has, all have.
    private static final short LEADER = 1;
    /// A batch is refused beyond the size of the largest record; it stays well below.
    private static final int BATCH_BYTES = 256 * 1024;
    private static final long BETWEEN_TRIES = 5_000_000;
    private static final int MOST_TRIES = 400;

    private final ReplicaManager replicas;

    private LogAppends(ReplicaManager replicas) {
        this.replicas = replicas;
    }

    /// Empty where this version of Kafka does not show its broker.
    static Optional<LogAppends> to(KafkaRaftServer server) {
        try {
            Field broker = KafkaRaftServer.class.getDeclaredField("broker");
            broker.setAccessible(true);
            if (broker.get(server) instanceof Option<?> there && there.get() instanceof BrokerServer found) {
                return Optional.of(new LogAppends(found.replicaManager()));
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("the embedded broker is written to through connections: {}", e.toString());
        }
        return Optional.empty();
    }

    /// Appends all, in their order, and tells each.
    void append(List<Entry> entries) {
        List<Entry> batch = new ArrayList<>();
        int bytes = 0;
        for (Entry entry : entries) {
            if (!batch.isEmpty() && bytes + entry.size() > BATCH_BYTES) {
                appendBatch(batch);
                batch.clear();
                bytes = 0;
            }
            batch.add(entry);
            bytes += entry.size();
        }
        if (!batch.isEmpty()) {
            appendBatch(batch);
        }
    }

    private void appendBatch(List<Entry> entries) {
        Map<TopicPartition, List<SimpleRecord>> records = new LinkedHashMap<>();
        List<Integer> places = new ArrayList<>();
        for (Entry entry : entries) {
            List<SimpleRecord> before = records.computeIfAbsent(entry.partition(), _ -> new ArrayList<>());
            places.add(before.size());
            before.add(entry.record());
        }
        Map<TopicPartition, PartitionResponse> answers = answers(records);
        for (int i = 0; i < MOST_TRIES && early(answers); i++) {
            LockSupport.parkNanos(BETWEEN_TRIES);
            Map<TopicPartition, List<SimpleRecord>> again = new LinkedHashMap<>(records);
            again.keySet().removeIf(partition -> !early(answers.get(partition)));
            answers.putAll(answers(again));
        }
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            try {
                tell(entry, places.get(i), answers.get(entry.partition()));
            } catch (RuntimeException e) {
                LOG.error("who wrote to {} failed on hearing of it", entry.partition(), e);
            }
        }
    }

    private static boolean early(Map<TopicPartition, PartitionResponse> answers) {
        return answers.values().stream().anyMatch(LogAppends::early);
    }

    /// A topic that was just made has no leader for some milliseconds.
    private static boolean early(@Nullable PartitionResponse answer) {
        return answer != null && answer.error == Errors.NOT_LEADER_OR_FOLLOWER;
    }

    private Map<TopicPartition, PartitionResponse> answers(Map<TopicPartition, List<SimpleRecord>> records) {
        Map<TopicPartition, PartitionResponse> answers = new HashMap<>();
        Map<TopicIdPartition, MemoryRecords> batches = new LinkedHashMap<>();
        try {
            records.forEach((partition, each) -> batches.put(
                    replicas.topicIdPartition(partition),
                    MemoryRecords.withRecords(Compression.NONE, each.toArray(SimpleRecord[]::new))));
            replicas.appendRecords(
                    TIMEOUT_MILLIS,
                    LEADER,
                    false,
                    AppendOrigin.CLIENT,
                    CollectionConverters.asScala(batches),
                    told -> {
                        told.forEach((partition, answer) -> answers.put(partition.topicPartition(), answer));
                        return BoxedUnit.UNIT;
                    },
                    replicas.appendRecords$default$7(),
                    RequestLocal.noCaching(),
                    replicas.appendRecords$default$9(),
                    replicas.appendRecords$default$10());
            // Fetches that wait for records look again.
            replicas.tryCompleteActions();
        } catch (RuntimeException e) {
            LOG.warn("the log of the broker in this process does not take records: {}", e.toString());
        }
        return answers;
    }

    private static void tell(Entry entry, int place, @Nullable PartitionResponse answer) {
        if (answer == null) {
            entry.told().onCompletion(null, new UnknownServerException("the log did not answer"));
        } else if (answer.error != Errors.NONE) {
            entry.told().onCompletion(null, answer.error.exception(answer.errorMessage));
        } else {
            SimpleRecord record = entry.record();
            entry.told()
                    .onCompletion(
                            new RecordMetadata(
                                    entry.partition(),
                                    answer.baseOffset,
                                    place,
                                    record.timestamp(),
                                    size(record.key()),
                                    size(record.value())),
                            null);
        }
    }

    static int size(@Nullable ByteBuffer bytes) {
        return bytes == null ? -1 : bytes.remaining();
    }
}
