package io.driftless.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.EventCodec;
import io.driftless.events.RecordKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// Publications to Kafka records: CloudEvents headers, the partition of the subject, the limit of size.
final class RecordWriter {
    private final String source;
    private final InstantSource clock;
    private final int partitions;

    RecordWriter(String source, InstantSource clock, int partitions) {
        this.source = source;
        this.clock = clock;
        this.partitions = partitions;
    }

    /// One record; what concerns every subject is written to every partition. Fails with
    /// [PublicationTooLargeException].
    List<ProducerRecord<String, byte[]>> records(Publication publication) {
        String key = publication.key();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Headers headers = headers(publication, now);
        byte[] data = data(publication.event());
        checkSize(publication, headers, data);
        return partitionsOf(key)
                .mapToObj(partition -> new ProducerRecord<>(
                        publication.topic().topicName(),
                        Integer.valueOf(partition),
                        Long.valueOf(now.toEpochMilli()),
                        key,
                        data,
                        headers))
                .toList();
    }

    private IntStream partitionsOf(String key) {
        return RecordKey.subject(key).equals(RecordKey.EVERYONE)
                ? IntStream.range(0, partitions)
                : IntStream.of(RecordKey.partition(key, partitions));
    }

    private Headers headers(Publication publication, Instant now) {
        String chain = publication.chain().isEmpty() ? newId(now) : publication.chain();
        RecordHeaders headers = new RecordHeaders();
        Event event = publication.event();
        if (event == null) {
            headers.add("ce_source", source.getBytes(UTF_8)).add("ce_chain", chain.getBytes(UTF_8));
            return headers;
        }
        Map<String, byte[]> attributes = EventCodec.headers(new Envelope(newId(now), source, now, chain, null, event));
        attributes.forEach(headers::add);
        return headers;
    }

    @SuppressWarnings("NullAway") // Kafka's tombstone is a null value
    private static byte[] data(@Nullable Event event) {
        return event == null ? null : EventCodec.data(event);
    }

    private static void checkSize(Publication publication, Headers headers, byte @Nullable [] data) {
        long size = publication.key().length() * 3L + (data == null ? 0 : data.length);
        for (Header header : headers) {
            size += header.key().length() + header.value().length;
        }
        if (size > Limits.RECORD_BYTES) {
            throw new PublicationTooLargeException(publication, size);
        }
    }

    /// Unique and in the order of time (UUID version 7); nothing secret depends on it.
    static String newId(Instant now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (now.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0xfffL);
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
