package io.driftless.sandbox;

import io.driftless.sandbox.Store.Snapshot;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lists in pieces: each piece comes from the moment of the first one. A bounded number of moments
/// is kept, the oldest is forgotten first.
final class Pages {
    private static final int MAX_KEPT = 64;
    private final Map<String, Snapshot> kept = new LinkedHashMap<>();
    private long next;

    /// A piece; `token` asks for the one after it, empty where there is none.
    record Page(long version, List<Stored> objects, String token, int remaining) {}

    /// @throws ApiError 400 for a token that is none, 410 where the moment is forgotten
    Page page(long limit, @Nullable String token, Supplier<Snapshot> all) {
        int most = (int) Math.clamp(limit, 0, Integer.MAX_VALUE);
        if (token == null || token.isEmpty()) {
            return piece("", all.get(), 0, most);
        }
        String[] parts = decode(token).split(":", -1);
        if (parts.length != 4 || !parts[0].equals("page") || !parts[2].matches("[0-9]{0,9}")) {
            throw ApiError.badRequest("invalid continue token: continue key is not valid: \"" + token + "\"");
        }
        if (parts[1].isEmpty()) {
            Snapshot rest = all.get().where(o -> path(o).compareTo(parts[3]) > 0);
            return piece("", rest, 0, most);
        }
        Snapshot snapshot = kept(parts[1]);
        if (snapshot == null || parts[2].isEmpty()) {
            throw VersionErrors.forgotten(encode("page:::" + parts[3]));
        }
        return piece(parts[1], snapshot, Integer.parseInt(parts[2]), most);
    }

    private static String path(com.fasterxml.jackson.databind.JsonNode object) {
        return Json.namespace(object) + "/" + Json.name(object);
    }

    private static String encode(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    private Page piece(String id, Snapshot snapshot, int from, int most) {
        int size = snapshot.objects().size();
        int start = Math.min(from, size);
        int end = most == 0 ? size : (int) Math.min(size, (long) start + most);
        List<Stored> objects = snapshot.objects().subList(start, end);
        if (end == size) {
            return new Page(snapshot.version(), objects, "", 0);
        }
        String last = end == 0 ? "" : snapshot.objects().get(end - 1).key().path();
        String token = "page:" + (id.isEmpty() ? keep(snapshot) : id) + ":" + end + ":" + last;
        return new Page(snapshot.version(), objects, encode(token), size - end);
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private synchronized @Nullable Snapshot kept(String id) {
        return kept.get(id);
    }

    private synchronized String keep(Snapshot snapshot) {
        String id = Long.toString(next++, 36);
        kept.put(id, snapshot);
        if (kept.size() > MAX_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        return id;
    }

    /// Forgets all moments, as a compaction does.
    synchronized void forget() {
        kept.clear();
    }
}
