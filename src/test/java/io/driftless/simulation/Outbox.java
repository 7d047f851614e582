package io.driftless.simulation;

import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.EventCodec;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A producer: records on their way to the broker, in order per partition, and acknowledgements on their way back.
final class Outbox {
    private final World world;
    private final String source;
    private final List<Letter> unsent = new ArrayList<>();
    private final List<Letter> unacknowledged = new ArrayList<>();

    /// A record with whoever waits for its acknowledgement.
    record Letter(int place, Fact fact, Runnable acknowledged) {}

    Outbox(World world, String source) {
        this.world = world;
        this.source = source;
    }

    /// How many records a publication is.
    static int copies(Publication publication) {
        return RecordKey.subject(publication.key()).equals(RecordKey.EVERYONE) ? Log.PARTITIONS : 1;
    }

    void publish(Publication publication, Runnable acknowledged) {
        Topic topic = publication.topic();
        if (copies(publication) > 1) {
            for (int partition = 0; partition < Log.PARTITIONS; partition++) {
                unsent.add(new Letter(Log.place(topic, partition), fact(publication), acknowledged));
            }
        } else {
            int partition = RecordKey.partition(publication.key(), Log.PARTITIONS);
            unsent.add(new Letter(Log.place(topic, partition), fact(publication), acknowledged));
        }
    }

    /// The record as its readers will see it.
    private Fact fact(Publication publication) {
        Event event = publication.event();
        Topic topic = publication.topic();
        if (event == null) {
            return new Fact(topic, publication.key(), null);
        }
        String id = world.nextId();
        String chain = publication.chain().isEmpty() ? id : publication.chain();
        Envelope envelope = new Envelope(id, source, world.now(), chain, null, event);
        if (world.faults.codec()) {
            envelope = EventCodec.read(topic, EventCodec.headers(envelope), EventCodec.data(event));
        }
        return new Fact(topic, publication.key(), envelope);
    }

    boolean quiet() {
        return unsent.isEmpty() && unacknowledged.isEmpty();
    }

    boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    /// One record, the next of some partition, reaches the broker.
    void send() {
        if (unsent.isEmpty()) {
            return;
        }
        int place = world.chance.pick(unsent).place();
        Letter letter = first(place);
        unsent.remove(letter);
        world.append(letter.place(), letter.fact(), source);
        unacknowledged.add(letter);
    }

    private Letter first(int place) {
        for (Letter letter : unsent) {
            if (letter.place() == place) {
                return letter;
            }
        }
        throw new IllegalStateException("no record for place " + place);
    }

    /// One acknowledgement arrives.
    void acknowledge() {
        if (!unacknowledged.isEmpty()) {
            unacknowledged.removeFirst().acknowledged().run();
        }
    }

    /// Everything arrives, in both directions. False when there was nothing.
    boolean flush() {
        boolean any = !quiet();
        while (!unsent.isEmpty()) {
            send();
        }
        while (!unacknowledged.isEmpty()) {
            acknowledge();
        }
        return any;
    }

    /// The process dies: of what was not sent nothing but the beginning arrives.
    void crash() {
        int arriving = unsent.isEmpty() ? 0 : world.chance.below(unsent.size() + 1);
        for (int i = 0; i < arriving && world.chance.coin(); i++) {
            send();
        }
        unsent.clear();
        unacknowledged.clear();
    }

    static @Nullable Event event(Fact fact) {
        return fact.envelope() == null ? null : fact.envelope().event();
    }
}
