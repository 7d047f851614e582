package io.driftless.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.broker.EmbeddedBroker;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.events.Event;
import io.driftless.events.Topic;
import io.driftless.project.NamespacePatterns;
import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.driftless.stage.EventReader;
import io.driftless.stage.KafkaConnection;
import io.driftless.stage.OrderedWriter;
import io.driftless.stage.Publication;
import io.driftless.stage.ReadRecord;
import io.driftless.stage.SharedStart;
import io.driftless.stage.StageRuntime;
import io.driftless.stage.TopicSettings;
import io.driftless.stage.Topics;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;

/// A registry on a broker and a sandbox, the same for all classes of tests that extend this; ended after the last.
@ExtendWith(RunningRegistry.Once.class)
abstract class RunningRegistry {
    static final int PARTITIONS = 3;
    static final Duration LIMIT = Duration.ofSeconds(20);

    static EmbeddedBroker broker;
    static Vertx vertx;
    static Sandbox sandbox;
    static ConnectedClusters clusters;
    static Cluster cluster;
    static OrderedWriter writer;
    static EventReader reader;
    static RegistryStage stage;
    static final List<ReadRecord> RECORDS = new CopyOnWriteArrayList<>();

    static final class Once extends SharedStart {
        @Override
        protected AutoCloseable start(Path data) throws Exception {
            startOn(data);
            return RunningRegistry::stop;
        }
    }

    private static void startOn(Path data) throws Exception {
        broker = EmbeddedBroker.start(data.resolve("broker"), EmbeddedBroker.Options.loopback());
        vertx = Vertx.vertx();
        sandbox = Sandbox.start(vertx, SandboxOptions.loopback()).await();
        clusters = ConnectedClusters.ofKubeconfig(
                vertx, sandbox.writeKubeconfig(data.resolve("kubeconfig")), null, "argocd");
        cluster = clusters.controlPlane();
        sandbox.create(json("{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'argocd'}}"));
        sandbox.create(definition("applications"));
        sandbox.create(definition("appprojects"));
        KafkaConnection kafka = KafkaConnection.of(broker.bootstrap());
        Topics.ensure(kafka, new TopicSettings(PARTITIONS, Duration.ofDays(1)));
        StageRuntime runtime = new StageRuntime(vertx, kafka, InstantSource.system(), "one", PARTITIONS);
        writer = runtime.orderedWriter("test");
        reader = runtime.reader(
                "test",
                new EventReader.Request(
                        Set.of(Topic.APPLICATIONS, Topic.CLUSTERS, Topic.COMMANDS),
                        new EventReader.From.Beginning(),
                        RECORDS::add));
        reader.caughtUp().get(30, TimeUnit.SECONDS);
        stage = RegistryStage.start(runtime, cluster, "argocd", NamespacePatterns.NONE);
    }

    private static void stop() {
        stage.close();
        reader.close();
        writer.close();
        clusters.close();
        sandbox.close();
        vertx.close().await();
        broker.close();
    }

    static JsonNode project(String repository, String namespace) throws JsonProcessingException {
        return json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'AppProject',
                 'metadata':{'namespace':'argocd','name':'team'},
                 'spec':{'sourceRepos':['%s'],'destinations':[{'name':'in-cluster','namespace':'%s'}]}}""".formatted(repository, namespace));
    }

    static JsonNode status(String name) {
        return object(name).path("status");
    }

    static JsonNode object(String name) {
        JsonNode found = sandbox.get("argoproj.io/v1alpha1", "Application", "argocd", name);
        return found == null ? new ObjectMapper().createObjectNode() : found;
    }

    static long said(String key, Class<? extends Event> type) {
        return events(key, type).size();
    }

    static List<Event> events(String key, Class<? extends Event> type) {
        return RECORDS.stream()
                .filter(record -> record.key().equals(key) && record.envelope() != null)
                .map(record -> record.envelope().event())
                .filter(type::isInstance)
                .toList();
    }

    static JsonNode application(String name, String path) throws JsonProcessingException {
        return application(name, path, "default");
    }

    static JsonNode application(String name, String path, String project) throws JsonProcessingException {
        return json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'Application',
                 'metadata':{'namespace':'argocd','name':'%s'},
                 'spec':{'project':'%s','source':{'repoURL':'https://x/y','path':'%s'},
                         'destination':{'server':'https://kubernetes.default.svc','namespace':'n'}}}""".formatted(name, project, path));
    }

    static JsonNode definition(String plural) throws IOException {
        try (InputStream in = RunningRegistry.class.getResourceAsStream("/crds/" + plural + ".argoproj.io.yaml")) {
            Object read = new Yaml().load(in);
            return new ObjectMapper().valueToTree(read);
        }
    }

    static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    static void say(Event event) throws Exception {
        writer.publish(Publication.of(event, "")).get(10, TimeUnit.SECONDS);
    }
}
