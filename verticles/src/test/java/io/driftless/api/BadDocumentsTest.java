package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.api.ApiStand.Answer;
import io.driftless.auth.AuthMode;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLines;
import java.util.List;
import java.util.Map;
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
    void c04ClustersWithStrangeAddressesAreRefused() throws Exception {
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
    }

    @Test
    void c02WhatRunsProgramsReadsFilesOrLooksAwayIsRefusedAndTold() throws Exception {
        Map<String, String> configs = Map.of(
                "{\"execProviderConfig\":{\"command\":\"c4n4ry\"}}", "bearerToken",
                "{\"tlsClientConfig\":{\"insecure\":true,\"caData\":\"c4n4ry\"}}", "insecure",
                "{\"proxyUrl\":\"http://169.254.169.254/c4n4ry\"}", "proxyUrl",
                "{\"proxyUrl\":\"http://169.254.169.254:80\"}", "proxyUrl",
                "{\"proxyUrl\":\"file:///c4n4ry\"}", "proxyUrl");
        try (SecurityLines heard = new SecurityLines()) {
            for (Map.Entry<String, String> config : configs.entrySet()) {
                String cluster =
                        "{\"server\":\"https://a.example.com\",\"name\":\"c\",\"config\":" + config.getKey() + "}";
                for (Answer refused : List.of(
                        stand.rest("POST", "/api/v1/clusters", cluster),
                        stand.rest("POST", "/api/v1/clusters?upsert=true", cluster))) {
                    assertThat(refused.status()).as(config.getKey()).isEqualTo(400);
                    assertThat(refused.body().path("code").asInt()).isEqualTo(3);
                    assertThat(refused.body().toString())
                            .contains("field cluster.config", config.getValue())
                            .doesNotContain("c4n4ry");
                }
            }

            assertThat(heard.of(SecurityEvent.CLUSTER_REFUSED))
                    .hasSize(2 * configs.size())
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("security=3 CWE=15 ")
                            .contains("server=\"https://a.example.com\"", "account=\"admin\"")
                            .doesNotContain("c4n4ry"));
        }
        Answer list = stand.rest("GET", "/api/v1/clusters", "");
        assertThat(list.body().toString()).doesNotContain("a.example.com");
    }

    @Test
    void c02AFileOfThisMachineIsNoCredential() throws Exception {
        for (String field : List.of("tokenFile", "caFile", "certFile", "keyFile")) {
            for (String config : List.of(
                    "{\"" + field + "\":\"/etc/hostname\"}",
                    "{\"tlsClientConfig\":{\"" + field + "\":\"/etc/hostname\"}}")) {
                Answer refused = stand.rest(
                        "POST",
                        "/api/v1/clusters",
                        "{\"server\":\"https://a.example.com\",\"name\":\"c\",\"config\":" + config + "}");
                assertThat(refused.status()).as(config).isEqualTo(400);
            }
        }
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
