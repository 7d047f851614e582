package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.auth.AuthMode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the API tells of what lies in repositories.
class RepositoryContentTest {
    private static final String APPS = "application.ApplicationService/";
    private static final String REPOSITORIES = "repository.RepositoryService/";
    private static final String URL = "https://git.example.com/team/config";
    private static final String ESCAPED = "https%3A%2F%2Fgit.example.com%2Fteam%2Fconfig";
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void start() throws Exception {
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"AppProject","metadata":{"name":"narrow","namespace":"argocd"},
                 "spec":{"sourceRepos":["https://git.example.com/other/*"],"destinations":[{"server":"*","namespace":"*"}]}}
                """);
        stand.create(application("app", "default", "apps/web"));
        stand.start(AuthMode.NONE);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    @Test
    void aRevisionIsToldWithItsAuthorAndTags() throws Exception {
        JsonNode grpc = stand.told(APPS + "RevisionMetadata", "{\"name\":\"app\",\"revision\":\"abc\"}");
        assertThat(grpc.path("author").asText()).isEqualTo("Ann <ann@example.com>");
        assertThat(grpc.path("date").asText()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(grpc.path("message").asText()).isEqualTo("Change\n\nat abc");
        assertThat(grpc.at("/tags/0").asText()).isEqualTo("v1");
        ApiStand.Answer rest = stand.rest("GET", "/api/v1/applications/app/revisions/abc/metadata", "");
        assertThat(rest.status()).isEqualTo(200);
        assertThat(rest.body()).isEqualTo(grpc);
        assertThat(stand.rest("GET", "/api/v1/applications/app/revisions/unknown/metadata", "")
                        .status())
                .isEqualTo(400);
        assertThat(stand.rest("GET", "/api/v1/applications/none/revisions/abc/metadata", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void chartsAndArtifactsAreRefusedByName() throws Exception {
        for (String kind : List.of("chartdetails", "ocimetadata")) {
            ApiStand.Answer refused = stand.rest("GET", "/api/v1/applications/app/revisions/1.0/" + kind, "");
            assertThat(refused.status()).as(kind).isEqualTo(501);
            assertThat(refused.body().path("message").asText()).contains("is not supported yet");
        }
    }

    @Test
    void theApplicationsOfARepositoryAreListed() throws Exception {
        JsonNode grpc = stand.told(REPOSITORIES + "ListApps", "{\"repo\":\"" + URL + "\",\"revision\":\"main\"}");
        assertThat(grpc.path("items"))
                .extracting(item ->
                        item.path("type").asText() + ' ' + item.path("path").asText())
                .containsExactly("Kustomize apps/web", "Helm charts/db");
        ApiStand.Answer rest = stand.rest("GET", "/api/v1/repositories/" + ESCAPED + "/apps?revision=main", "");
        assertThat(rest.body()).isEqualTo(grpc);
    }

    @Test
    void theDetailsOfASourceHaveItsImages() throws Exception {
        String source = "{\"source\":{\"repoURL\":\"" + URL + "\",\"path\":\"%s\"},\"appName\":\"app\"}";
        JsonNode grpc = stand.told(REPOSITORIES + "GetAppDetails", source.formatted("apps/web"));
        assertThat(grpc.path("type").asText()).isEqualTo("Kustomize");
        assertThat(grpc.at("/kustomize/images/0").asText()).isEqualTo("image:1");
        ApiStand.Answer rest =
                stand.rest("POST", "/api/v1/repositories/" + ESCAPED + "/appdetails", source.formatted("plain"));
        assertThat(rest.body().path("type").asText()).isEqualTo("Directory");
        assertThat(rest.body().path("directory").isObject()).isTrue();
        assertThat(stand.rest("POST", "/api/v1/repositories/" + ESCAPED + "/appdetails", source.formatted("missing"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aProjectThatMayNotReadARepositorySeesNothingOfIt() throws Exception {
        ApiStand.Answer refused = stand.rest("GET", "/api/v1/repositories/" + ESCAPED + "/apps?appProject=narrow", "");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("message").asText()).contains("not permitted in project 'narrow'");
    }

    @Test
    void anApplicationWhosePathIsNotThereIsNotMadeUnlessUnseen() throws Exception {
        ApiStand.Answer refused = stand.rest("POST", "/api/v1/applications", application("bad", "default", "missing"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("message").asText())
                .contains("application spec for bad is invalid: InvalidSpecError", "app path does not exist");
        assertThat(stand.rest("POST", "/api/v1/applications?validate=false", application("bad", "default", "missing"))
                        .status())
                .isEqualTo(200);
        assertThat(stand.rest(
                                "PATCH",
                                "/api/v1/applications/app",
                                "{\"patchType\":\"merge\",\"patch\":\"{\\\"spec\\\":{\\\"source\\\":{\\\"path\\\":\\\"missing\\\"}}}\"}")
                        .status())
                .isEqualTo(400);
        assertThat(stand.rest(
                                "PATCH",
                                "/api/v1/applications/bad",
                                "{\"patchType\":\"merge\",\"patch\":\"{\\\"metadata\\\":{\\\"labels\\\":{\\\"a\\\":\\\"b\\\"}}}\"}")
                        .status())
                .as("what stays as it was is not looked at again")
                .isEqualTo(200);
    }

    private static String application(String name, String project, String path) {
        return """
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"%s","namespace":"argocd"},
                 "spec":{"project":"%s","source":{"repoURL":"%s","path":"%s"},
                 "destination":{"server":"https://kubernetes.default.svc","namespace":"x"}}}
                """.formatted(name, project, URL, path);
    }
}
