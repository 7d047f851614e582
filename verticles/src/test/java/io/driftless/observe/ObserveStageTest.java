package io.driftless.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.broker.EmbeddedBroker;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.Event;
import io.driftless.events.EventCodec;
import io.driftless.events.GroupKind;
import io.driftless.events.LiveEvent.ClusterObserved;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.redact.Redaction;
import io.driftless.redact.SealKey;
import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.driftless.stage.EventReader;
import io.driftless.stage.KafkaConnection;
import io.driftless.stage.OrderedWriter;
import io.driftless.stage.Publication;
import io.driftless.stage.ReadRecord;
import io.driftless.stage.StageRuntime;
import io.driftless.stage.TopicSettings;
import io.driftless.stage.Topics;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObserveStageTest {
    private static final int PARTITIONS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ApplicationName APP = new ApplicationName("argocd", "a");
    private static final GroupKind CONFIG_MAP = new GroupKind("", "ConfigMap");
    private static final GroupKind SECRET = new GroupKind("", "Secret");
    private static final GroupKind WIDGET = new GroupKind("example.org", "Widget");

    @TempDir
    static Path data;

    static EmbeddedBroker broker;
    static Vertx vertx;
    static Sandbox sandbox;
    static ConnectedClusters clusters;
    static StageRuntime edge;
    static OrderedWriter writer;
    static EventReader reader;
    static final Map<String, ResourceObserved> LIVE = new ConcurrentHashMap<>();
    static final List<ReadRecord> RECORDS = new CopyOnWriteArrayList<>();

    private ObserveStage stage;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(data.resolve("broker"), EmbeddedBroker.Options.loopback());
        vertx = Vertx.vertx();
        sandbox = Sandbox.start(vertx, SandboxOptions.loopback()).await();
        clusters = ConnectedClusters.ofKubeconfig(
                vertx, sandbox.writeKubeconfig(data.resolve("kubeconfig")), null, "argocd");
        KafkaConnection kafka = KafkaConnection.of(broker.bootstrap());
        Topics.ensure(kafka, new TopicSettings(PARTITIONS, Duration.ofDays(1)));
        edge = new StageRuntime(vertx, kafka, InstantSource.system(), "edge", PARTITIONS);
        writer = edge.orderedWriter("test");
        reader = edge.reader(
                "test", new EventReader.Request(Set.of(Topic.LIVE), new EventReader.From.Beginning(), record -> {
                    RECORDS.add(record);
                    Event event =
                            record.envelope() == null ? null : record.envelope().event();
                    if (event instanceof ResourceObserved seen) {
                        LIVE.put(record.key(), seen);
                    } else if (event == null) {
                        LIVE.remove(record.key());
                    }
                }));
        reader.caughtUp().get(30, TimeUnit.SECONDS);
        publish(new ClusterDeclared(Destination.IN_CLUSTER, "in-cluster", "", List.of()));
        publish(ObserveScenario.declared(APP));
        publish(ObserveScenario.rendered(APP, CONFIG_MAP, SECRET));
    }

    @AfterAll
    static void stop() {
        reader.close();
        writer.close();
        clusters.close();
        sandbox.close();
        vertx.close().await();
        broker.close();
    }

    @BeforeEach
    void observe() {
        stage = observing();
    }

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void everyChangeOfATrackedObjectIsToldAndNoOther() throws Exception {
        awaitObserved(CONFIG_MAP, SECRET);
        sandbox.create(map("stranger", "", "1"));
        sandbox.create(map("one", tracked("ConfigMap", "one"), "1"));
        await().atMost(LIMIT).until(() -> "1".equals(value("one")));

        clusters.controlPlane().mergePatch(id("one"), "v1", "", json("{'data':{'k':'2'}}"));
        await().atMost(LIMIT).until(() -> "2".equals(value("one")));
        assertThat(LIVE.get(key("one")).health().status().toString()).isEqualTo("Healthy");

        clusters.controlPlane().delete(id("one"), "v1", new Delete(null, null, "Background", false));
        await().atMost(LIMIT).until(() -> !LIVE.containsKey(key("one")));
        assertThat(LIVE.keySet()).noneMatch(key -> key.contains("stranger"));
    }

    @Test
    void anObjectThatLosesItsTrackingIdIsGone() throws Exception {
        sandbox.create(map("two", tracked("ConfigMap", "two"), "1"));
        await().atMost(LIMIT).until(() -> LIVE.containsKey(key("two")));

        clusters.controlPlane()
                .mergePatch(
                        id("two"),
                        "v1",
                        "",
                        json("{'metadata':{'annotations':{'%s':null}}}".formatted(TrackingId.ANNOTATION)));

        await().atMost(LIMIT).until(() -> !LIVE.containsKey(key("two")));
    }

    @Test
    void noValueOfASecretReachesTheTopic() throws Exception {
        sandbox.create(json("""
                {'apiVersion':'v1','kind':'Secret','metadata':{'namespace':'default','name':'s',
                 'annotations':{%s,'kubectl.kubernetes.io/last-applied-configuration':'{aHVudGVyMg==}'}},
                 'data':{'p':'aHVudGVyMg=='}}""".formatted(tracked("Secret", "s"))));

        await().atMost(LIMIT).until(() -> LIVE.keySet().stream().anyMatch(key -> key.endsWith("/Secret:default/s")));

        assertThat(RECORDS).allSatisfy(record -> {
            if (record.envelope() != null) {
                assertThat(new String(EventCodec.data(record.envelope().event()), StandardCharsets.UTF_8))
                        .doesNotContain("aHVudGVyMg==", "hunter2");
            }
        });
    }

    @Test
    void afterARestartOnlyWhatChangedMeanwhileIsTold() throws Exception {
        sandbox.create(map("stays", tracked("ConfigMap", "stays"), "1"));
        sandbox.create(map("goes", tracked("ConfigMap", "goes"), "1"));
        await().atMost(LIMIT).until(() -> LIVE.containsKey(key("stays")) && LIVE.containsKey(key("goes")));
        stage.close();
        clusters.controlPlane().delete(id("goes"), "v1", new Delete(null, null, "Background", false));
        sandbox.forgetHistory();

        stage = observing();

        await().atMost(LIMIT).until(() -> !LIVE.containsKey(key("goes")));
        assertThat(RECORDS.stream().filter(record -> record.key().equals(key("stays"))))
                .hasSize(1);
    }

    @Test
    void aKindIsSeenOnceItsDefinitionAppears() throws Exception {
        publish(ObserveScenario.rendered(APP, CONFIG_MAP, SECRET, WIDGET));
        await().atMost(LIMIT).until(() -> observed().unknownKinds().contains(WIDGET));

        sandbox.create(json("""
                {'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition',
                 'metadata':{'name':'widgets.example.org'},
                 'spec':{'group':'example.org','scope':'Namespaced',
                  'names':{'kind':'Widget','plural':'widgets','singular':'widget','listKind':'WidgetList'},
                  'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':
                   {'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}"""));

        awaitObserved(CONFIG_MAP, SECRET, WIDGET);
        assertThat(observed().unknownKinds()).isEmpty();
    }

    private static ObserveStage observing() {
        StageRuntime runtime =
                new StageRuntime(vertx, edge.kafka(), InstantSource.system(), "o" + System.nanoTime(), PARTITIONS);
        return ObserveStage.start(runtime, clusters, "argocd", new Redaction(SealKey.of(new byte[32])));
    }

    private static void awaitObserved(GroupKind... kinds) {
        await().atMost(LIMIT).until(() -> observed().kinds().containsAll(List.of(kinds)));
    }

    private static ClusterObserved observed() {
        ClusterObserved last = new ClusterObserved("none", List.of(), List.of());
        for (ReadRecord record : RECORDS) {
            if (record.envelope() != null && record.envelope().event() instanceof ClusterObserved seen) {
                last = seen;
            }
        }
        return last;
    }

    private static String value(String name) {
        ResourceObserved seen = LIVE.get(key(name));
        return seen == null ? "" : seen.object().at("/data/k").asText();
    }

    private static String key(String name) {
        return ResourceObserved.key(APP, Destination.IN_CLUSTER, id(name));
    }

    private static ResourceId id(String name) {
        return new ResourceId("", "ConfigMap", "default", name);
    }

    private static String tracked(String kind, String name) {
        return "'" + TrackingId.ANNOTATION + "':'a:/" + kind + ":default/" + name + "'";
    }

    private static JsonNode map(String name, String annotation, String value) throws JsonProcessingException {
        return json("""
                {'apiVersion':'v1','kind':'ConfigMap',
                 'metadata':{'namespace':'default','name':'%s','annotations':{%s}},'data':{'k':'%s'}}""".formatted(name, annotation, value));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static void publish(Event event) throws Exception {
        writer.publish(Publication.of(event, "")).get(10, TimeUnit.SECONDS);
    }
}
