package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.broker.EmbeddedBroker;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Event;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.ProjectRules.KindRule;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;
import io.driftless.project.NamespacePatterns;
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
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class RegistryStageTest {
    private static final int PARTITIONS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path data;

    static EmbeddedBroker broker;
    static Vertx vertx;
    static Sandbox sandbox;
    static ConnectedClusters clusters;
    static Cluster cluster;
    static OrderedWriter writer;
    static EventReader reader;
    static RegistryStage stage;
    static final List<ReadRecord> RECORDS = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
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

    @AfterAll
    static void stop() {
        stage.close();
        reader.close();
        writer.close();
        clusters.close();
        sandbox.close();
        vertx.close().await();
        broker.close();
    }

    @Test
    void theOwnClusterIsDeclared() {
        await().atMost(LIMIT).until(() -> said(Destination.IN_CLUSTER, ClusterDeclared.class) == 1);
    }

    @Test
    void anApplicationIsPublishedOncePerEditionAndItsStatusWritten() throws Exception {
        sandbox.create(application("a", "p"));
        await().atMost(LIMIT).until(() -> said("argocd/a", ApplicationDeclared.class) == 1);

        say(new ApplicationCompared(
                new ApplicationName("argocd", "a"),
                1,
                "abc",
                "d",
                Destination.IN_CLUSTER,
                SyncStatus.SYNCED,
                Health.of(HealthStatus.HEALTHY),
                List.of(),
                List.of()));
        await().atMost(LIMIT)
                .until(() -> "Synced".equals(status("a").at("/sync/status").asText()));
        assertThat(status("a").at("/health/status").asText()).isEqualTo("Healthy");

        cluster.mergePatch(
                Applications.resource(new ApplicationName("argocd", "a")),
                null,
                "",
                json("{'spec':{'source':{'path':'other'}}}"));
        await().atMost(LIMIT).until(() -> said("argocd/a", ApplicationDeclared.class) >= 2);
        assertThat(said("argocd/a", ApplicationDeclared.class)).isEqualTo(2);

        cluster.delete(
                Applications.resource(new ApplicationName("argocd", "a")),
                null,
                new Delete(null, null, "Background", false));
        await().atMost(LIMIT)
                .until(() -> RECORDS.stream()
                        .anyMatch(record -> record.key().equals("argocd/a") && record.envelope() == null));
    }

    @Test
    void anInvalidSpecIsShownOnTheApplication() throws Exception {
        sandbox.create(json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'Application',
                 'metadata':{'namespace':'argocd','name':'bad'},
                 'spec':{'project':'default','source':{'repoURL':'https://x/y','chart':'c'},'destination':{}}}"""));

        await().atMost(LIMIT).until(() -> status("bad").path("conditions").size() == 2);

        assertThat(said("argocd/bad", ApplicationRejected.class)).isEqualTo(1);
        assertThat(status("bad").at("/conditions/0/type").asText()).isEqualTo("InvalidSpecError");
    }

    @Test
    void anApplicationIsHeldToItsProjectWheneverThatChanges() throws Exception {
        sandbox.create(application("held", "p", "team"));
        sandbox.create(application("free", "p"));
        await().atMost(LIMIT).until(() -> said("argocd/held", ApplicationRejected.class) == 1);
        assertThat(rejection("held")).startsWith("Application referencing project team which does not exist");

        sandbox.create(project("https://x/*", "n"));
        await().atMost(LIMIT).until(() -> said("argocd/held", ApplicationDeclared.class) == 1);
        ApplicationDeclared declared = (ApplicationDeclared)
                events("argocd/held", ApplicationDeclared.class).getFirst();
        assertThat(declared.rules()).isNotNull();
        assertThat(declared.rules().namespaces()).containsExactly("n");

        cluster.mergePatch(
                new ResourceId("argoproj.io", "AppProject", "argocd", "team"),
                null,
                "",
                json("{'spec':{'sourceRepos':['*'],'clusterResourceWhitelist':[{'group':'','kind':'Namespace'}]}}"));
        await().atMost(LIMIT).until(() -> said("argocd/held", ApplicationDeclared.class) == 2);
        assertThat(events("argocd/held", ApplicationDeclared.class))
                .extracting(event -> ((ApplicationDeclared) event).generation())
                .containsOnly(declared.generation());

        cluster.mergePatch(
                new ResourceId("argoproj.io", "AppProject", "argocd", "team"),
                null,
                "",
                json("{'spec':{'sourceRepos':['*','!https://x/y']}}"));
        await().atMost(LIMIT).until(() -> said("argocd/held", ApplicationRejected.class) == 2);
        assertThat(rejection("held")).isEqualTo("application repo https://x/y is not permitted in project 'team'");
        await().atMost(LIMIT)
                .until(() -> "InvalidSpecError"
                        .equals(status("held").at("/conditions/0/type").asText()));
        assertThat(said("argocd/free", ApplicationDeclared.class)).isEqualTo(1);
    }

    @Test
    void aProjectThatIsDeletedStaysUntilItsLastApplicationIsGone() throws Exception {
        ResourceId id = new ResourceId("argoproj.io", "AppProject", "argocd", "leaving");
        sandbox.create(json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'AppProject',
                 'metadata':{'namespace':'argocd','name':'leaving','finalizers':['resources-finalizer.argocd.argoproj.io','kept/other']},
                 'spec':{'sourceRepos':['*'],'destinations':[{'server':'*','namespace':'*'}]}}"""));
        sandbox.create(application("last", "p", "leaving"));
        await().atMost(LIMIT).until(() -> said("argocd/last", ApplicationDeclared.class) == 1);

        cluster.delete(id, null, new Delete(null, null, "Background", false));
        cluster.mergePatch(id, null, "", json("{'spec':{'description':'on its way'}}"));
        sandbox.create(application("later", "p"));
        await().atMost(LIMIT).until(() -> said("argocd/later", ApplicationDeclared.class) == 1);
        assertThat(cluster.get(id, null).orElseThrow().at("/metadata/finalizers"))
                .hasSize(2);

        cluster.delete(
                Applications.resource(new ApplicationName("argocd", "last")),
                null,
                new Delete(null, null, "Background", false));
        await().atMost(LIMIT)
                .until(() -> cluster.get(id, null)
                                .orElseThrow()
                                .at("/metadata/finalizers")
                                .size()
                        == 1);
        assertThat(cluster.get(id, null)
                        .orElseThrow()
                        .at("/metadata/finalizers/0")
                        .asText())
                .isEqualTo("kept/other");
    }

    @Test
    void globalProjectsOfTheConfigMapRestrictTheOthers() throws Exception {
        sandbox.create(json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'AppProject',
                 'metadata':{'namespace':'argocd','name':'org'},
                 'spec':{'clusterResourceBlacklist':[{'group':'','kind':'Namespace'}]}}"""));
        sandbox.create(json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'AppProject',
                 'metadata':{'namespace':'argocd','name':'web','labels':{'org':'acme'}},
                 'spec':{'sourceRepos':['*'],'destinations':[{'server':'*','namespace':'*'}]}}"""));
        sandbox.create(application("global", "p", "web"));
        await().atMost(LIMIT).until(() -> said("argocd/global", ApplicationDeclared.class) == 1);

        sandbox.create(json("""
                {'apiVersion':'v1','kind':'ConfigMap','metadata':{'namespace':'argocd','name':'argocd-cm'},
                 'data':{'globalProjects':'[{labelSelector: {matchLabels: {org: acme}}, projectName: org}]'}}"""));

        await().atMost(LIMIT).until(() -> said("argocd/global", ApplicationDeclared.class) == 2);
        ApplicationDeclared declared = (ApplicationDeclared)
                events("argocd/global", ApplicationDeclared.class).getLast();
        assertThat(declared.rules().clusterResourceBlacklist()).containsExactly(new KindRule("", "Namespace", ""));
    }

    private static String rejection(String name) {
        ApplicationRejected rejected = (ApplicationRejected)
                events("argocd/" + name, ApplicationRejected.class).getLast();
        return rejected.conditions().getFirst().message();
    }

    private static JsonNode project(String repository, String namespace) throws JsonProcessingException {
        return json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'AppProject',
                 'metadata':{'namespace':'argocd','name':'team'},
                 'spec':{'sourceRepos':['%s'],'destinations':[{'name':'in-cluster','namespace':'%s'}]}}""".formatted(repository, namespace));
    }

    @Test
    void requestsWrittenOnAnApplicationAreTakenUpAndOff() throws Exception {
        sandbox.create(application("r", "p"));
        cluster.mergePatch(Applications.resource(new ApplicationName("argocd", "r")), null, "", json("""
                {'metadata':{'annotations':{'argocd.argoproj.io/refresh':'hard'}},
                 'operation':{'sync':{'revision':'main'},'initiatedBy':{'username':'ann'}}}"""));

        await().atMost(LIMIT)
                .until(() ->
                        said("argocd/r", SyncRequested.class) == 1 && said("argocd/r", RefreshRequested.class) == 1);
        await().atMost(LIMIT).until(() -> {
            JsonNode object = object("r");
            return !object.has("operation")
                    && !object.path("metadata").path("annotations").has("argocd.argoproj.io/refresh");
        });
    }

    @Test
    void aProjectThatTheWatchHasNotBroughtIsAskedFor() throws Exception {
        Projects unwatched = new Projects(changed -> {});
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        ProjectLookup lookup = new ProjectLookup(unwatched, cluster, "argocd", clock);
        assertThat(lookup.get("unheard")).isEmpty();
        sandbox.create(json("{'apiVersion':'argoproj.io/v1alpha1','kind':'AppProject',"
                + "'metadata':{'name':'unheard','namespace':'argocd'},'spec':{'sourceRepos':['*']}}"));

        assertThat(lookup.get("unheard")).as("asked a moment ago").isEmpty();
        assertThat(new ProjectLookup(unwatched, cluster, "argocd", clock).get("unheard"))
                .hasValueSatisfying(project -> assertThat(project.name()).isEqualTo("unheard"));
    }

    @Test
    void aClusterSecretBecomesAClusterWithoutItsCredential() throws Exception {
        sandbox.create(json("""
                {'apiVersion':'v1','kind':'Secret','metadata':{'namespace':'argocd','name':'east',
                 'labels':{'argocd.argoproj.io/secret-type':'cluster'}},
                 'data':{'name':'ZWFzdA==','server':'aHR0cHM6Ly9lYXN0','config':'eyJiZWFyZXJUb2tlbiI6ImgyIn0='}}"""));

        await().atMost(LIMIT).until(() -> said("https://east", ClusterDeclared.class) == 1);

        assertThat(events("https://east", ClusterDeclared.class))
                .containsExactly(new ClusterDeclared("https://east", "east", "argocd/east", List.of()));
    }

    private static JsonNode status(String name) {
        return object(name).path("status");
    }

    private static JsonNode object(String name) {
        JsonNode found = sandbox.get("argoproj.io/v1alpha1", "Application", "argocd", name);
        return found == null ? new ObjectMapper().createObjectNode() : found;
    }

    private static long said(String key, Class<? extends Event> type) {
        return events(key, type).size();
    }

    private static List<Event> events(String key, Class<? extends Event> type) {
        return RECORDS.stream()
                .filter(record -> record.key().equals(key) && record.envelope() != null)
                .map(record -> record.envelope().event())
                .filter(type::isInstance)
                .toList();
    }

    private static JsonNode application(String name, String path) throws JsonProcessingException {
        return application(name, path, "default");
    }

    private static JsonNode application(String name, String path, String project) throws JsonProcessingException {
        return json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'Application',
                 'metadata':{'namespace':'argocd','name':'%s'},
                 'spec':{'project':'%s','source':{'repoURL':'https://x/y','path':'%s'},
                         'destination':{'server':'https://kubernetes.default.svc','namespace':'n'}}}""".formatted(name, project, path));
    }

    private static JsonNode definition(String plural) throws IOException {
        try (InputStream in = RegistryStageTest.class.getResourceAsStream("/crds/" + plural + ".argoproj.io.yaml")) {
            Object read = new Yaml().load(in);
            return new ObjectMapper().valueToTree(read);
        }
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static void say(Event event) throws Exception {
        writer.publish(Publication.of(event, "")).get(10, TimeUnit.SECONDS);
    }
}
