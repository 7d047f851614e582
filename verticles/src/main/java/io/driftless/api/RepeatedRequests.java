package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.Envelope;
import io.driftless.http.HttpFailure;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// Requests with the header `Idempotency-Key`: however often one is sent, it becomes one operation. The id of the
/// operation is made of the key and of what is asked for, so every instance knows a repeated request from the topic of
/// commands, also after a start. The newest ones are known, no more.
final class RepeatedRequests {
    static final String HEADER = "Idempotency-Key";
    private static final int MOST = 10_000;
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    /// What was asked for by each key.
    private final Map<Long, Long> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    /// The id of the operation that this request becomes; fails with [HttpFailure] 400 when the key is none.
    ///
    /// @param scope within which the key counts: who asks, and for what
    static UUID id(String key, String scope, JsonNode request) {
        if (!KEY.matcher(key).matches()) {
            throw HttpFailure.invalid("header " + HEADER + " must be 1 to 255 visible characters of ASCII");
        }
        // A UUID of version 8: its bits are our own.
        return new UUID(
                first(scope + '\n' + key) & ~0xf000L | 0x8000L,
                first(request.toString()) & 0x3fffffffffffffffL | 0x8000000000000000L);
    }

    /// Whether this was asked for before; fails with [HttpFailure] 409 when something else was with the same key.
    synchronized boolean contains(UUID id) {
        Long asked = known.get(id.getMostSignificantBits());
        if (asked != null && asked != id.getLeastSignificantBits()) {
            throw HttpFailure.conflict("this " + HEADER + " came with another request before; use a new key");
        }
        return asked != null;
    }

    synchronized void add(UUID id) {
        known.put(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /// Takes in every event that passes.
    void saw(StoredEvent event) {
        Envelope envelope = event.envelope();
        if (envelope != null && envelope.event() instanceof SyncRequested request) {
            try {
                UUID id = UUID.fromString(request.id());
                if (id.version() == 8) {
                    add(id);
                }
            } catch (IllegalArgumentException another) {
                // An id that somebody else made.
            }
        }
    }

    private static long first(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
