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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.jspecify.annotations.Nullable;

/// The life of two Applications in one installation: deployed here and elsewhere, changed by a push, synced, one of
/// them deleted with its resources. It leaves behind what the stages did and counted.
final class InstalledLife implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = "a secret of hooks";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Installation installation;

    InstalledLife(Path data) throws Exception {
        installation = new Installation(data);
    }

    Installation installation() {
        return installation;
    }

    /// Lives through it.
    void run() throws Exception {
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
    }

    @Override
    public void close() {
        installation.close();
        http.close();
    }

    private Map<String, byte @Nullable []> files(String version) {
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

    private String application(String name, String repository, String destination) {
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

    private String spec(String repository, String destination, int history) {
        JsonNode spec = GoYaml.readOne("spec.json", application("here", repository, destination))
                .path("spec");
        ((ObjectNode) spec).put("revisionHistoryLimit", history);
        return spec.toString();
    }

    private void awaitSynced(String name) {
        await("Application " + name + " is synced and healthy").atMost(LIMIT).until(() -> {
            JsonNode status = status(name);
            return status != null
                    && status.path("sync").path("status").asText().equals("Synced")
                    && status.path("health").path("status").asText().equals("Healthy");
        });
    }

    private @Nullable JsonNode status(String name) {
        JsonNode found = installation.cluster().get("argoproj.io/v1alpha1", "Application", "argocd", name);
        return found == null ? null : found.path("status");
    }

    private String conditions(String name) {
        JsonNode found = status(name);
        return found == null ? "" : found.path("conditions").toString();
    }

    /// A dry run, as soon as no other operation runs.
    private boolean triedLocalManifests(String name) throws Exception {
        String manifest = configMapOf("mine").replace("\"", "\\\"");
        String body = "{\"dryRun\":true,\"manifests\":[\"" + manifest + "\"]}";
        return send(api("/api/v1/applications/" + name + "/sync"), "POST", body).statusCode() == 200;
    }

    private String configMapOf(String name) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"}}";
    }

    private String message(String name) {
        JsonNode found = status(name);
        JsonNode state = found == null ? MissingNode.getInstance() : found.path("operationState");
        return state.at("/operation/sync/dryRun").asBoolean()
                ? state.path("message").asText()
                : "";
    }

    private @Nullable JsonNode configMap(String namespace, String name) {
        return installation.cluster().get("v1", "ConfigMap", namespace, name);
    }

    private String version(String namespace) {
        JsonNode replaced = configMap(namespace, "replaced");
        return replaced == null ? "" : replaced.path("data").path("version").asText();
    }

    private String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private URI api(String path) {
        return installation.web(Stage.API).resolve(path);
    }

    private HttpResponse<String> hook(String body, String secret) throws Exception {
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

    private HttpResponse<String> send(URI uri, String method, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void expect(int status, HttpResponse<String> response) {
        assertThat(response.statusCode())
                .as("%s: %s", response.uri(), response.body())
                .isEqualTo(status);
    }

    /// The names of all metrics of all stages.
    Set<String> metrics() throws Exception {
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

    /// The consumer groups there are.
    Set<String> groups() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", installation.kafka()))) {
            Set<String> names = new TreeSet<>();
            for (GroupListing group : admin.listGroups().all().get()) {
                names.add(group.groupId());
            }
            return names;
        }
    }
}
