package io.driftless.api;

import io.driftless.events.Topic;
import io.driftless.http.HttpFailure;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// How far a reader has come in every partition: the offset to read next. Written as
/// `pushes:0=2s,1=4;drift:0=1`, offsets in base 36: the id of a server-sent event, with which a client resumes.
public final class Positions {
    private static final int LONGEST_TOKEN = 16_384;
    private static final int RADIX = 36;
    private final Map<Topic, Map<Integer, Long>> next = new EnumMap<>(Topic.class);

    public static Positions none() {
        return new Positions();
    }

    /// Reads a token; fails with [HttpFailure] 400 when it is none of ours.
    public static Positions parse(String token) {
        Positions positions = new Positions();
        if (token.length() > LONGEST_TOKEN) {
            throw HttpFailure.invalid("the event id is not one of this stream");
        }
        try {
            for (String part : token.isEmpty() ? new String[0] : token.split(";")) {
                int colon = part.indexOf(':');
                Topic topic = Topic.named(part.substring(0, colon));
                for (String place : part.substring(colon + 1).split(",")) {
                    int equals = place.indexOf('=');
                    positions.set(
                            topic,
                            Integer.parseInt(place.substring(0, equals)),
                            Long.parseLong(place.substring(equals + 1), RADIX));
                }
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw HttpFailure.invalid("the event id is not one of this stream; connect without Last-Event-ID");
        }
        return positions;
    }

    public Positions copy() {
        Positions copy = new Positions();
        forEach(copy::set);
        return copy;
    }

    /// What is to be read next of a partition; 0 when nothing of it was read.
    public long next(Topic topic, int partition) {
        return next.getOrDefault(topic, Map.of()).getOrDefault(partition, 0L);
    }

    public void set(Topic topic, int partition, long offset) {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException("a position is not negative");
        }
        next.computeIfAbsent(topic, t -> new TreeMap<>()).put(partition, offset);
    }

    /// Whether the event lies behind.
    boolean passed(StoredEvent event) {
        return event.offset() < next(event.topic(), event.partition());
    }

    void advance(StoredEvent event) {
        set(event.topic(), event.partition(), event.offset() + 1);
    }

    /// Whether nothing is missing when one goes on from here with what comes after `base`.
    boolean reaches(Positions base) {
        return base.next.entrySet().stream()
                .allMatch(topic -> topic.getValue().entrySet().stream()
                        .allMatch(place -> next(topic.getKey(), place.getKey()) >= place.getValue()));
    }

    /// Visits every partition that is named.
    public void forEach(Visitor visitor) {
        next.forEach((topic, places) -> places.forEach((partition, offset) -> visitor.at(topic, partition, offset)));
    }

    /// Sees a position.
    @FunctionalInterface
    public interface Visitor {
        void at(Topic topic, int partition, long offset);
    }

    @Override
    public String toString() {
        StringBuilder token = new StringBuilder();
        next.forEach((topic, places) -> {
            token.append(token.isEmpty() ? "" : ";").append(topic.topicName()).append(':');
            String separator = "";
            for (Map.Entry<Integer, Long> place : places.entrySet()) {
                token.append(separator).append(place.getKey()).append('=');
                token.append(Long.toString(place.getValue(), RADIX));
                separator = ",";
            }
        });
        return token.toString();
    }
}
