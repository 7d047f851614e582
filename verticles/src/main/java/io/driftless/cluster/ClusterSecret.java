package io.driftless.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// A cluster as a Secret declares it (Argo CD: keys `name`, `server`, `namespaces`, `config`).
public final class ClusterSecret {
    /// Of several that declare one server the first counts: the oldest, and of the same second the first by name.
    private static final Comparator<ClusterSecret> FIRST =
            Comparator.comparing(ClusterSecret::created).thenComparing(ClusterSecret::reference);

    private final JsonNode secret;

    private ClusterSecret(JsonNode secret) {
        this.secret = secret;
    }

    public static ClusterSecret of(JsonNode secret) {
        return new ClusterSecret(secret);
    }

    /// These Secrets in the order in which they count.
    public static List<ClusterSecret> inOrder(Collection<JsonNode> secrets) {
        return secrets.stream().map(ClusterSecret::of).sorted(FIRST).toList();
    }

    private String created() {
        return secret.path("metadata").path("creationTimestamp").asText("");
    }

    /// Whether it says the same about how to reach the cluster.
    boolean opensLike(ClusterSecret other) {
        return secret.path("data").equals(other.secret.path("data"));
    }

    /// The Secret as it was read.
    public JsonNode object() {
        return secret;
    }

    /// API server URL without trailing slash; empty when the Secret names none.
    public String server() {
        return trimmed(value("server"));
    }

    /// The name Applications may use; the server when the Secret gives none.
    public String name() {
        String name = value("name");
        return name.isEmpty() ? server() : name;
    }

    /// Namespaces that may be managed; empty for all.
    public List<String> namespaces() {
        return Arrays.stream(value("namespaces").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /// The Secret itself, as namespace/name.
    public String reference() {
        JsonNode metadata = secret.path("metadata");
        return metadata.path("namespace").asText() + '/' + metadata.path("name").asText();
    }

    /// How to connect. Fails with [ClusterUnreachableException] for credentials that are not built in.
    Config config() {
        JsonNode config = credentials();
        if (config.hasNonNull("awsAuthConfig")) {
            throw new ClusterUnreachableException("cluster Secret " + reference()
                    + ": awsAuthConfig is not supported yet, use bearerToken or a client certificate");
        }
        ConnectionRules.fault(config).ifPresent(fault -> {
            SecurityLog.tellOnce(SecurityEvent.CLUSTER_REFUSED, fault, "secret", reference(), "server", server());
            throw new ClusterUnreachableException("cluster Secret " + reference() + ": " + fault);
        });
        JsonNode tls = config.path("tlsClientConfig");
        if (tls.path("insecure").asBoolean()) {
            SecurityLog.tellOnce(
                    SecurityEvent.CLUSTER_UNVERIFIED,
                    "the certificate of this API server is not checked (tlsClientConfig.insecure)",
                    "secret",
                    reference(),
                    "server",
                    server());
        }
        ConfigBuilder builder = new ConfigBuilder(Config.empty()).withMasterUrl(server());
        set(config, "bearerToken", builder::withOauthToken);
        set(config, "username", builder::withUsername);
        set(config, "password", builder::withPassword);
        set(config, "proxyUrl", builder::withHttpsProxy);
        set(tls, "caData", data -> builder.withCaCertData(pem("caData", data)));
        set(tls, "certData", data -> builder.withClientCertData(pem("certData", data)));
        set(tls, "keyData", data -> builder.withClientKeyData(pem("keyData", data)));
        set(tls, "serverName", builder::withTlsServerName);
        return builder.withTrustCerts(tls.path("insecure").asBoolean()).build();
    }

    /// What a client would otherwise pass over in silence.
    private String pem(String field, String data) {
        try {
            if (new String(Base64.getMimeDecoder().decode(data), UTF_8).contains("-----BEGIN ")) {
                return data;
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below, without what it is.
        }
        throw new ClusterUnreachableException("cluster Secret " + reference() + ": " + field
                + " of tlsClientConfig is not PEM in base64, write it as Argo CD documents it");
    }

    private JsonNode credentials() {
        String text = value("config");
        try {
            JsonNode parsed = text.isBlank() ? null : ApiConnection.JSON.readTree(text);
            return parsed == null ? MissingNode.getInstance() : parsed;
        } catch (IOException e) {
            // The cause quotes the text, which holds credentials.
            throw new ClusterUnreachableException(
                    "cluster Secret " + reference() + ": config is not JSON, write it as Argo CD documents it");
        }
    }

    private static void set(JsonNode from, String field, Consumer<String> setter) {
        if (from.hasNonNull(field)) {
            setter.accept(from.path(field).asText());
        }
    }

    private String value(String key) {
        String encoded = secret.path("data").path(key).asText("");
        try {
            return new String(Base64.getDecoder().decode(encoded), UTF_8).strip();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    static String trimmed(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
