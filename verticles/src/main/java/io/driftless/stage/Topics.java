package io.driftless.stage;

import io.driftless.events.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the topics of the pipeline. All of them have the same number of partitions, so that one instance owns a
/// subject everywhere; what could not be handled goes to topics of one partition.
public final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final int LIMIT_SECONDS = 60;
    private static final int GROUPS_SECONDS = 5;

    private Topics() {}

    /// Creates what is missing and checks what is there. Safe to run by many instances at once.
    ///
    /// @return the number of partitions of every topic: the existing one, else the one of `settings`
    public static int ensure(KafkaConnection connection, TopicSettings settings) throws InterruptedException {
        Map<String, String> client = new HashMap<>(connection.client(Map.of("client.id", "driftless-topics")));
        client.putIfAbsent("default.api.timeout.ms", String.valueOf(LIMIT_SECONDS * 1000));
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(client))) {
            Future<?> groups = prepareGroups(admin);
            Map<String, Integer> present = existing(admin);
            int partitions = agreed(present, settings.partitions());
            List<NewTopic> missing = missing(present, partitions, settings, replicas(admin));
            if (!missing.isEmpty()) {
                create(admin, missing);
                awaitKnown(admin, partitions);
            }
            awaitCalmly(groups);
            return partitions;
        } catch (ExecutionException e) {
            throw new KafkaFailure(
                    "the topics on " + connection.bootstrap() + " cannot be prepared: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new KafkaFailure("Kafka at " + connection.bootstrap() + " does not answer", e);
        }
    }

    /// A new broker makes its topic of offsets when somebody first asks for a group, and until then nobody can join
    /// one. Asked for here, it is made beside ours, and the stages find it there.
    private static Future<?> prepareGroups(Admin admin) {
        return admin.listConsumerGroupOffsets("driftless-topics")
                .partitionsToOffsetAndMetadata()
                .toCompletionStage()
                .toCompletableFuture();
    }

    /// Whoever may not look at that group, or waits too long for it, leaves the rest to those who join one.
    private static void awaitCalmly(Future<?> groups) throws InterruptedException {
        try {
            groups.get(GROUPS_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the groups are not ready yet", e);
        }
    }

    private static Map<String, Integer> existing(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<String> wanted = new ArrayList<>(await(admin.listTopics().names()));
        List<String> ours = names();
        wanted.retainAll(ours);
        Map<String, Integer> partitions = new TreeMap<>();
        await(admin.describeTopics(wanted).allTopicNames())
                .forEach((name, description) ->
                        partitions.put(name, description.partitions().size()));
        return partitions;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            names.add(topic.topicName());
            names.add(topic.deadLetterTopic());
        }
        return names;
    }

    /// The one number of partitions that the topics have; a subject would be torn apart if they disagreed.
    private static int agreed(Map<String, Integer> present, int wanted) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            Integer count = present.get(topic.topicName());
            if (count != null) {
                counts.put(topic.topicName(), count);
            }
        }
        if (counts.values().stream().distinct().count() > 1) {
            throw new KafkaFailure("topics differ in their number of partitions: " + counts
                    + "; all must have the same, because one instance owns an application everywhere."
                    + " Delete those that differ, or add partitions to none");
        }
        return counts.values().stream().findFirst().orElse(wanted);
    }

    private static short replicas(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        return (short) Math.min(3, await(admin.describeCluster().nodes()).size());
    }

    private static List<NewTopic> missing(
            Map<String, Integer> present, int partitions, TopicSettings settings, short replicas) {
        List<NewTopic> missing = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (!present.containsKey(topic.topicName())) {
                missing.add(new NewTopic(topic.topicName(), partitions, replicas)
                        .configs(topic.isTable() ? table(replicas) : history(settings, replicas)));
            }
            if (!present.containsKey(topic.deadLetterTopic())) {
                missing.add(new NewTopic(topic.deadLetterTopic(), 1, replicas).configs(history(settings, replicas)));
            }
        }
        return missing;
    }

    private static Map<String, String> table(short replicas) {
        Map<String, String> configs = common(replicas);
        configs.put("cleanup.policy", "compact");
        configs.put("min.cleanable.dirty.ratio", "0.3");
        // Only closed segments are compacted: close them even where little is said.
        configs.put("segment.ms", String.valueOf(TimeUnit.DAYS.toMillis(1)));
        return configs;
    }

    private static Map<String, String> history(TopicSettings settings, short replicas) {
        Map<String, String> configs = common(replicas);
        configs.put("cleanup.policy", "delete");
        configs.put("retention.ms", String.valueOf(settings.retention().toMillis()));
        return configs;
    }

    private static Map<String, String> common(short replicas) {
        Map<String, String> configs = new HashMap<>();
        configs.put("max.message.bytes", String.valueOf(Limits.BATCH_BYTES));
        configs.put("min.insync.replicas", replicas >= 3 ? "2" : "1");
        return configs;
    }

    private static void create(Admin admin, List<NewTopic> missing)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            try {
                await(created);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /// A created topic is known to the controller first and to the brokers a moment later.
    private static void awaitKnown(Admin admin, int partitions)
            throws InterruptedException, ExecutionException, TimeoutException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        Map<String, Integer> present = existing(admin);
        while (present.size() < names().size()) {
            if (System.nanoTime() > limit) {
                throw new TimeoutException("topics were created but are not known to the brokers");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            present = existing(admin);
        }
        agreed(present, partitions);
    }

    private static <V> V await(KafkaFuture<V> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
