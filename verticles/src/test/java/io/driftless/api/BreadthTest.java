package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.api.ApiStand.Answer;
import io.driftless.auth.AuthMode;
import io.driftless.events.ResourceId;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Methods about repositories to write to, projects in detail, ApplicationSets and notifications.
class BreadthTest {
    private static final String REPOSITORIES = "repository.RepositoryService/";
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void start() throws Exception {
        stand.create("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"argocd-cm","namespace":"argocd"},
                 "data":{"globalProjects":"- labelSelector: {matchExpressions: [{key: tier, operator: In, values: [prod]}]}\\n  projectName: global\\n"}}
                """);
        stand.create("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"argocd-notifications-cm","namespace":"argocd"},
                 "data":{"trigger.on-sync":"[]","trigger.on-fail":"[]","template.hello":"message: hi",
                 "service.slack":"token: $slack","service.webhook.chat":"url: x","context":"a: b"}}
                """);
        project("global", "{}");
        project("team", "{\"tier\":\"prod\"}");
        project("plain", "{}");
        stand.start(AuthMode.NONE);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    private void project(String name, String labels) throws Exception {
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"AppProject",
                 "metadata":{"name":"%s","namespace":"argocd","uid":"uid-%s","labels":%s},"spec":{}}
                """.formatted(name, name, labels));
    }

    @Test
    void repositoriesToWriteToAreKeptApart() throws Exception {
        Answer created = stand.rest(
                "POST",
                "/api/v1/write-repositories",
                "{\"repo\":\"https://git.example.com/out\",\"type\":\"helm\",\"username\":\"u\",\"password\":\"hidden-p\"}");
        assertThat(created.status()).as(created.body().toString()).isEqualTo(200);
        assertThat(created.body().toString()).doesNotContain("hidden-p");
        JsonNode secret = stand.cluster.list(new io.driftless.events.GroupKind("", "Secret"), "argocd", "").stream()
                .filter(found -> found.at("/metadata/name").asText().startsWith("repo-write-"))
                .findFirst()
                .orElseThrow();
        assertThat(secret.at("/metadata/labels/argocd.argoproj.io~1secret-type").asText())
                .isEqualTo("repository-write");
        assertThat(stand.told(REPOSITORIES + "ListWriteRepositories", "{}").path("items"))
                .hasSize(1);
        assertThat(stand.told(REPOSITORIES + "ListRepositories", "{}").path("items"))
                .isEmpty();
        assertThat(stand.told(REPOSITORIES + "GetWrite", "{\"repo\":\"https://git.example.com/out\"}")
                        .path("username")
                        .asText())
                .isEqualTo("u");
        assertThat(stand.rest("DELETE", "/api/v1/write-repositories/https%3A%2F%2Fgit.example.com%2Fout", "")
                        .status())
                .isEqualTo(200);
        Answer credentials = stand.rest(
                "POST", "/api/v1/write-repocreds", "{\"url\":\"https://git.example.com/\",\"password\":\"hidden-p\"}");
        assertThat(credentials.status()).isEqualTo(200);
        assertThat(stand.rest("GET", "/api/v1/write-repocreds", "").body().path("items"))
                .hasSize(1);
        assertThat(stand.rest("GET", "/api/v1/repocreds", "").body().path("items"))
                .isEmpty();
    }

    @Test
    void helmAndOciRepositoriesAreKeptAndNotLookedAt() throws Exception {
        for (String type : List.of("helm", "oci")) {
            Answer created = stand.rest(
                    "POST",
                    "/api/v1/repositories",
                    "{\"repo\":\"https://charts.invalid/" + type + "\",\"name\":\"c\",\"type\":\"" + type + "\"}");
            assertThat(created.status()).as(type).isEqualTo(200);
        }
        JsonNode list = stand.rest("GET", "/api/v1/repositories", "").body();
        assertThat(list.path("items"))
                .allMatch(item -> item.at("/connectionState/status").asText().equals("Unknown"));
        assertThat(stand.rest("POST", "/api/v1/repositories", "{\"repo\":\"https://x.invalid\",\"type\":\"svn\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aProjectIsShownWithWhatIsDeclaredForIt() throws Exception {
        stand.create("""
                {"apiVersion":"v1","kind":"Secret","metadata":{"name":"r","namespace":"argocd",
                 "labels":{"argocd.argoproj.io/secret-type":"repository"}},"data":{"url":"%s","project":"%s","password":"%s"}}
                """.formatted(base64("https://git.example.com/team"), base64("team"), base64("hidden-p")));
        JsonNode detailed = stand.told("project.ProjectService/GetDetailedProject", "{\"name\":\"team\"}");
        assertThat(detailed.at("/project/metadata/name").asText()).isEqualTo("team");
        assertThat(detailed.at("/globalProjects/0/metadata/name").asText()).isEqualTo("global");
        assertThat(detailed.at("/repositories/0/repo").asText()).isEqualTo("https://git.example.com/team");
        assertThat(detailed.toString()).doesNotContain("hidden-p");
        Answer globals = stand.rest("GET", "/api/v1/projects/team/globalprojects", "");
        assertThat(globals.body().path("items")).hasSize(1);
        assertThat(stand.rest("GET", "/api/v1/projects/plain/globalprojects", "")
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void eventsOfAProjectAreShown() throws Exception {
        for (String about : List.of("uid-team", "uid-plain")) {
            stand.create("""
                    {"apiVersion":"v1","kind":"Event","metadata":{"name":"e-%s","namespace":"argocd"},
                     "involvedObject":{"uid":"%s"},"reason":"ResourceUpdated","message":"m"}
                    """.formatted(about, about));
        }
        JsonNode events = stand.rest("GET", "/api/v1/projects/team/events", "").body();
        assertThat(events.path("items"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("reason").asText()).isEqualTo("ResourceUpdated"));
        assertThat(stand.told("project.ProjectService/ListEvents", "{\"name\":\"team\"}")
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void notificationsAreListedByName() throws Exception {
        assertThat(names("triggers")).containsExactly("on-fail", "on-sync");
        assertThat(names("templates")).containsExactly("hello");
        assertThat(names("services")).containsExactly("chat", "slack");
        assertThat(stand.told("notification.NotificationService/ListTriggers", "{}")
                        .path("items"))
                .hasSize(2);
    }

    private List<String> names(String what) throws Exception {
        return stand.rest("GET", "/api/v1/notifications/" + what, "")
                .body()
                .path("items")
                .findValuesAsText("name");
    }

    @Test
    void anApplicationSetIsKeptAndSaysThatItIsNotExpanded() throws Exception {
        String set = """
                {"metadata":{"name":"many"},"spec":{"generators":[{"list":{"elements":[{"a":"b"}]}}],
                 "template":{"metadata":{"name":"x"},"spec":{"project":"default"}}}}
                """;
        Answer created = stand.rest("POST", "/api/v1/applicationsets", set);
        assertThat(created.status()).as(created.body().toString()).isEqualTo(200);
        assertThat(created.body().at("/status/conditions/0/message").asText()).contains("not supported yet");
        assertThat(stand.rest("POST", "/api/v1/applicationsets", set).status()).isEqualTo(200);
        assertThat(stand.rest("POST", "/api/v1/applicationsets", set.replace("\"x\"", "\"y\""))
                        .status())
                .isEqualTo(400);
        assertThat(stand.rest("POST", "/api/v1/applicationsets?upsert=true", set.replace("\"x\"", "\"y\""))
                        .body()
                        .at("/spec/template/metadata/name")
                        .asText())
                .isEqualTo("y");
        assertThat(stand.rest("POST", "/api/v1/applicationsets", "{\"metadata\":{\"name\":\"empty\"},\"spec\":{}}")
                        .status())
                .isEqualTo(400);
        assertThat(stand.rest("POST", "/api/v1/applicationsets/generate", "{}").status())
                .isEqualTo(501);
        String uid = stand.cluster
                .get(new ResourceId("argoproj.io", "ApplicationSet", "argocd", "many"), null)
                .orElseThrow()
                .at("/metadata/uid")
                .asText("");
        assertThat(stand.rest("GET", "/api/v1/applicationsets/many/resource-tree", "")
                        .body()
                        .path("nodes"))
                .as(uid)
                .isEmpty();
        assertThat(stand.rest("DELETE", "/api/v1/applicationsets/many", "").status())
                .isEqualTo(200);
        assertThat(stand.rest("GET", "/api/v1/applicationsets/many", "").status())
                .isEqualTo(404);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
