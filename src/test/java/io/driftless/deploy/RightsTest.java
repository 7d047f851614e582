package io.driftless.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RightsTest {
    private static final String SECRETS = "/api/v1/namespaces/argocd/secrets";

    private static boolean may(String account, String method, String path, Map<String, String> parameters) {
        return Rights.of(account).allow(Access.of(method, path, parameters).orElseThrow());
    }

    @Test
    void requestsAreReadAsTheAuthorizerReadsThem() {
        assertThat(Access.of("GET", "/apis/apps/v1", Map.of())).isEmpty();
        assertThat(Access.of("GET", "/api", Map.of())).isEmpty();
        assertThat(Access.of("GET", "/version", Map.of())).isEmpty();
        assertThat(Access.of("PATCH", "/apis/apps/v1/namespaces/a/deployments/b/scale", Map.of()))
                .contains(new Access("patch", "apps", "deployments/scale", "a", "b"));
        assertThat(Access.of("GET", "/api/v1/namespaces/a", Map.of()))
                .contains(new Access("get", "", "namespaces", "a", "a"));
        assertThat(Access.of("GET", "/api/v1/secrets", Map.of("watch", "1", "fieldSelector", "metadata.name=b")))
                .contains(new Access("watch", "", "secrets", "", "b"));
    }

    @Test
    void noStageButTheWebhookReadsTheWebhookSecretsByName() {
        assertThat(may("driftless-webhook", "GET", SECRETS + "/argocd-secret", Map.of()))
                .isTrue();
        assertThat(may("driftless-webhook", "GET", SECRETS + "/driftless-seal", Map.of()))
                .isFalse();
        assertThat(may("driftless-webhook", "GET", SECRETS, Map.of())).isFalse();
        assertThat(may("driftless-manifest", "GET", SECRETS + "/argocd-secret", Map.of()))
                .isFalse();
    }

    @Test
    void onlySyncWritesToTheCluster() {
        String deployments = "/apis/apps/v1/namespaces/shop/deployments";
        assertThat(may("driftless-sync", "PATCH", deployments + "/web", Map.of()))
                .isTrue();
        for (String account :
                new String[] {"webhook", "registry", "manifest", "observe", "drift", "notification", "api"}) {
            for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
                assertThat(may("driftless-" + account, method, deployments + "/web", Map.of()))
                        .as("%s by %s", method, account)
                        .isFalse();
            }
        }
    }

    @Test
    void applicationsAreChangedInTheirOwnNamespaceOnly() {
        assertThat(may("driftless-api", "POST", "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications", Map.of()))
                .isTrue();
        assertThat(may("driftless-api", "POST", "/apis/argoproj.io/v1alpha1/namespaces/team/applications", Map.of()))
                .isFalse();
        assertThat(may("driftless-registry", "GET", "/apis/argoproj.io/v1alpha1/applications", Map.of()))
                .isFalse();
    }
}
