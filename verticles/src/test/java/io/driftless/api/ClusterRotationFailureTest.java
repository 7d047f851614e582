package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import io.driftless.http.HttpFailure;
import io.driftless.settings.LabelledSecrets;
import io.driftless.settings.SettingsWatch;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A rotation that fails in the control plane leaves a cluster that can be reached, and no token that nobody uses.
class ClusterRotationFailureTest {
    private static final String SERVER = "https://10.0.0.1:6443";
    private static final HttpFailure MISSING = HttpFailure.notFound("gone");
    private final ControlPlane control = new ControlPlane();
    private final Target target = new Target();
    private final String old = token("first-token");
    private JsonNode declaration;
    private ClusterRotation rotation;

    /// Fails to write, or writes and fails to say so.
    private static final class ControlPlane extends MemoryCluster {
        private @Nullable RuntimeException failure;
        private boolean writes;
        private boolean dumbAfterWrite;
        private boolean dumb;

        @Override
        public synchronized JsonNode replace(JsonNode object, String fieldManager) {
            if (failure == null || writes) {
                JsonNode written = super.replace(object, fieldManager);
                dumb = dumbAfterWrite;
                if (failure == null) {
                    return written;
                }
            }
            throw failure;
        }

        @Override
        public synchronized Optional<JsonNode> get(ResourceId id, @Nullable String apiVersion) {
            if (dumb) {
                throw new ClusterUnreachableException("the control plane is away");
            }
            return super.get(id, apiVersion);
        }
    }

    /// Makes tokens.
    private static final class Target extends MemoryCluster {
        @Override
        public synchronized JsonNode create(JsonNode object, String fieldManager, boolean dryRun) {
            ObjectNode made = object.deepCopy();
            made.withObject("/data")
                    .put("token", encoded(token(object.at("/metadata/name").asText())));
            return super.create(made, fieldManager, dryRun);
        }

        List<String> secrets() {
            return list(new GroupKind("", "Secret"), "kube-system", "").stream()
                    .map(secret -> secret.at("/metadata/name").asText())
                    .toList();
        }
    }

    @BeforeEach
    void declare() throws Exception {
        target.create(
                new ObjectMapper()
                        .readTree(
                                "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"first-token\",\"namespace\":\"kube-system\"}}"),
                "test",
                false);
        ObjectNode secret = (ObjectNode) new ObjectMapper()
                .readTree("{\"kind\":\"Secret\",\"metadata\":{\"name\":\"far\",\"namespace\":\"argocd\",\"labels\":"
                        + "{\"argocd.argoproj.io/secret-type\":\"cluster\"}}}");
        secret.putObject("data")
                .put("server", encoded(SERVER))
                .put("config", encoded("{\"bearerToken\":\"" + old + "\"}"));
        declaration = control.create(secret, "test", false);
        LabelledSecrets secrets = new LabelledSecrets(control, "argocd");
        rotation = new ClusterRotation(
                server -> target, new ControlSecrets(new ControlObjects(control, "v1", "Secret"), secrets, "argocd"));
    }

    @Test
    void whateverTheControlPlaneFailsWithTheNewTokenEnds() {
        for (RuntimeException failure : List.of(
                new ApiException(403, "Forbidden", "no"),
                new ClusterUnreachableException("away"),
                new IllegalStateException("unforeseen"))) {
            control.failure = failure;

            assertThatThrownBy(() -> rotation.rotate(declaration, MISSING)).isNotNull();

            assertThat(target.secrets()).as("after %s", failure).containsExactly("first-token");
            assertThat(declared()).isEqualTo(old);
        }
    }

    @Test
    void whereOnlyTheAnswerWasLostTheOldTokenEnds() {
        control.failure = new ClusterUnreachableException("cut off after the request");
        control.writes = true;

        rotation.rotate(declaration, MISSING);

        assertThat(target.secrets()).singleElement().satisfies(name -> {
            assertThat(name).startsWith("manager-token-");
            control.failure = null;
            assertThat(declared()).isEqualTo(token(name));
        });
    }

    @Test
    void whereNobodyCanSayBothTokensStayGoodAndTheNewOneIsNamed() {
        control.failure = new ClusterUnreachableException("cut off after the request");
        control.writes = true;
        control.dumbAfterWrite = true;

        assertThatThrownBy(() -> rotation.rotate(declaration, MISSING))
                .isInstanceOf(HttpFailure.class)
                .hasMessageContaining("kube-system/manager-token-")
                .hasMessageContaining("rotate again");

        assertThat(target.secrets()).hasSize(2).contains("first-token");
    }

    private String declared() {
        control.failure = null;
        byte[] config = SettingsWatch.decoded(control.get(new ResourceId("", "Secret", "argocd", "far"), null)
                        .orElseThrow())
                .get("config");
        String text = new String(config, UTF_8);
        return text.substring(text.indexOf(':') + 2, text.length() - 2);
    }

    /// As an API server makes them, unsigned.
    private static String token(String secret) {
        String claims = "{\"kubernetes.io/serviceaccount/namespace\":\"kube-system\","
                + "\"kubernetes.io/serviceaccount/service-account.name\":\"manager\","
                + "\"kubernetes.io/serviceaccount/secret.name\":\"" + secret + "\"}";
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8)) + ".c2ln";
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
