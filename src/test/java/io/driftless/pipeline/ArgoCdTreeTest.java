package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.pipeline.ArgoCd.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What lies below the resources of an Application, through the unmodified `argocd` command line and over REST.
@ExtendWith(SharedStand.class)
@EnabledIf(
        value = "io.driftless.pipeline.ArgoCd#present",
        disabledReason = "the program argocd is not there; src/test/argocd/build makes it")
class ArgoCdTreeTest {
    private static final String CLUSTER = "https://kubernetes.default.svc";

    @TempDir
    Path home;

    private Stand stand;
    private ArgoCd argocd;

    @BeforeEach
    void deployed(Stand shared) throws Exception {
        stand = shared;
        argocd = new ArgoCd(home, "--plaintext", "--server", ArgoCd.host(stand.url()));
        Repository repository = stand.repository("tree");
        repository.push(Map.of("web.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: main, image: "registry.example.com/web:1"}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {selector: {app: web}, ports: [{port: 80}]}
                ---
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly}
                spec:
                  schedule: "0 0 1 1 *"
                  jobTemplate:
                    spec:
                      template:
                        spec: {restartPolicy: Never, containers: [{name: main, image: "registry.example.com/job:1"}]}
                """));
        assertThat(run(
                                "app",
                                "create",
                                "tree",
                                "--repo",
                                repository.url(),
                                "--path",
                                ".",
                                "--dest-server",
                                CLUSTER,
                                "--dest-namespace",
                                "tree",
                                "--sync-option",
                                "CreateNamespace=true")
                        .code())
                .isZero();
        assertThat(run("app", "sync", "tree").code()).isZero();
        assertThat(run("app", "wait", "tree", "--health", "--timeout", "60").code())
                .isZero();
        awaitThat(
                "the tree is there",
                () -> webPods().size() == 2 && nodes("EndpointSlice").size() == 1);
    }

    @Test
    void theTreeHasPodsBelowReplicaSetsBelowDeployments() throws Exception {
        assertThat(run("app", "resources", "tree").rows()).contains(List.of("apps", "Deployment", "tree", "web", "No"));
        assertThat(run("app", "get", "tree").rows())
                .contains(List.of("apps", "Deployment", "tree", "web", "Synced", "Healthy"));
        String tree = run("app", "get", "tree", "-o", "tree").out();
        assertThat(tree).containsSubsequence("Deployment/web", "ReplicaSet/web-", "Pod/web-");
        assertThat(tree).containsSubsequence("Service/web", "EndpointSlice/web-");
        assertThat(run("app", "get", "tree", "-o", "tree=detailed").out()).contains("Pod/web-");
        JsonNode pod = webPods().getFirst();
        assertThat(pod.at("/parentRefs/0/kind").asText()).isEqualTo("ReplicaSet");
        assertThat(pod.at("/images/0").asText()).isEqualTo("registry.example.com/web:1");
        assertThat(nodes("Service")
                        .getFirst()
                        .at("/networkingInfo/targetLabels/app")
                        .asText())
                .isEqualTo("web");
    }

    @Test
    void singleObjectsBelowAreShownChangedAndDeleted() throws Exception {
        String pod = webPods().getFirst().path("name").asText();
        assertThat(run("app", "get-resource", "tree", "--kind", "Pod", "--resource-name", pod, "-o", "yaml")
                        .out())
                .contains("name: " + pod);
        // The command delete-resource knows what was deployed alone; the API deletes what lies below, too.
        var delete = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri("/api/v1/applications/tree/resource?kind=Pod&version=v1&namespace="
                                        + "tree&resourceName=" + pod))
                                .DELETE()
                                .build(),
                        BodyHandlers.ofString());
        assertThat(delete.statusCode()).as(delete.body()).isEqualTo(200);
        awaitThat(
                "another pod has taken its place",
                () -> webPods().size() == 2
                        && webPods().stream()
                                .noneMatch(node -> node.path("name").asText().equals(pod)));
        assertThat(run("app", "wait", "tree", "--resource", "apps:Deployment:web", "--timeout", "60")
                        .code())
                .isZero();
    }

    @Test
    void aJobThatAnActionMadeIsBelowItsCronJob() throws Exception {
        Result list = run("app", "actions", "list", "tree", "--kind", "CronJob");
        assertThat(list.out()).contains("create-job");
        Result made = run("app", "actions", "run", "tree", "create-job", "--kind", "CronJob");
        assertThat(made.code()).as(made.err()).isZero();
        awaitThat("the job is there", () -> !nodes("Job").isEmpty());
        assertThat(nodes("Job").getFirst().at("/parentRefs/0/name").asText()).isEqualTo("nightly");
    }

    @Test
    void ourOwnCommandLineShowsTheSameTables() throws Exception {
        for (String line : List.of(
                "app resources tree",
                "app history tree",
                "app actions list tree --kind Deployment",
                "app get-resource tree --kind Service --filter-fields spec.selector")) {
            Result theirs = run(line.split(" "));
            Result ours = OwnCommandLine.run(stand.url(), line.split(" "));
            assertThat(ours.code()).as(line + ours.err()).isEqualTo(theirs.code());
            assertThat(ours.rows()).as(line).containsExactlyInAnyOrderElementsOf(theirs.rows());
        }
    }

    @Test
    void aWatchedTreeTellsOfPods() throws Exception {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri("/api/v1/stream/applications/tree/resource-tree"))
                                .build(),
                        BodyHandlers.ofLines());
        try (var lines = answer.body()) {
            JsonNode first = new ObjectMapper().readTree(lines.iterator().next());
            assertThat(first.at("/result/nodes"))
                    .anyMatch(node -> node.path("kind").asText().equals("Pod"));
        }
    }

    private List<JsonNode> webPods() throws IOException, InterruptedException {
        return nodes("Pod").stream()
                .filter(node -> node.path("name").asText().startsWith("web-"))
                .toList();
    }

    private List<JsonNode> nodes(String kind) throws IOException, InterruptedException {
        String body = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri("/api/v1/applications/tree/resource-tree"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return new ObjectMapper()
                .readTree(body)
                .path("nodes")
                .valueStream()
                .filter(node -> node.path("kind").asText().equals(kind))
                .toList();
    }

    private URI uri(String path) {
        return stand.url().resolve(path);
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        return argocd.run(arguments);
    }
}
