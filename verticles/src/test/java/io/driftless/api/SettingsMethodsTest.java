package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.auth.AuthMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettingsMethodsTest {
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void start() throws Exception {
        stand.create("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"argocd-cm","namespace":"argocd"},
                 "data":{"url":"https://cd.example.com","additionalUrls":"- https://cd2.example.com\\n","ui.bannercontent":"hello",
                 "ui.bannerpermanent":"true","ui.bannerposition":"top","ui.cssurl":"./x.css","help.chatUrl":"https://chat.example.com",
                 "help.download.linux-amd64":"https://dl.example.com","ga.trackingid":"UA-1","kustomize.buildOptions":"--enable-helm",
                 "installationID":"one","statusbadge.enabled":"true","statusbadge.url":"https://b.example.com"}}
                """);
        stand.start(AuthMode.ACCOUNTS);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    @Test
    void whatEverybodyMayKnowIsToldToEverybody() throws Exception {
        JsonNode settings = stand.rest("GET", "/api/v1/settings", "").body();
        assertThat(settings.path("url").asText()).isEqualTo("https://cd.example.com");
        assertThat(settings.at("/additionalUrls/0").asText()).isEqualTo("https://cd2.example.com");
        assertThat(settings.path("uiBannerContent").asText()).isEqualTo("hello");
        assertThat(settings.path("uiBannerPermanent").asBoolean()).isTrue();
        assertThat(settings.path("uiBannerPosition").asText()).isEqualTo("top");
        assertThat(settings.path("uiCssURL").asText()).isEqualTo("./x.css");
        assertThat(settings.at("/help/chatText").asText()).isEqualTo("Chat now!");
        assertThat(settings.at("/help/binaryUrls/linux-amd64").asText()).isEqualTo("https://dl.example.com");
        assertThat(settings.at("/googleAnalytics/trackingID").asText()).isEqualTo("UA-1");
        assertThat(settings.path("statusBadgeRootUrl").asText()).isEqualTo("https://b.example.com");
        assertThat(settings.has("installationID")).isFalse();
        assertThat(settings.has("controllerNamespace")).isFalse();
    }

    @Test
    void theRestIsForThoseWithASession() throws Exception {
        stand.as(stand.login("admin", stand.password()));
        JsonNode rest = stand.rest("GET", "/api/v1/settings", "").body();
        assertThat(rest.path("installationID").asText()).isEqualTo("one");
        assertThat(rest.path("controllerNamespace").asText()).isEqualTo("argocd");
        assertThat(rest.path("trackingMethod").asText()).isEqualTo("annotation");
        assertThat(stand.told("cluster.SettingsService/Get", "{}")
                        .path("appLabelKey")
                        .asText())
                .isEqualTo("app.kubernetes.io/instance");
        assertThat(stand.rest("GET", "/api/version", "")
                        .body()
                        .path("KustomizeVersion")
                        .asText())
                .isNotEmpty();
        stand.as("");
        assertThat(stand.rest("GET", "/api/version", "").body().has("KustomizeVersion"))
                .isFalse();
    }
}
