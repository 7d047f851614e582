package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.pipeline.AccountsStand.Guarded;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the Terraform provider calls, in its order, for projects, tokens, Applications and
/// ApplicationSets. What it sent must come back as it was sent: Terraform compares it with its
/// plan.
@ExtendWith(AccountsStand.class)
class ProviderCallsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROJECTS = "project.ProjectService/";
    private static final String APPLICATIONS = "application.ApplicationService/";
    private static final String SETS = "applicationset.ApplicationSetService/";
    private static final int NOT_FOUND = 5;

    private static Stand stand;
    private static Grpc grpc;

    @BeforeAll
    static void login(Guarded guarded) throws Exception {
        stand = guarded.stand();
        grpc = guarded.grpc();
    }

    @AfterAll
    static void logout() {
        grpc.close();
    }

    @Test
    void theVersionIsThatOfAnArgoCdWhichHasAllThatTheProviderAsksFor() {
        String version =
                grpc.ok("version.VersionService/Version", "{}").path("Version").asText();

        assertThat(version).matches("v\\d+\\.\\d+\\.\\d+\\+driftless\\.\\d+\\.\\d+\\.\\d+");
        assertThat(version.compareTo("v3.3.0")).as(version).isPositive();
    }

    @Test
    void aProjectComesBackAsItWasSentAndKeepsItsTokensWhenItChanges() {
        assertThat(grpc.call(PROJECTS + "Get", "{\"name\": \"tf\"}").status()).isEqualTo(NOT_FOUND);
        JsonNode sent = json("""
                {"metadata": {"name": "tf", "namespace": "argocd", "labels": {"a": "b"}, "annotations": {"c": "d"}},
                 "spec": {"description": "a project", "sourceNamespaces": ["argocd"], "sourceRepos": ["*"],
                  "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "tf-*"},
                   {"name": "another", "namespace": "bar"}],
                  "destinationServiceAccounts": [{"server": "https://kubernetes.default.svc", "namespace": "tf-a",
                   "defaultServiceAccount": "deployer"}],
                  "clusterResourceWhitelist": [{"group": "", "kind": "Namespace", "name": "tf-*"}],
                  "clusterResourceBlacklist": [{"group": "*", "kind": "ClusterRole"}],
                  "namespaceResourceBlacklist": [{"group": "networking.k8s.io", "kind": "Ingress"}],
                  "orphanedResources": {"warn": false, "ignore": [{"group": "apps", "kind": "Deployment", "name": "x"}]},
                  "roles": [{"name": "ci", "description": "a role", "groups": ["people"],
                   "policies": ["p, proj:tf:ci, applications, sync, tf/*, allow",
                    "p, proj:tf:ci, exec, create, tf/*, allow"]}],
                  "syncWindows": [{"kind": "deny", "schedule": "22 1 5 * *", "duration": "12h",
                   "applications": ["foo", "bar"], "clusters": ["in-cluster"], "namespaces": ["default"],
                   "timeZone": "Europe/London", "andOperator": true}],
                  "signatureKeys": [{"keyID": "4AEE18F83AFDEB23"}]}}
                """);

        assertSame(grpc.ok(PROJECTS + "Create", "{\"project\": " + sent + "}"), sent);
        JsonNode created = grpc.ok(PROJECTS + "Get", "{\"name\": \"tf\"}");
        assertSame(created, sent);

        JsonNode claims = claims(
                grpc.ok(PROJECTS + "CreateToken", "{\"project\": \"tf\", \"role\": \"ci\", \"expiresIn\": 3600}"));
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
        String id = claims.path("jti").asText();

        JsonNode now = grpc.ok(PROJECTS + "Get", "{\"name\": \"tf\"}");
        assertThat(now.at("/spec/roles/0/jwtTokens/0/id").asText()).isEqualTo(id);
        assertThat(now.at("/spec/roles/0/jwtTokens/0/exp").asLong())
                .isEqualTo(claims.path("exp").asLong());
        ObjectNode wanted = sent.deepCopy();
        ((ObjectNode) wanted.path("metadata")).remove("labels");
        ((ObjectNode) wanted.path("metadata")).remove("annotations");
        ((ObjectNode) wanted.path("metadata")).set("resourceVersion", now.at("/metadata/resourceVersion"));
        ((ObjectNode) wanted.path("spec")).remove("description");
        ((ObjectNode) wanted.at("/spec/roles/0")).set("jwtTokens", now.at("/spec/roles/0/jwtTokens"));
        grpc.ok(PROJECTS + "Update", "{\"project\": " + wanted + "}");
        JsonNode changed = grpc.ok(PROJECTS + "Get", "{\"name\": \"tf\"}");
        assertSame(changed, wanted);

        grpc.ok(PROJECTS + "DeleteToken", "{\"project\": \"tf\", \"role\": \"ci\", \"id\": \"" + id + "\"}");
        assertThat(grpc.ok(PROJECTS + "Get", "{\"name\": \"tf\"}").at("/spec/roles/0/jwtTokens"))
                .isEmpty();
        grpc.ok(PROJECTS + "Delete", "{\"name\": \"tf\"}");
        assertThat(grpc.call(PROJECTS + "Get", "{\"name\": \"tf\"}").status()).isEqualTo(NOT_FOUND);
    }

    @Test
    void anApplicationIsWaitedForWhateverChangesInIt() {
        Repository repository = stand.repository("tf");
        repository.commit(Map.of("app/kustomization.yaml", "resources: [map.yaml]\n", "app/map.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {value: "1"}
                """));
        ObjectNode sent = json("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
                 "metadata": {"name": "tf", "namespace": "argocd", "labels": {"a": "b"}, "annotations": {"c": "d"}},
                 "spec": {"project": "default",
                  "destination": {"server": "https://kubernetes.default.svc", "namespace": "tf"},
                  "source": {"repoURL": "%s", "path": "app", "targetRevision": "main",
                   "kustomize": {"namePrefix": "foo-", "commonLabels": {"a.io/b": "c"}}},
                  "syncPolicy": {"automated": {"prune": true, "selfHeal": true, "allowEmpty": true},
                   "syncOptions": ["CreateNamespace=true"],
                   "managedNamespaceMetadata": {"labels": {"team": "a"}},
                   "retry": {"limit": 5, "backoff": {"duration": "30s", "maxDuration": "2m", "factor": 2}}},
                  "ignoreDifferences": [{"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]}],
                  "info": [{"name": "url", "value": "https://example.com"}], "revisionHistoryLimit": 5}}
                """.formatted(repository.url()));
        assertThat(listed("tf").path("items")).isEmpty();

        assertSame(grpc.ok(APPLICATIONS + "Create", asked(sent)), sent);
        awaitThat("it is created", () -> wentWell(listed("tf").at("/items/0")), () -> listed("tf"));
        assertSame(listed("tf").at("/items/0"), sent);
        assertThat(stand.value("tf", "foo-settings")).isEqualTo("1");

        ((ObjectNode) sent.at("/spec/source/kustomize")).put("namePrefix", "bar-");
        updated(sent, "another prefix");
        assertThat(stand.value("tf", "bar-settings")).isEqualTo("1");
        assertThat(stand.value("tf", "foo-settings")).isEmpty();
        ((ObjectNode) sent.at("/spec/syncPolicy/automated")).put("selfHeal", false);
        updated(sent, "another policy");
        ((ObjectNode) sent.at("/metadata/annotations")).put("c", "e");
        updated(sent, "another annotation");
        ((ObjectNode) sent.at("/metadata/labels")).put("a", "c");
        updated(sent, "another label");
        ((ObjectNode) sent.path("metadata")).remove("labels");
        ((ObjectNode) sent.path("metadata")).remove("annotations");
        updated(sent, "no label and no annotation");

        grpc.ok(APPLICATIONS + "Delete", """
                {"name": "tf", "appNamespace": "argocd", "cascade": true}
                """);
        awaitThat("it is gone", () -> listed("tf").path("items").isEmpty(), () -> listed("tf"));
        assertThat(stand.value("tf", "bar-settings")).isEmpty();
    }

    /// An update, and the provider's wait until the Application was looked at again.
    private static void updated(ObjectNode sent, String what) {
        JsonNode before = listed("tf").at("/items/0/status/reconciledAt");
        grpc.ok(APPLICATIONS + "Update", asked(sent));
        awaitThat(
                "it has " + what,
                () -> {
                    JsonNode now = listed("tf").at("/items/0");
                    return !now.at("/status/reconciledAt").equals(before) && wentWell(now);
                },
                () -> listed("tf"));
        assertSame(listed("tf").at("/items/0"), sent);
    }

    private static boolean wentWell(JsonNode application) {
        return application.at("/status/health/status").asText().equals("Healthy")
                && application.at("/status/sync/status").asText().equals("Synced");
    }

    @Test
    void aSetIsKeptAsItWasSentAndSaysThatItIsNotExpanded() {
        ObjectNode sent = json("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "ApplicationSet",
                 "metadata": {"name": "tfset", "labels": {"a": "b"}},
                 "spec": {"generators": [{"clusters": {"selector": {"matchLabels": {"env": "prod"}},
                   "template": {"metadata": {}, "spec": {"destination": {}, "project": ""}}}}],
                  "template": {"metadata": {"name": "{{name}}-app"}, "spec": {"project": "default",
                   "source": {"repoURL": "https://git.example.com/x", "path": "p", "targetRevision": "HEAD"},
                   "destination": {"server": "{{server}}", "namespace": "default"}}}}}
                """);

        grpc.ok(SETS + "Create", "{\"applicationset\": " + sent + "}");
        JsonNode created = grpc.ok(SETS + "Get", "{\"name\": \"tfset\"}");
        assertSame(created, sent);
        assertThat(created.at("/metadata/namespace").asText()).isEqualTo("argocd");
        assertThat(stand.object("argoproj.io/v1alpha1", "ApplicationSet", "argocd", "tfset")
                        .at("/status/conditions/0/message")
                        .asText())
                .contains("not supported yet");

        ((ObjectNode) sent.path("metadata")).remove("labels");
        grpc.ok(SETS + "Create", "{\"applicationset\": " + sent + ", \"upsert\": true}");
        assertThat(grpc.ok(SETS + "Get", "{\"name\": \"tfset\"}").at("/metadata/labels"))
                .isEmpty();

        grpc.ok(SETS + "Delete", "{\"name\": \"tfset\"}");
        assertThat(grpc.call(SETS + "Get", "{\"name\": \"tfset\"}").status()).isEqualTo(NOT_FOUND);
    }

    private static JsonNode listed(String name) {
        return grpc.ok(APPLICATIONS + "List", """
                {"name": "%s", "appNamespace": "argocd"}
                """.formatted(name));
    }

    private static String asked(JsonNode application) {
        return "{\"application\": " + application + ", \"validate\": true}";
    }

    /// The same spec, labels and annotations.
    private static void assertSame(JsonNode answer, JsonNode sent) {
        assertThat(Grpc.told(answer.path("spec"))).isEqualTo(Grpc.told(sent.path("spec")));
        for (String part : new String[] {"labels", "annotations"}) {
            JsonNode given = sent.path("metadata").path(part);
            JsonNode told = answer.path("metadata").path(part);
            assertThat(told.isEmpty() && given.isEmpty() || told.equals(given))
                    .as("%s are %s", part, told)
                    .isTrue();
        }
    }

    private static JsonNode claims(JsonNode answer) {
        return json(new String(
                Base64.getUrlDecoder().decode(answer.path("token").asText().split("\\.")[1]), UTF_8));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
