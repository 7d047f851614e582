package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.auth.AuthMode;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ResourceId;
import io.driftless.http.Door;
import io.driftless.http.RootPath;
import io.driftless.project.NamespacePatterns;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The API behind a path of a larger site, and what it says about itself.
class SubPathTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Vertx vertx = Vertx.vertx();
    private volatile boolean reachable = true;
    private ApiStage api;
    private Door door;

    @BeforeEach
    void start() {
        MemoryCluster cluster = new MemoryCluster() {
            @Override
            public Optional<JsonNode> get(ResourceId id, @Nullable String apiVersion) {
                if (!reachable) {
                    throw new ClusterUnreachableException("connection refused", new RuntimeException());
                }
                return super.get(id, apiVersion);
            }
        };
        api = new ApiStage(
                ApiConfig.of("argocd", AuthMode.NONE),
                new ApiStage.Surroundings(
                        cluster,
                        server -> cluster,
                        new MemoryEvents(),
                        new MemorySources(),
                        publication -> Future.succeededFuture(),
                        () -> new HealthReport(true, Map.of()),
                        List.of()),
                new ApiStage.Place("/ops/cd", NamespacePatterns.NONE));
        api.start();
        door = Door.open(vertx, "127.0.0.1", 0, List.of(new RootPath("ops/cd/")::mount, api::mount))
                .await();
    }

    @AfterEach
    void stop() {
        api.close();
        vertx.close().await();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void everythingIsBelowThePathAndNothingBesideIt() throws Exception {
        assertThat(get("/ops/cd/api/version").body()).contains("driftless");
        assertThat(JSON.readTree(get("/ops/cd/api/v1/applications?fields=items.metadata.name&limit=x%26")
                                .body())
                        .path("message")
                        .asText())
                .isEqualTo("parameter limit must be a number");
        assertThat(get("/api/version").statusCode()).isEqualTo(404);
        assertThat(get("/ops/cdx/api/version").statusCode()).isEqualTo(404);
        assertThat(get("/ops/cd/ops/cd/api/version").statusCode()).isEqualTo(404);
        assertThat(get("/ops/cd").headers().firstValue("Location")).contains("/ops/cd/");
        assertThat(get("/ops/cd/").body()).contains("<base href=\"/ops/cd/\">");
        assertThat(get("/ops/cd/app.js").statusCode()).isEqualTo(200);
    }

    @Test
    void probesAndNativeGrpcNeedNoPath() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        GrpcClient grpc = new GrpcClient(vertx, door.port(), HttpVersion.HTTP_2);
        assertThat(grpc.call("version.VersionService/Version", "{}").status()).isZero();
        assertThat(new GrpcClient(vertx, door.port(), HttpVersion.HTTP_1_1)
                        .send(
                                "ops/cd/version.VersionService/Version",
                                "application/grpc-web+proto",
                                GrpcClient.framed(0, new byte[0]),
                                GrpcClient.SCHEMA.method("version.VersionService/Version"))
                        .status())
                .isZero();
    }

    @Test
    void fullHealthAsksTheControlPlaneAndPlainHealthDoesNot() throws Exception {
        assertThat(get("/healthz?full=true").statusCode()).isEqualTo(200);
        reachable = false;
        HttpResponse<String> answer = get("/healthz?full=true");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("the API server of the control plane does not answer");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void swaggerDescribesEveryPathAndEveryTypeItNames() throws Exception {
        JsonNode swagger = JSON.readTree(get("/ops/cd/swagger.json").body());
        assertThat(swagger.path("basePath").asText()).isEqualTo("/ops/cd");
        JsonNode list = swagger.path("paths").path("/api/v1/applications").path("get");
        assertThat(list.path("operationId").asText()).isEqualTo("ApplicationService_List");
        assertThat(list.at("/responses/200/schema/$ref").asText()).isEqualTo("#/definitions/v1alpha1ApplicationList");
        assertThat(swagger.at("/definitions/v1alpha1Application/properties/metadata/$ref")
                        .asText())
                .isEqualTo("#/definitions/v1ObjectMeta");
        assertThat(swagger.path("paths").size()).isGreaterThan(75);
        swagger.findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                swagger.path("definitions").has(reference.substring("#/definitions/".length())))
                        .as(reference)
                        .isTrue());
    }
}
