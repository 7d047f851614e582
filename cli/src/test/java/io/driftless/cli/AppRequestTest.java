package io.driftless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.cli.FakeApi.Result;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the flags of commands make of the requests that they send.
class AppRequestTest {
    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void everyFlagOfASyncIsPartOfItsRequest() throws IOException {
        api.answer = """
                {"metadata":{"name":"web","namespace":"argocd"},"status":{"resources":[
                  {"group":"apps","kind":"Deployment","namespace":"shop","name":"web"},
                  {"kind":"Service","namespace":"shop","name":"web"},
                  {"kind":"Service","namespace":"other","name":"web"}]}}
                """;
        assertThat(api.run(("app sync web --async --revision v1 --prune --dry-run --strategy apply --force"
                                + " --replace --server-side --apply-out-of-sync-only --sync-option PruneLast=true"
                                + " --info why=test --info who=me=you --retry-limit 3 --retry-backoff-duration 1s"
                                + " --retry-backoff-max-duration 1m --retry-backoff-factor 4 --resource *:*:shop/web"
                                + " --assumeYes --source-positions 1")
                        .split(" ")))
                .isEqualTo(new Result(0, "", ""));
        assertThat(new ObjectMapper().readTree(api.bodies.getFirst())).isEqualTo(new ObjectMapper().readTree("""
                        {"revision":"v1","prune":true,"dryRun":true,"strategy":{"apply":{"force":true}},
                         "syncOptions":{"items":["Replace=true","ServerSideApply=true","ApplyOutOfSyncOnly=true",
                           "PruneLast=true"]},
                         "infos":[{"name":"why","value":"test"},{"name":"who","value":"me=you"}],
                         "retryStrategy":{"limit":3,"backoff":{"duration":"1s","maxDuration":"1m","factor":4}},
                         "resources":[{"group":"apps","kind":"Deployment","namespace":"shop","name":"web"},
                           {"group":"","kind":"Service","namespace":"shop","name":"web"}]}
                        """));
    }

    @Test
    void resourcesAreChosenAndLeftOut() throws IOException {
        api.answer = """
                {"status":{"resources":[{"group":"apps","kind":"Deployment","namespace":"shop","name":"web"},
                  {"kind":"Service","namespace":"shop","name":"web"}]}}
                """;
        api.run("app", "sync", "web", "--async", "--resource", "!apps:Deployment:web");
        assertThat(new ObjectMapper().readTree(api.bodies.getFirst()).path("resources"))
                .isEqualTo(new ObjectMapper()
                        .readTree("[{\"group\":\"\",\"kind\":\"Service\",\"namespace\":\"shop\",\"name\":\"web\"}]"));
        assertThat(api.run("app", "sync", "web", "--resource", ":Deployment:web"))
                .isEqualTo(new Result(
                        1, "", "driftless: No matching app resources found for resource filter: :Deployment:web\n"));
        assertThat(api.run("app", "sync", "web", "--resource", "Deployment/web").code())
                .isEqualTo(20);
    }

    @Test
    void whatASyncCannotBeToldIsRefusedBeforeAnythingIsAsked() {
        for (String flags : List.of(
                "--strategy sometimes",
                "--retry-backoff-factor 2",
                "--info nothing",
                "--source-positions 2",
                "--source-names a",
                "--revisions v1",
                "--resource x")) {
            Result refused = api.run(("app sync web " + flags).split(" "));
            assertThat(refused.code()).as(flags).isIn(1, 20);
            assertThat(refused.err()).as(flags).startsWith("driftless: ").hasLineCount(1);
        }
        assertThat(api.run("app", "sync").code()).isEqualTo(1);
        assertThat(api.run("app", "sync", "web", "-l", "a=b").code()).isEqualTo(1);
        assertThat(api.run("app", "wait", "web", "--hydrated").code()).isEqualTo(20);
        assertThat(api.run("app", "diff", "web", "--server-side-generate").code())
                .as("without --local there is nothing to send")
                .isEqualTo(2);
        assertThat(api.run("app diff web --server-side-generate --local nowhere --revision v1")
                        .code())
                .isEqualTo(2);
        assertThat(api.run("app", "diff", "web", "--no-such-flag").code()).isEqualTo(2);
        assertThat(api.requests).isEmpty();
    }

    @Test
    void aProjectIsNamedInEveryRequestAboutAResource() {
        api.answer =
                "{\"nodes\":[{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"Deployment\",\"namespace\":\"n\",\"name\":\"web\"}]}";
        assertThat(api.run("app", "delete-resource", "web", "--kind", "Deployment", "--force", "--project", "p"))
                .isEqualTo(new Result(0, "Resource 'web' deleted\n", ""));
        assertThat(api.requests)
                .containsExactly(
                        "GET /api/v1/applications/web/resource-tree?project=p",
                        "DELETE /api/v1/applications/web/resource?project=p&group=apps&version=v1&kind=Deployment"
                                + "&namespace=n&resourceName=web&force=true&orphan=false");
    }

    @Test
    void applicationsAreDeletedAsAsked() {
        api.answer = "{\"items\":[{\"metadata\":{\"name\":\"a\",\"namespace\":\"argocd\"}}]}";
        assertThat(api.run("app", "delete", "-l", "x in (y)", "--project", "p").code())
                .isEqualTo(1);
        assertThat(api.run("app", "delete", "-l", "x in (y)", "-p", "background", "-N", "argocd", "-y"))
                .isEqualTo(new Result(0, "application 'a' deleted\n", ""));
        assertThat(api.run("app", "delete", "b", "c", "--cascade=false"))
                .isEqualTo(new Result(0, "application 'b' deleted\napplication 'c' deleted\n", ""));
        assertThat(api.requests)
                .containsExactly(
                        "GET /api/v1/applications?limit=500&continue=&selector=x+in+%28y%29&appNamespace=argocd",
                        "DELETE /api/v1/applications/a?appNamespace=argocd&cascade=true&propagationPolicy=background",
                        "DELETE /api/v1/applications/b?cascade=false",
                        "DELETE /api/v1/applications/c?cascade=false");
    }
}
