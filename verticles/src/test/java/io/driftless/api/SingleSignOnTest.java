package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.driftless.auth.AuthMode;
import io.driftless.events.ResourceId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Single sign-on is not built: nothing of it may be half there.
class SingleSignOnTest {
    private final ApiStand stand = new ApiStand();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer provider;

    @BeforeEach
    void start() throws Exception {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        provider.start();
        stand.create("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"argocd-cm","namespace":"argocd"},
                 "data":{"url":"https://cd.example.com"}}
                """);
        stand.start(AuthMode.ACCOUNTS);
    }

    @AfterEach
    void stop() {
        stand.close();
        provider.stop(0);
    }

    @Test
    void j08NobodyIsSentElsewhereOrLetInByTheAddressesOfSingleSignOn() throws Exception {
        for (boolean configured : List.of(false, true)) {
            if (configured) {
                configure();
            }
            for (String path : List.of(
                    "/auth/login",
                    "/auth/login?return_url=https://evil.example",
                    "/auth/login?return_url=//evil.example",
                    "/auth/login?return_url=%2F%2Fevil.example",
                    "/auth/login?return_url=https://cd.example.com.evil.example/",
                    "/auth/callback",
                    "/auth/callback?code=c",
                    "/auth/callback?code=c&state=",
                    "/auth/callback?code=c&state=s",
                    "/auth/callback?code=c&state=s&iss=https://other.example",
                    "/auth/callback?error=access_denied&state=//evil.example",
                    "/api/dex/auth?redirect_uri=https://evil.example",
                    "/api/dex/callback?code=c&state=s",
                    "/api/dex/.well-known/openid-configuration")) {
                for (int time = 0; time < 2; time++) {
                    refused(path);
                }
            }
        }
        assertThat(asked).isEmpty();
    }

    private void refused(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stand.port() + path))
                .header("Cookie", "argocd.oauthstate=s")
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(501);
        assertThat(ApiStand.JSON.readTree(answer.body()).path("message").asText())
                .startsWith("single sign-on")
                .endsWith("is not supported yet");
        assertThat(answer.body()).doesNotContain("evil");
        assertThat(answer.headers().map()).doesNotContainKeys("location", "set-cookie", "refresh");
    }

    @Test
    void j09AProviderThatIsDownKeepsNobodyOutAndIsAskedForNothing() throws Exception {
        String before = stand.login("admin", stand.password());
        configure();
        stand.as(before);
        assertThat(stand.rest("GET", "/api/v1/applications", "").status())
                .as("a session that was there before")
                .isEqualTo(200);
        stand.as(stand.login("admin", stand.password()));
        assertThat(stand.rest("GET", "/api/v1/session/userinfo", "")
                        .body()
                        .path("username")
                        .asText())
                .isEqualTo("admin");

        stand.as("");
        JsonNode told = stand.rest("GET", "/api/v1/settings", "").body();
        assertThat(told.has("oidcConfig")).as("no login that does not work").isFalse();
        assertThat(told.has("dexConfig")).isFalse();
        assertThat(told.path("userLoginsDisabled").asBoolean()).isFalse();
        assertThat(stand.told("cluster.SettingsService/Get", "{}").has("oidcConfig"))
                .isFalse();

        stand.as(part("{\"alg\":\"RS256\",\"kid\":\"1\"}")
                + '.'
                + part("{\"iss\":\"" + issuer() + "\",\"sub\":\"admin\",\"aud\":\"driftless\",\"exp\":4102444800}")
                + '.'
                + part("signature"));
        assertThat(stand.rest("GET", "/api/v1/applications", "").status())
                .as("a token of the provider")
                .isEqualTo(401);
        stand.as("");
        assertThat(stand.rest("POST", "/api/v1/session", "{\"token\":\"t\"}").status())
                .isEqualTo(501);
        assertThat(asked).isEmpty();
    }

    private void configure() {
        ObjectNode config = stand.cluster.get(settings(), null).orElseThrow().deepCopy();
        config.withObjectProperty("data")
                .put("oidc.config", "name: IdP\nissuer: " + issuer() + "\nclientID: driftless\nclientSecret: $x:y\n")
                .put(
                        "dex.config",
                        "connectors:\n- type: oidc\n  id: a\n  name: A\n  config: {issuer: " + issuer() + "}\n");
        stand.cluster.replace(config, "test");
    }

    private String issuer() {
        return "http://127.0.0.1:" + provider.getAddress().getPort();
    }

    private static ResourceId settings() {
        return new ResourceId("", "ConfigMap", "argocd", "argocd-cm");
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
