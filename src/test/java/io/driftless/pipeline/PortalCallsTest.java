package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the plugins of developer portals (Backstage) call, in the order they call it: a project and
/// an Application are made, shown on a page, changed, synced and removed, over REST alone.
@ExtendWith(SharedStand.class)
class PortalCallsTest {
    private static final String NAME = "portal";

    @Test
    void aProjectAndAnApplicationFromScaffoldingToRemoval(Stand stand) {
        Web web = stand.web();
        Repository repository = stand.repository(NAME);
        String commit = repository.push(Map.of("map.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {value: "1"}
                """));
        ok(web.post("/api/v1/projects", """
                {"project": {"metadata": {"name": "%s"}, "spec": {"sourceRepos": ["*"],
                 "destinations": [{"name": "in-cluster", "namespace": "*", "server": "https://kubernetes.default.svc"}],
                 "clusterResourceWhitelist": [{"group": "*", "kind": "*"}]}}}
                """.formatted(NAME)));
        assertThat(ok(web.get("/api/v1/projects/" + NAME))
                        .at("/spec/sourceRepos/0")
                        .asText())
                .isEqualTo("*");
        ok(web.post("/api/v1/applications", application(repository.url(), "team-a")));

        JsonNode listed = ok(web.get("/api/v1/applications?selector=owner%3Dteam-a"));
        assertThat(listed.path("items")).hasSize(1);
        assertThat(listed.at("/items/0/metadata/name").asText()).isEqualTo(NAME);
        assertThat(ok(web.get("/api/v1/applications?selector=owner%3Dnobody")).path("items"))
                .isEmpty();
        assertThat(ok(web.get("/api/v1/applications/" + NAME + "?appNamespace=argocd"))
                        .at("/spec/source/repoURL")
                        .asText())
                .isEqualTo(repository.url());

        ok(web.post("/api/v1/applications/" + NAME + "/sync", "{}"));
        awaitThat(
                "it is synced and healthy",
                () -> shown(web).equals("Synced Healthy 1"),
                () -> web.get("/api/v1/applications/" + NAME).json());
        JsonNode revision = ok(web.get("/api/v1/applications/" + NAME + "/revisions/" + commit + "/metadata"));
        assertThat(revision.path("author").asText()).contains("@");
        assertThat(revision.path("message").asText()).contains("map.yaml");

        ok(web.put("/api/v1/applications/" + NAME, application(repository.url(), "team-b")));
        assertThat(ok(web.get("/api/v1/applications?selector=owner%3Dteam-b")).path("items"))
                .hasSize(1);
        assertThat(web.delete("/api/v1/applications/" + NAME + "/operation").code())
                .as("nothing runs")
                .isEqualTo(400);

        ok(web.delete("/api/v1/applications/" + NAME + "?cascade=true"));
        awaitThat(
                "it is gone",
                () -> web.get("/api/v1/applications?selector=owner%3Dteam-b")
                        .json()
                        .path("items")
                        .isEmpty());
        awaitThat("and what it deployed", () -> stand.value(NAME, "settings").isEmpty());
        ok(web.delete("/api/v1/projects/" + NAME));
        assertThat(web.get("/api/v1/projects/" + NAME).code()).isIn(403, 404);
    }

    private static String shown(Web web) {
        JsonNode status = ok(web.get("/api/v1/applications/" + NAME)).path("status");
        return status.at("/sync/status").asText()
                + ' '
                + status.at("/health/status").asText()
                + ' '
                + status.path("history").size();
    }

    private static String application(String repository, String owner) {
        return """
                {"metadata": {"name": "%s", "namespace": "argocd", "labels": {"owner": "%s"},
                  "finalizers": ["resources-finalizer.argocd.argoproj.io"]},
                 "spec": {"project": "%s", "source": {"repoURL": "%s", "path": ".", "targetRevision": "main"},
                  "syncPolicy": {"syncOptions": ["CreateNamespace=true"]},
                  "destination": {"server": "https://kubernetes.default.svc", "namespace": "%s"}}}
                """.formatted(NAME, owner, NAME, repository, NAME);
    }

    private static JsonNode ok(Web.Answer answer) {
        assertThat(answer.code()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
