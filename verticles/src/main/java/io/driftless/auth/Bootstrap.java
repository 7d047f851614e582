package io.driftless.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.events.ResourceId;
import io.driftless.settings.Settings;
import io.driftless.settings.SettingsWatch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a new installation what it cannot do without: the key that signs tokens, and a random
/// password for `admin`, which lies in `argocd-initial-admin-secret` until somebody deletes it.
/// Several processes may do this at once.
public final class Bootstrap {
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);
    static final String SECRET_KEY = "server.secretkey";
    private static final String INITIAL = "argocd-initial-admin-secret";
    private static final int PASSWORD_LENGTH = 16;
    private final Cluster cluster;
    private final String namespace;
    private final SettingsWatch settings;

    public Bootstrap(Cluster cluster, String namespace, SettingsWatch settings) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.settings = settings;
    }

    public void run(Instant now) {
        Settings found = settings.get();
        boolean needsKey = found.secretText(SECRET_KEY).orElse("").isEmpty();
        boolean needsPassword = found.flag("admin.enabled", true)
                && found.secretText("admin.password").orElse("").isEmpty();
        if (!needsKey && !needsPassword) {
            return;
        }
        String hash = needsPassword ? Passwords.hash(initialPassword()) : "";
        settings.changeSecret(secret -> {
            secret.putIfAbsent(SECRET_KEY, Passwords.random(43).getBytes(UTF_8));
            if (needsPassword && !secret.containsKey("admin.password")) {
                secret.put("admin.password", hash.getBytes(UTF_8));
                secret.put(
                        "admin.passwordMtime",
                        now.truncatedTo(ChronoUnit.SECONDS).toString().getBytes(UTF_8));
            }
            return secret;
        });
    }

    private String initialPassword() {
        String password = Passwords.random(PASSWORD_LENGTH);
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "Opaque");
        secret.putObject("metadata").put("name", INITIAL).put("namespace", namespace);
        secret.putObject("data").put("password", Base64.getEncoder().encodeToString(password.getBytes(UTF_8)));
        try {
            cluster.create(secret, "driftless-api", false);
            LOG.info("the password of admin is in the Secret {} of namespace {}", INITIAL, namespace);
            return password;
        } catch (ApiException e) {
            if (e.code() != 409) {
                throw e;
            }
            return cluster.get(new ResourceId("", "Secret", namespace, INITIAL), null)
                    .map(found -> SettingsWatch.decoded(found).get("password"))
                    .map(bytes -> new String(bytes, UTF_8))
                    .orElse(password);
        }
    }
}
