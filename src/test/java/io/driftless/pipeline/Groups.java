package io.driftless.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;

/// Who owns what, as Kafka sees it.
final class Groups {
    private Groups() {}

    /// Of each consumer group: member → numbers of the partitions it owns. Fails where a number is owned by two.
    static Map<String, Map<String, Set<Integer>>> owners(String bootstrap, List<String> groups)
            throws InterruptedException, ExecutionException {
        Map<String, Map<String, Set<Integer>>> owners = new TreeMap<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            for (ConsumerGroupDescription group :
                    admin.describeConsumerGroups(groups).all().get().values()) {
                owners.put(group.groupId(), members(group));
            }
        }
        return owners;
    }

    private static Map<String, Set<Integer>> members(ConsumerGroupDescription group) {
        Map<String, Set<Integer>> members = new TreeMap<>();
        Map<Integer, String> ownerOf = new HashMap<>();
        for (MemberDescription member : group.members()) {
            Set<Integer> numbers = new TreeSet<>();
            for (TopicPartition partition : member.assignment().topicPartitions()) {
                String other = ownerOf.putIfAbsent(partition.partition(), member.consumerId());
                if (other != null && !other.equals(member.consumerId())) {
                    throw new AssertionError(
                            group.groupId() + ": partition " + partition.partition() + " is owned by two instances");
                }
                numbers.add(partition.partition());
            }
            members.put(member.consumerId(), numbers);
        }
        return members;
    }
}
