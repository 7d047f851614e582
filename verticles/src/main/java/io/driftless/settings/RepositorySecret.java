package io.driftless.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A repository, or credentials for all repositories below a URL, as a Secret holds it and as the
/// API shows it. What the API shows has no credentials in it but the user's name.
public final class RepositorySecret {
    public static final String REPOSITORY = "repository";
    public static final String CREDENTIALS = "repo-creds";
    private static final Set<String> FLAGS = Set.of(
            "insecure",
            "insecureIgnoreHostKey",
            "enableLfs",
            "enableOCI",
            "insecureOCIForceHttp",
            "forceHttpBasicAuth",
            "useAzureWorkloadIdentity",
            "webhookManifestCacheWarmDisabled");
    private static final Set<String> NUMBERS = Set.of("githubAppID", "githubAppInstallationID", "depth");
    private static final List<String> OPEN = List.of(
            "type",
            "name",
            "project",
            "username",
            "githubAppEnterpriseBaseUrl",
            "proxy",
            "noProxy",
            "azureServicePrincipalClientId",
            "azureServicePrincipalTenantId",
            "azureActiveDirectoryEndpoint");
    private static final List<String> CLOSED = List.of(
            "password",
            "bearerToken",
            "sshPrivateKey",
            "tlsClientCertData",
            "tlsClientCertKey",
            "githubAppPrivateKey",
            "gcpServiceAccountKey",
            "azureServicePrincipalClientSecret");

    private RepositorySecret() {}

    /// What the API shows of it.
    ///
    /// @param urlField `repo` of a repository, `url` of credentials
    public static ObjectNode shown(JsonNode secret, String urlField) {
        Map<String, byte[]> data = SettingsWatch.decoded(secret);
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put(urlField, text(data, "url"));
        OPEN.forEach(key -> {
            if (!text(data, key).isEmpty()) {
                shown.put(key, text(data, key));
            }
        });
        if (!shown.has("type")) {
            shown.put("type", "git");
        }
        FLAGS.forEach(key -> {
            if (text(data, key).equals("true")) {
                shown.put(key, true);
            }
        });
        NUMBERS.forEach(key -> {
            if (text(data, key).matches("[1-9][0-9]{0,17}")) {
                shown.put(key, Long.parseLong(text(data, key)));
            }
        });
        return shown;
    }

    /// Puts what a caller sent into the data of a Secret. What he left out goes: credentials that were taken away must
    /// not stay in force, and messages of gRPC cannot tell an empty text from a missing one.
    public static void write(ObjectNode secret, JsonNode sent, String urlField) {
        ObjectNode data = secret.withObjectProperty("data");
        if (!sent.path(urlField).asText("").isEmpty()) {
            put(data, "url", sent.path(urlField).asText());
        }
        OPEN.forEach(key -> put(data, key, sent.path(key).asText("")));
        CLOSED.forEach(key -> put(data, key, sent.path(key).asText("")));
        FLAGS.forEach(key -> put(data, key, sent.path(key).asBoolean() ? "true" : ""));
        NUMBERS.forEach(key ->
                put(data, key, sent.path(key).asLong() > 0 ? sent.path(key).asText() : ""));
    }

    private static void put(ObjectNode data, String key, String value) {
        if (value.isEmpty()) {
            data.remove(key);
        } else {
            data.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8)));
        }
    }

    public static String url(JsonNode secret) {
        return text(SettingsWatch.decoded(secret), "url");
    }

    /// `git`, `helm` or `oci`.
    public static String type(JsonNode secret) {
        String type = text(SettingsWatch.decoded(secret), "type");
        return type.isEmpty() ? "git" : type;
    }

    public static String project(JsonNode secret) {
        return text(SettingsWatch.decoded(secret), "project");
    }

    /// What opens it over HTTP.
    public static HttpLogin login(JsonNode secret) {
        Map<String, byte[]> data = SettingsWatch.decoded(secret);
        return new HttpLogin(
                text(data, "username"),
                text(data, "password"),
                text(data, "bearerToken"),
                text(data, "insecure").equals("true"));
    }

    private static String text(Map<String, byte[]> data, String key) {
        byte[] value = data.get(key);
        return value == null ? "" : new String(value, UTF_8);
    }
}
