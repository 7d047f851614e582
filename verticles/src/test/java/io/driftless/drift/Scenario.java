package io.driftless.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import io.driftless.events.ApplicationSpec.Source;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.EventCodec;
import io.driftless.events.GroupKind;
import io.driftless.events.LiveEvent.ClusterObserved;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.health.HealthCheck;
import io.driftless.objects.Digests;
import io.driftless.objects.Schemas;
import io.driftless.objects.Typed;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/// An application and a drift stage to try things on. Facts pass through the codec, as they do in the pipeline.
final class Scenario {
    static final ApplicationName APP = new ApplicationName("argocd", "shop");
    static final String CLUSTER = Destination.IN_CLUSTER;
    static final Destination HERE = new Destination(CLUSTER, "", "prod");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Instant now = NOON;
    private DriftLogic logic = new DriftLogic(APP.toString());
    final List<Publication> said = new ArrayList<>();

    void take(Fact... facts) {
        for (Fact fact : facts) {
            logic.fold(fact);
        }
        decide();
    }

    /// Time goes by, and the stage is woken.
    void later(Duration time) {
        now = now.plus(time);
        decide();
    }

    /// Decides and hears its own words, until it has nothing more to say.
    private void decide() {
        for (int rounds = 0; rounds < 10; rounds++) {
            Decision<Void> decision = logic.decide(now);
            if (decision.publications().isEmpty()) {
                return;
            }
            for (Publication publication : decision.publications()) {
                said.add(publication);
                logic.fold(
                        publication.event() == null
                                ? new Fact(publication.topic(), publication.key(), null)
                                : fact(publication.event(), publication.chain()));
            }
        }
        throw new AssertionError("the stage answers itself without end");
    }

    void restart(Fact... tables) {
        logic = new DriftLogic(APP.toString());
        take(tables);
    }

    ApplicationCompared last() {
        if (said.isEmpty() || !(said.getLast().event() instanceof ApplicationCompared compared)) {
            throw new AssertionError("nothing is said of the application: " + said);
        }
        return compared;
    }

    ResourceVerdict verdict(String resource) {
        return last().resources().stream()
                .filter(verdict -> verdict.resource().toString().equals(resource))
                .findFirst()
                .orElseThrow(() -> new AssertionError(resource + " is not among " + last().resources()));
    }

    static Fact fact(Event event, String chain) {
        Envelope envelope = new Envelope("1", "/driftless/test", NOON, chain, null, event);
        Map<String, byte[]> headers = EventCodec.headers(envelope);
        Topic topic = Topic.of(event);
        return new Fact(topic, event.key(), EventCodec.read(topic, headers, EventCodec.data(event)));
    }

    static Fact fact(Event event) {
        return fact(event, "chain-of-" + event.key());
    }

    static Fact gone(Event event) {
        return new Fact(Topic.of(event), event.key(), null);
    }

    static ApplicationDeclared declared(Destination destination, IgnoreDifferences... ignored) {
        ApplicationSpec spec = new ApplicationSpec(
                "default",
                new Source("https://git.example.org/r", "p", "main", null, null),
                destination,
                null,
                List.of(ignored),
                10);
        return new ApplicationDeclared(APP, "u1", 1, spec, JSON.createObjectNode(), Map.of(), List.of(), false);
    }

    static IgnoreDifferences ignoring(String pointer, String expression) {
        return new IgnoreDifferences(
                "apps",
                "Deployment",
                "",
                "",
                pointer.isEmpty() ? List.of() : List.of(pointer),
                expression.isEmpty() ? List.of() : List.of(expression),
                List.of());
    }

    static ResourceRendered rendered(ObjectNode manifest, String... hooks) {
        return new ResourceRendered(
                APP,
                id(manifest),
                manifest.path("apiVersion").asText(),
                Digests.of(manifest),
                manifest,
                null,
                0,
                List.of(hooks));
    }

    static ManifestsRendered closed(String revision, ResourceRendered... resources) {
        List<RenderedResource> listed = new ArrayList<>();
        for (ResourceRendered resource : resources) {
            listed.add(new RenderedResource(resource.resource(), resource.digest()));
        }
        return new ManifestsRendered(
                APP,
                "u1",
                1,
                "https://git.example.org/r",
                "p",
                "main",
                revision,
                "Directory",
                null,
                "digest-of-" + revision,
                listed,
                List.of(),
                0,
                0);
    }

    /// The live object right after our apply of `manifest`, then merged with what others did.
    static ResourceObserved applied(ObjectNode manifest, String version, String others) {
        ObjectNode live = manifest.deepCopy();
        ObjectNode bare = manifest.deepCopy();
        bare.remove(List.of("apiVersion", "kind"));
        merge(live, JSON.valueToTree(new Yaml().load(others)));
        live.withObject("/metadata")
                .withArray("managedFields")
                .addObject()
                .put("manager", Differences.MANAGER)
                .put("operation", "Apply")
                .put("apiVersion", manifest.path("apiVersion").asText())
                .set(
                        "fieldsV1",
                        Typed.fields(
                                        Schemas.of(
                                                manifest.path("apiVersion").asText(),
                                                manifest.path("kind").asText()),
                                        bare)
                                .toJson());
        return observed(live, CLUSTER, version);
    }

    static ResourceObserved observed(ObjectNode object, String cluster, String version) {
        return new ResourceObserved(
                APP,
                cluster,
                id(object),
                object.path("apiVersion").asText(),
                "uid",
                version,
                object,
                HealthCheck.of(object));
    }

    private static void merge(ObjectNode into, JsonNode from) {
        for (Map.Entry<String, JsonNode> field : from.properties()) {
            if (into.get(field.getKey()) instanceof ObjectNode below
                    && field.getValue().isObject()) {
                merge(below, field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        }
    }

    static ClusterObserved seen(String... kinds) {
        List<GroupKind> list = new ArrayList<>();
        for (String kind : kinds) {
            list.add(GroupKind.parse(kind));
        }
        return new ClusterObserved(CLUSTER, list, List.of());
    }

    private static ResourceId id(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return ResourceId.of(
                object.path("apiVersion").asText(),
                object.path("kind").asText(),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText());
    }

    static ObjectNode configMap(String name, String value) {
        return tracked("v1", "ConfigMap", name, "data: {a: '" + value + "'}");
    }

    static ObjectNode deployment(String image) {
        return tracked(
                "apps/v1",
                "Deployment",
                "web",
                "spec: {replicas: 2, template: {spec: {containers: [{name: web, image: '" + image + "'}]}}}");
    }

    static ObjectNode tracked(String apiVersion, String kind, String name, String rest) {
        ObjectNode object = JSON.createObjectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name).put("namespace", "prod");
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        metadata.putObject("annotations")
                .put("argocd.argoproj.io/tracking-id", "shop:" + group + "/" + kind + ":prod/" + name);
        merge(object, JSON.valueToTree(new Yaml().load(rest)));
        return object;
    }
}
