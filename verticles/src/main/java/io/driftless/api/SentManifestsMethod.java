package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What an Application would deploy from a folder that the caller sends: a query first, then the pieces of a compressed
/// archive. Archives are unpacked one at a time, because each may be large.
final class SentManifestsMethod {
    private static final long PATIENCE_SECONDS = 20;
    private final ApplicationAccess access;
    private final Sources sources;
    private final Semaphore turn = new Semaphore(1);

    SentManifestsMethod(ApplicationAccess access, Sources sources) {
        this.access = access;
        this.sources = sources;
    }

    void register(Methods methods) {
        methods.gathering("application.ApplicationService/GetManifestsWithFiles", this::manifests);
    }

    private JsonNode manifests(Call call, Iterable<ObjectNode> messages) {
        Iterator<ObjectNode> stream = messages.iterator();
        if (!stream.hasNext() || !(stream.next().path("query") instanceof ObjectNode query)) {
            throw HttpFailure.invalid("the first message must be a query with the name of the application and the"
                    + " checksum of the files");
        }
        if (query.path("name").asText("").isEmpty()) {
            throw HttpFailure.invalid("the query names no application");
        }
        ObjectNode application = access.get(call, "get", query);
        if (!(application.path("spec").path("source").deepCopy() instanceof ObjectNode source)) {
            throw HttpFailure.unsupported("showing the manifests of several sources");
        }
        takeTurn();
        try {
            return ManifestAnswer.of(application, sources.sent(archive(query, stream), source, application));
        } finally {
            turn.release();
        }
    }

    private void takeTurn() {
        try {
            if (!turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw HttpFailure.unavailable("files of others are being rendered; try again");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw HttpFailure.unavailable("the server stops; try again");
        }
    }

    private static byte[] archive(ObjectNode query, Iterator<ObjectNode> stream) {
        byte[] archive = joined(stream);
        String expected = query.path("checksum").asText("").toLowerCase(Locale.ROOT);
        String received = sha256(archive);
        if (!expected.equals(received)) {
            throw HttpFailure.invalid("the files arrived with checksum " + received + ", the query says \"" + expected
                    + "\": SHA-256 of the archive in hexadecimal digits is expected");
        }
        return archive;
    }

    private static byte[] joined(Iterator<ObjectNode> stream) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        while (stream.hasNext()) {
            JsonNode chunk = stream.next().path("chunk");
            if (!chunk.isObject()) {
                throw HttpFailure.invalid("every message after the first must be a chunk of the files");
            }
            try {
                archive.writeBytes(
                        Base64.getDecoder().decode(chunk.path("chunk").asText("")));
            } catch (IllegalArgumentException e) {
                throw HttpFailure.invalid("field chunk.chunk is not base64");
            }
        }
        if (archive.size() == 0) {
            throw HttpFailure.invalid("no files were sent");
        }
        return archive.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
