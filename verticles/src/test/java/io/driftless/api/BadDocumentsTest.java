package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.api.ApiStand.Answer;
import io.driftless.auth.AuthMode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Applications, clusters, repositories and projects that must not be taken in. Each test is named after the inputs it
/// plays.
class BadDocumentsTest {
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void start() {
        stand.start(AuthMode.NONE);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    @Test
    void a02NamesThatAreNoneAreRefused() throws Exception {
        for (String name : List.of("A", "-a", "a_b", "a/b", "..", "a".repeat(254), "")) {
            assertThat(stand.rest("POST", "/api/v1/applications", application(name, "\"server\":\"s\""))
                            .status())
                    .as(name)
                    .isEqualTo(400);
        }
    }

    @Test
    void a06ADestinationIsAServerOrAName() throws Exception {
        for (String destination :
                List.of("\"server\":\"https://a\",\"name\":\"b\"", "\"namespace\":\"x\"", "\"server\":\"\"")) {
            assertThat(stand.rest("POST", "/api/v1/applications", application("a", destination))
                            .status())
                    .as(destination)
                    .isEqualTo(400);
        }
    }

    @Test
    void c02AndC04ClustersWithProgramsOrStrangeAddressesAreRefused() throws Exception {
        for (String server : List.of(
                "file:///etc",
                "https://user:pass@a.example.com",
                "https://a.example.com?x=y",
                "https://a.example.com#x",
                "https://169.254.169.254",
                "http://metadata.google.internal",
                "https://[fe80::1]",
                "https://",
                "a b",
                "")) {
            Answer refused = stand.rest("POST", "/api/v1/clusters", "{\"server\":\"" + server + "\",\"name\":\"c\"}");
            assertThat(refused.status()).as(server).isEqualTo(400);
            assertThat(refused.body().toString()).doesNotContain("pass");
        }
        assertThat(stand.rest(
                                "POST",
                                "/api/v1/clusters",
                                "{\"server\":\"https://a.example.com\",\"name\":\"c\",\"config\":{\"execProviderConfig\":{\"command\":\"sh\"}}}")
                        .status())
                .isEqualTo(501);
    }

    @Test
    void c07RepositoriesWithLinesInTheirAddressAreRefusedWithoutTheirSecret() throws Exception {
        for (String repo : List.of("https://a.example.com/x\\r\\nHost: b", "https://a.example.com/\\u0000", "a\\tb")) {
            Answer refused =
                    stand.rest("POST", "/api/v1/repositories", "{\"repo\":\"" + repo + "\",\"password\":\"hidden-p\"}");
            assertThat(refused.status()).as(repo).isEqualTo(400);
            assertThat(refused.body().toString()).doesNotContain("hidden-p");
        }
        Answer both = stand.rest(
                "POST",
                "/api/v1/repositories",
                "{\"repo\":\"https://a.invalid/x\",\"password\":\"hidden-p\",\"bearerToken\":\"hidden-t\"}");
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.body().toString()).doesNotContain("hidden-p", "hidden-t");
    }

    @Test
    void p03AndP04ProjectsThatContradictThemselvesAreRefused() throws Exception {
        for (String spec : List.of(
                "\"sourceRepos\":[\"!*\"]",
                "\"destinations\":[{\"server\":\"!*\",\"namespace\":\"*\"}]",
                "\"roles\":[{\"name\":\"r\",\"policies\":[\"p, proj:other:r, applications, get, other/*, allow\"]}]",
                "\"roles\":[{\"name\":\"r\",\"policies\":[\"p, proj:team:r, accounts, get, team/*, allow\"]}]",
                "\"roles\":[{\"name\":\"r\",\"policies\":[\"p, proj:team:r, applications, get, team/*, maybe\"]}]",
                "\"roles\":[{\"name\":\"r\",\"policies\":[\"g, proj:team:r, role:admin\"]}]",
                "\"roles\":[{\"name\":\"r\"},{\"name\":\"r\"}]",
                "\"syncWindows\":[{\"kind\":\"maybe\",\"schedule\":\"* * * * *\",\"duration\":\"1h\",\"applications\":[\"*\"]}]",
                "\"syncWindows\":[{\"kind\":\"deny\",\"schedule\":\"* * * * * *\",\"duration\":\"1h\",\"applications\":[\"*\"]}]")) {
            Answer refused = stand.rest(
                    "POST",
                    "/api/v1/projects",
                    "{\"project\":{\"metadata\":{\"name\":\"team\"},\"spec\":{" + spec + "}}}");
            assertThat(refused.status()).as(spec).isEqualTo(400);
        }
    }

    private static String application(String name, String destination) {
        return "{\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"source\":{\"repoURL\":\"https://git.example.com/r\",\"path\":\".\"},\"destination\":{"
                + destination + "}}}";
    }
}
