package io.driftless.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.app.Stage;
import io.driftless.objects.yaml.GoYaml;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One installation goes through the life of two Applications; what the deployment files say is held against what
/// happened.
class InstalledStagesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = "a secret of hooks";

    @TempDir
    private static Path data;

    private static Installation installation;
    private static HttpClient http;
    private static Set<String> metrics;
    private static Set<String> groups;

    @BeforeAll
    static void liveThroughIt() throws Exception {
        http = HttpClient.newHttpClient();
        installation = new Installation(data);
        installation.declare("""
                apiVersion: v1
                kind: Secret
                metadata: {name: argocd-secret, namespace: argocd}
                data: {webhook.github.secret: "%s"}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: elsewhere, namespace: argocd, labels: {argocd.argoproj.io/secret-type: cluster}}
                data: {name: "%s", server: "%s", config: "%s"}
                """.formatted(
                        base64(SECRET),
                        base64("elsewhere"),
                        base64(installation.cluster().url().toString()),
                        base64("{}")));
        String repository = installation.git().create("config").toString();
        String before = installation.git().commit("config", "main", "first", files("1"));

        expect(200, send(api("/api/v1/applications"), "POST", application("here", repository, "name: in-cluster")));
        awaitSynced("here");
        installation.declare("---\n"
                + GoYaml.write(GoYaml.readOne(
                        "elsewhere.json",
                        application(
                                "there",
                                repository,
                                "server: " + installation.cluster().url()))));
        awaitSynced("there");
        expect(200, get(api("/api/v1/certificates")));
        assertThat(configMap("shop-here", "gone")).isNotNull();

        Map<String, byte @Nullable []> changes = new HashMap<>(files("2"));
        changes.put("app/gone.yaml", null);
        String after = installation.git().commit("config", "main", "second", changes);
        String push = """
                {"ref":"refs/heads/main","before":"%s","after":"%s","repository":{"clone_url":"%s"}}""".formatted(before, after, repository);
        expect(401, hook(push, "another secret"));
        expect(200, hook(push, SECRET));
        await().atMost(LIMIT)
                .until(() -> configMap("shop-here", "gone") == null
                        && version("shop-here").equals("2"));
        await().atMost(LIMIT).until(() -> configMap("shop-there", "gone") == null);

        installation.declare("""
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: AppProject
                metadata: {name: leaving, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io]}
                spec: {description: nobody uses it}
                """);
        URI leaving = installation
                .cluster()
                .url()
                .resolve("/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects/leaving");
        expect(200, send(leaving, "DELETE", ""));
        await().atMost(LIMIT).until(() -> get(leaving).statusCode() == 404);
        installation.declare("""
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: homeless, namespace: argocd}
                spec: {project: leaving, source: {repoURL: "%s", path: app}, destination: {name: in-cluster, namespace: x}}
                """.formatted(repository));
        await().atMost(LIMIT).until(() -> conditions("homeless").contains("which does not exist"));
        await().atMost(LIMIT).until(() -> triedLocalManifests("here"));
        await().atMost(LIMIT).until(() -> message("here").startsWith("successfully synced"));
        expect(200, send(api("/api/v1/applications/here/spec"), "PUT", spec(repository, "name: in-cluster", 3)));
        expect(200, send(api("/api/v1/applications/here?cascade=true"), "DELETE", ""));
        await().atMost(LIMIT).until(() -> configMap("shop-here", "kept") == null && status("here") == null);

        metrics = metrics();
        groups = groups();
    }

    @AfterAll
    static void end() {
        if (installation != null) {
            installation.close();
        }
        http.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyStageDoesItsWorkWithTheRightsOfItsAccount(Stage stage) {
        Set<Access> refused = installation.guard(stage).refused();
        if (stage == Stage.OBSERVE) {
            assertThat(refused)
                    .as("it waited for another stage to make the key of the installation")
                    .containsExactly(new Access("create", "", "secrets", Installation.NAMESPACE, ""));
        } else {
            assertThat(refused).isEmpty();
        }
    }

    /// A right that a whole life of Applications does not need is one too many. Two cannot be seen here: what is
    /// watched is
    /// listed only by API servers that do not stream lists, and nothing here deploys roles.
    @ParameterizedTest
    @EnumSource
    void noStageHasARightThatItDoesNotUse(Stage stage) {
        Set<Access> used = installation.guard(stage).allowed();
        for (Rights.Rule rule : installation.rights(stage).rules()) {
            for (String verb : rule.verbs()) {
                boolean unseen = Set.of("bind", "escalate").contains(verb)
                        || verb.equals("list") && rule.verbs().contains("watch");
                if (!unseen) {
                    Rights.Rule single = new Rights.Rule(
                            rule.groups(), rule.resources(), rule.names(), Set.of(verb), rule.namespace());
                    assertThat(used).as("%s uses %s", stage, single).anyMatch(single::allows);
                }
            }
        }
    }

    @Test
    void stagesWithoutATokenAskNoCluster() {
        for (Stage stage : Set.of(Stage.DRIFT, Stage.NOTIFICATION)) {
            assertThat(installation.guard(stage).allowed()).isEmpty();
            assertThat(installation.guard(stage).refused()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStageAnswersItsProbes(Stage stage) throws Exception {
        for (String path : List.of("/healthz", "/readyz", "/metrics")) {
            assertThat(get(installation.web(stage).resolve(path)).statusCode())
                    .as("%s of %s", path, stage)
                    .isEqualTo(200);
        }
    }

    @Test
    void dashboardsShowOnlyMetricsThatAreCounted() {
        Set<String> shown = new TreeSet<>();
        Pattern name = Pattern.compile("(?<![\"\\w$])((?:driftless|argocd|jvm|process)_\\w+)");
        for (String file : Checkout.below("deploy/dashboards", ".json")) {
            JsonNode dashboard = Checkout.document(file);
            dashboard.findValuesAsText("expr").forEach(expression -> {
                Matcher matcher = name.matcher(expression);
                assertThat(matcher.find()).as(expression).isTrue();
                matcher.reset().results().forEach(found -> shown.add(found.group(1)));
            });
            for (JsonNode variable : dashboard.path("templating").path("list")) {
                name.matcher(variable.path("query").asText()).results().forEach(found -> shown.add(found.group(1)));
            }
        }
        assertThat(shown).hasSizeGreaterThan(20);
        assertThat(metrics).containsAll(shown);
    }

    @Test
    void theDocumentationNamesEveryMetricOfTheStages() {
        String documentation = Checkout.text("docs/stages.md");
        assertThat(metrics.stream().filter(metric -> metric.startsWith("driftless_")))
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(documentation).contains(metric));
    }

    @Test
    void autoscalingFollowsGroupsThatExistAndDeploymentsThatAreInstalled() {
        for (JsonNode scaled : Checkout.documents("deploy/autoscaling.yaml")) {
            JsonNode spec = scaled.path("spec");
            JsonNode deployment = Checkout.named(
                    Checkout.INSTALL,
                    "Deployment",
                    spec.path("scaleTargetRef").path("name").asText());
            assertThat(spec.path("minReplicaCount").asInt())
                    .isEqualTo(deployment.path("spec").path("replicas").asInt());
            assertThat(spec.path("triggers")).isNotEmpty();
            for (JsonNode trigger : spec.path("triggers")) {
                JsonNode metadata = trigger.path("metadata");
                if (trigger.path("type").asText().equals("kafka")) {
                    assertThat(groups).contains(metadata.path("consumerGroup").asText());
                    assertThat(metadata.path("bootstrapServersFromEnv").asText())
                            .isEqualTo("KAFKA_BOOTSTRAP");
                }
            }
        }
    }

    private static Map<String, byte @Nullable []> files(String version) {
        Map<String, byte @Nullable []> files = new HashMap<>();
        files.put("app/kept.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: kept}
                data: {version: "%s"}
                """.formatted(version).getBytes(UTF_8));
        files.put("app/replaced.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: replaced, annotations: {argocd.argoproj.io/sync-options: Replace=true}}
                data: {version: "%s"}
                """.formatted(version).getBytes(UTF_8));
        files.put("app/secret.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: password}
                stringData: {password: "open sesame %s"}
                """.formatted(version).getBytes(UTF_8));
        // Only the cluster knows whether this kind has a namespace.
        files.put("app/project.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: AppProject
                metadata: {name: extra}
                spec: {description: "version %s"}
                """.formatted(version).getBytes(UTF_8));
        files.put("app/gone.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: gone}\n".getBytes(UTF_8));
        return files;
    }

    private static String application(String name, String repository, String destination) {
        return GoYaml.readOne("application.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: %s, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io]}
                spec:
                  project: default
                  source: {repoURL: "%s", path: app, targetRevision: main}
                  destination: {namespace: shop-%s, %s}
                  syncPolicy:
                    automated: {prune: true, selfHeal: true}
                    syncOptions: [CreateNamespace=true]
                """.formatted(
                                name, repository, name, destination.replace(": ", ": \"") + '"'))
                .toString();
    }

    private static String spec(String repository, String destination, int history) {
        JsonNode spec = GoYaml.readOne("spec.json", application("here", repository, destination))
                .path("spec");
        ((ObjectNode) spec).put("revisionHistoryLimit", history);
        return spec.toString();
    }

    private static void awaitSynced(String name) {
        await("Application " + name + " is synced and healthy").atMost(LIMIT).until(() -> {
            JsonNode status = status(name);
            return status != null
                    && status.path("sync").path("status").asText().equals("Synced")
                    && status.path("health").path("status").asText().equals("Healthy");
        });
    }

    private static @Nullable JsonNode status(String name) {
        JsonNode found = installation.cluster().get("argoproj.io/v1alpha1", "Application", "argocd", name);
        return found == null ? null : found.path("status");
    }

    private static String conditions(String name) {
        JsonNode found = status(name);
        return found == null ? "" : found.path("conditions").toString();
    }

    /// A dry run, as soon as no other operation runs.
    private static boolean triedLocalManifests(String name) throws Exception {
        String manifest = configMapOf("mine").replace("\"", "\\\"");
        String body = "{\"dryRun\":true,\"manifests\":[\"" + manifest + "\"]}";
        return send(api("/api/v1/applications/" + name + "/sync"), "POST", body).statusCode() == 200;
    }

    private static String configMapOf(String name) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"}}";
    }

    private static String message(String name) {
        JsonNode found = status(name);
        JsonNode state = found == null ? MissingNode.getInstance() : found.path("operationState");
        return state.at("/operation/sync/dryRun").asBoolean()
                ? state.path("message").asText()
                : "";
    }

    private static @Nullable JsonNode configMap(String namespace, String name) {
        return installation.cluster().get("v1", "ConfigMap", namespace, name);
    }

    private static String version(String namespace) {
        JsonNode replaced = configMap(namespace, "replaced");
        return replaced == null ? "" : replaced.path("data").path("version").asText();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static URI api(String path) {
        return installation.web(Stage.API).resolve(path);
    }

    private static HttpResponse<String> hook(String body, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        String proof = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        return http.send(
                HttpRequest.newBuilder(installation.web(Stage.WEBHOOK).resolve("/api/webhook"))
                        .header("Content-Type", "application/json")
                        .header("X-GitHub-Event", "push")
                        .header("X-Hub-Signature-256", proof)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(URI uri, String method, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void expect(int status, HttpResponse<String> response) {
        assertThat(response.statusCode())
                .as("%s: %s", response.uri(), response.body())
                .isEqualTo(status);
    }

    private static Set<String> metrics() throws Exception {
        Set<String> names = new LinkedHashSet<>();
        for (URI web : installation.webs()) {
            get(web.resolve("/metrics"))
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
        }
        return names;
    }

    private static Set<String> groups() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", installation.kafka()))) {
            Set<String> names = new TreeSet<>();
            for (GroupListing group : admin.listGroups().all().get()) {
                names.add(group.groupId());
            }
            return names;
        }
    }
}
