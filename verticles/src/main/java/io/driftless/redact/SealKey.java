package io.driftless.redact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.events.ResourceId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The 32 bytes that digests and seals of one installation are made with. All its processes share
/// them through the Secret `driftless-seal`; losing it costs nothing but a new render, as sealed
/// manifests cannot be opened any more.
public final class SealKey {
    public static final String SECRET_NAME = "driftless-seal";
    private static final String FIELD = "key";
    private static final int LENGTH = 32;
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final byte[] bytes;

    private SealKey(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a seal key has " + LENGTH + " bytes, not " + bytes.length
                    + ": delete the Secret " + SECRET_NAME + " to have a new one made");
        }
        this.bytes = bytes.clone();
    }

    public static SealKey of(byte[] bytes) {
        return new SealKey(bytes);
    }

    /// The key of the installation in `namespace`; made and stored when there is none. When several
    /// processes start at once the first to create the Secret wins, the others read it. One that
    /// may not create Secrets waits for another.
    public static SealKey load(Cluster controlPlane, String namespace) {
        ResourceId id = new ResourceId("", "Secret", namespace, SECRET_NAME);
        Optional<JsonNode> stored = controlPlane.get(id, "v1");
        if (stored.isPresent()) {
            return read(stored.get());
        }
        byte[] fresh = new byte[LENGTH];
        new SecureRandom().nextBytes(fresh);
        try {
            controlPlane.create(secret(namespace, fresh), "driftless", false);
            return new SealKey(fresh);
        } catch (ApiException e) {
            if (e.code() == 403) {
                return madeByAnother(controlPlane, id, e);
            }
            if (!e.conflict()) {
                throw e;
            }
            return read(controlPlane.get(id, "v1").orElseThrow(() -> e));
        }
    }

    private static SealKey madeByAnother(Cluster controlPlane, ResourceId id, ApiException forbidden) {
        long deadline = System.nanoTime() + WAIT.toNanos();
        do {
            LockSupport.parkNanos(INTERVAL.toNanos());
            Optional<JsonNode> stored = controlPlane.get(id, "v1");
            if (stored.isPresent()) {
                return read(stored.get());
            }
        } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
        throw new IllegalStateException(
                "Secret " + id.namespace() + '/' + id.name() + " does not exist and this process may not create it:"
                        + " start the manifest stage, or allow this one to create Secrets",
                forbidden);
    }

    /// A key of its own for each use, so that a digest says nothing about a seal.
    SecretKeySpec derive(String use, String algorithm) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return new SecretKeySpec(mac.doFinal(use.getBytes(StandardCharsets.UTF_8)), algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }

    private static SealKey read(JsonNode secret) {
        return new SealKey(
                Base64.getDecoder().decode(secret.path("data").path(FIELD).asText("")));
    }

    private static ObjectNode secret(String namespace, byte[] key) {
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "Opaque");
        secret.putObject("metadata").put("namespace", namespace).put("name", SECRET_NAME);
        secret.putObject("data").put(FIELD, Base64.getEncoder().encodeToString(key));
        return secret;
    }
}
