package io.driftless.simulation;

import io.driftless.events.Topic;

/// I1, I14: at rest each partition has one owner, and no record of a history is waiting.
final class EverythingIsTakenIn implements Invariant {
    @Override
    public String promise() {
        return "Every partition has one owner, who has taken in everything";
    }

    @Override
    public void atRest(World world) {
        for (Group<?, ?> group : world.groups) {
            for (int partition = 0; partition < Log.PARTITIONS; partition++) {
                int number = partition;
                long owners = group.members.stream()
                        .filter(member -> member.partitions().contains(number))
                        .count();
                if (owners != 1) {
                    throw violated(world, group.definition.name() + "-" + partition + " has " + owners + " owners");
                }
                for (Topic topic : group.definition.events()) {
                    int place = Log.place(topic, partition);
                    long committed = world.log.committed(group.definition.name())[place];
                    if (committed != world.log.end(place)) {
                        throw violated(
                                world,
                                group.definition.name() + " committed " + committed + " of " + world.log.end(place)
                                        + " of " + topic);
                    }
                }
            }
        }
    }
}
