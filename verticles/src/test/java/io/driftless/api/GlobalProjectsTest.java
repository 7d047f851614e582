package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.auth.AuthMode;
import io.driftless.events.ResourceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What `globalProjects` says is known before somebody asks.
class GlobalProjectsTest {
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void declare() throws Exception {
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"AppProject","metadata":{"name":"org","namespace":"argocd"},
                 "spec":{"sourceRepos":["*"],"destinations":[{"server":"*","namespace":"*"}]}}
                """);
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"AppProject",
                 "metadata":{"name":"web","namespace":"argocd","labels":{"org":"acme"}},"spec":{}}
                """);
        stand.create("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"argocd-cm","namespace":"argocd"},"data":{}}
                """);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    @ParameterizedTest
    @EnumSource(AuthMode.class)
    void aProjectInheritsFromTheNextCallOnAndWhatCannotBeReadChangesNothing(AuthMode auth) throws Exception {
        stand.start(auth);
        if (auth == AuthMode.ACCOUNTS) {
            stand.as(stand.login("admin", stand.password()));
        }
        await().until(() -> create("one") == 400);

        say("[{labelSelector: {matchLabels: {org: acme}}, projectName: org}]");
        await().until(() -> create("two") == 200);

        say("[");
        assertThat(create("three")).isEqualTo(200);

        say("");
        await().until(() -> create("four") == 400);
    }

    private int create(String name) throws Exception {
        return stand.rest("POST", "/api/v1/applications?validate=false", """
                {"metadata":{"name":"%s"},"spec":{"project":"web","source":{"repoURL":"https://git.example.com/r","path":"."},
                 "destination":{"server":"https://kubernetes.default.svc","namespace":"x"}}}
                """.formatted(name))
                .status();
    }

    private void say(String globalProjects) {
        stand.cluster.mergePatch(
                new ResourceId("", "ConfigMap", "argocd", "argocd-cm"),
                null,
                "",
                JsonNodes.object("{\"data\":{\"globalProjects\":\"" + globalProjects + "\"}}"));
    }
}
