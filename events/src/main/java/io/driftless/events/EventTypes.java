package io.driftless.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every event record with its CloudEvents type, found by walking the sealed interfaces: nothing has to be registered.
public final class EventTypes {
    private static final String PREFIX = "io.driftless.";
    private static final Map<String, Class<? extends Event>> BY_NAME = new LinkedHashMap<>();
    private static final Map<Class<?>, String> NAMES = new LinkedHashMap<>();

    static {
        for (Topic topic : Topic.values()) {
            for (Class<? extends Event> record : of(topic)) {
                EventType type = record.getAnnotation(EventType.class);
                if (type == null) {
                    throw new IllegalStateException(record + " has no @EventType");
                }
                BY_NAME.put(PREFIX + type.value(), record);
                NAMES.put(record, PREFIX + type.value());
            }
        }
    }

    private EventTypes() {}

    /// The event records of a topic, in the order they are declared.
    public static List<Class<? extends Event>> of(Topic topic) {
        List<Class<? extends Event>> records = new ArrayList<>();
        for (Class<?> permitted : topic.events().getPermittedSubclasses()) {
            records.add(permitted.asSubclass(Event.class));
        }
        return records;
    }

    /// CloudEvents `type` of an event record.
    public static String nameOf(Class<? extends Event> record) {
        String name = NAMES.get(record);
        if (name == null) {
            throw new IllegalArgumentException(record + " is not an event record");
        }
        return name;
    }

    /// The record of a CloudEvents `type`; fails with [UnreadableRecordException] for names nobody publishes.
    public static Class<? extends Event> recordOf(String name) {
        Class<? extends Event> record = BY_NAME.get(name);
        if (record == null) {
            throw new UnreadableRecordException("event type " + name + " is not known to this version");
        }
        return record;
    }

    public static Map<String, Class<? extends Event>> all() {
        return Map.copyOf(BY_NAME);
    }
}
