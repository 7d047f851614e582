package io.driftless.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.GoYaml;
import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What an Argo CD installation holds is accepted by our definitions, and nothing of it is lost.
class DefinitionsTest {
    private static final Map<String, String> PLURALS =
            Map.of("Application", "applications", "AppProject", "appprojects", "ApplicationSet", "applicationsets");
    private static Vertx vertx;
    private static Sandbox sandbox;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        sandbox = Sandbox.start(vertx, SandboxOptions.loopback()).await();
        http = HttpClient.newHttpClient();
        sandbox.create(GoYaml.readOne("ns", "apiVersion: v1\nkind: Namespace\nmetadata: {name: argocd}\n"));
        definitions().forEach(sandbox::create);
    }

    @AfterAll
    static void stop() {
        http.close();
        sandbox.close();
        vertx.close().await();
    }

    private static List<JsonNode> definitions() {
        return Checkout.below("deploy/crds", ".yaml").stream()
                .map(Checkout::document)
                .toList();
    }

    private static Stream<JsonNode> samples() {
        return Stream.concat(
                Stream.of("applications.yaml", "projects.yaml", "applicationsets.yaml")
                        .flatMap(file -> Checkout.samples(file).stream()),
                Checkout.below("deploy/demo", ".yaml").stream()
                        .flatMap(file -> Checkout.documents(file).stream())
                        .filter(object -> object.path("apiVersion").asText().equals("argoproj.io/v1alpha1")));
    }

    @Test
    void definitionsAreStructural() {
        for (JsonNode definition : definitions()) {
            JsonNode versions = definition.path("spec").path("versions");
            assertThat(versions).isNotEmpty();
            for (JsonNode version : versions) {
                assertThat(StructuralSchema.problems(version.path("schema").path("openAPIV3Schema")))
                        .as(Checkout.name(definition))
                        .isEmpty();
            }
            assertThat(UnknownFields.of(definition))
                    .as(Checkout.name(definition))
                    .isEmpty();
        }
    }

    @Test
    void aSchemaThatIsNotStructuralIsNoticed() {
        JsonNode schema = GoYaml.readOne("schema.yaml", """
                type: object
                properties:
                  metadata: {type: object, additionalProperties: {type: string}}
                  a: {description: untyped}
                  b: {type: array}
                  c: {type: object, properties: {d: {type: string}}, additionalProperties: {type: string}}
                  e: {anyOf: [{type: integer}], type: object}
                """);
        assertThat(StructuralSchema.problems(schema)).hasSize(5);
    }

    @Test
    void namesAndScopeAreThoseOfArgoCd() {
        for (JsonNode definition : definitions()) {
            JsonNode names = definition.path("spec").path("names");
            assertThat(names.path("plural").asText())
                    .isEqualTo(PLURALS.get(names.path("kind").asText()));
            assertThat(Checkout.name(definition)).isEqualTo(names.path("plural").asText() + ".argoproj.io");
            assertThat(definition.path("spec").path("scope").asText()).isEqualTo("Namespaced");
        }
        JsonNode application = Checkout.document("deploy/crds/applications.argoproj.io.yaml");
        assertThat(application.path("spec").path("versions").get(0).has("subresources"))
                .as("clients of Argo CD write status and operation with ordinary patches")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothingOfAResourceThatExistsIsLost(JsonNode sample) throws Exception {
        String path = "/apis/argoproj.io/v1alpha1/namespaces/argocd/"
                + PLURALS.get(sample.path("kind").asText());
        HttpResponse<String> created = send("POST", path, sample.toString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);

        JsonNode stored = GoYaml.readOne(
                "answer.json",
                send("GET", path + '/' + Checkout.name(sample), "").body());

        for (String part : List.of("spec", "status", "operation")) {
            assertThat(stored.get(part)).as(part).isEqualTo(sample.get(part));
        }
        ObjectNode metadata = stored.path("metadata").deepCopy();
        metadata.retain(List.of("name", "namespace", "labels", "annotations", "finalizers"));
        assertThat(metadata).isEqualTo(sample.path("metadata"));
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
