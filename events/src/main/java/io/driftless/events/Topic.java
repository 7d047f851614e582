package io.driftless.events;

/// The topics, what they are keyed by and how long they remember.
public enum Topic {
    PUSHES("pushes", PushEvent.class, Shape.EVENTS),
    APPLICATIONS("applications", ApplicationEvent.class, Shape.COMPACTED),
    CLUSTERS("clusters", ClusterEvent.class, Shape.COMPACTED),
    DESIRED("desired", DesiredEvent.class, Shape.COMPACTED),
    LIVE("live", LiveEvent.class, Shape.COMPACTED),
    CHILDREN("children", ChildEvent.class, Shape.COMPACTED),
    DRIFT("drift", DriftEvent.class, Shape.COMPACTED),
    COMMANDS("commands", CommandEvent.class, Shape.EVENTS),
    SYNCS("syncs", SyncEvent.class, Shape.EVENTS),
    OPERATIONS("operations", OperationEvent.class, Shape.COMPACTED),
    DELIVERIES("deliveries", DeliveryEvent.class, Shape.COMPACTED),
    REVISIONS("revisions", RevisionEvent.class, Shape.COMPACTED);

    /// Whether a topic is a history (kept for a time) or a table (the last record of each key is kept for ever).
    public enum Shape {
        EVENTS,
        COMPACTED
    }

    private final String topicName;
    private final Class<? extends Event> events;
    private final Shape shape;

    Topic(String topicName, Class<? extends Event> events, Shape shape) {
        this.topicName = topicName;
        this.events = events;
        this.shape = shape;
    }

    /// The name on the broker.
    public String topicName() {
        return topicName;
    }

    /// The sealed interface of the events it holds.
    public Class<? extends Event> events() {
        return events;
    }

    public Shape shape() {
        return shape;
    }

    public boolean isTable() {
        return shape == Shape.COMPACTED;
    }

    /// True where the key begins with an application `namespace/name`: such topics all have the same number of
    /// partitions.
    public boolean byApplication() {
        return switch (this) {
            case APPLICATIONS, DESIRED, LIVE, CHILDREN, DRIFT, COMMANDS, SYNCS, OPERATIONS, DELIVERIES, REVISIONS ->
                true;
            case PUSHES, CLUSTERS -> false;
        };
    }

    /// Where records of this topic go that a stage could not read or handle.
    public String deadLetterTopic() {
        return topicName + ".dead";
    }

    public static Topic of(Event event) {
        return switch (event) {
            case PushEvent e -> PUSHES;
            case ApplicationEvent e -> APPLICATIONS;
            case ClusterEvent e -> CLUSTERS;
            case DesiredEvent e -> DESIRED;
            case LiveEvent e -> LIVE;
            case ChildEvent e -> CHILDREN;
            case DriftEvent e -> DRIFT;
            case CommandEvent e -> COMMANDS;
            case SyncEvent e -> SYNCS;
            case OperationEvent e -> OPERATIONS;
            case DeliveryEvent e -> DELIVERIES;
            case RevisionEvent e -> REVISIONS;
        };
    }

    public static Topic named(String topicName) {
        for (Topic topic : values()) {
            if (topic.topicName.equals(topicName)) {
                return topic;
            }
        }
        throw new IllegalArgumentException("no topic is named " + topicName);
    }
}
