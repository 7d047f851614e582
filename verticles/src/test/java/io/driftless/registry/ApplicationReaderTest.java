package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.Condition;
import io.driftless.settings.GoDuration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationReaderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ProjectBinding FREE = (application, spec) -> ProjectBinding.Bound.FREE;
    private static final ClusterNames CLUSTERS = new ClusterNames(List.of(
            new ClusterDeclared("https://one", "one", "argocd/one", List.of()),
            new ClusterDeclared("https://two", "two", "argocd/two", List.of()),
            new ClusterDeclared("https://three", "two", "argocd/three", List.of())));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /spec/source | {} | spec.source.repoURL is missing
            /spec/source | null | spec.source is missing: give repoURL and path
            /spec/source | {'repoURL':'x','chart':'redis'} | spec.source.chart is not supported yet
            /spec/source | {'repoURL':'x','helm':{'releaseName':'r'}} | spec.source.helm is not supported yet
            /spec/source | {'repoURL':'x','plugin':{}} | spec.source.plugin is not supported yet
            /spec/source | {'repoURL':'oci://x/y'} | spec.source.repoURL: oci:// repositories are not supported yet
            /spec/sources | [{'repoURL':'x'}] | spec.sources is not supported yet: give one spec.source
            /spec/sourceHydrator | {'drySource':{}} | spec.sourceHydrator is not supported yet
            /spec/destination | {} | spec.destination names no cluster: give server or name
            /spec/destination | {'server':'https://one','name':'one'} | spec.destination gives both server and name: keep one
            /spec/destination | {'name':'four'} | spec.destination.name four is not the name of exactly one cluster (known: in-cluster, one, two)
            /spec/destination | {'name':'two'} | spec.destination.name two is not the name of exactly one cluster (known: in-cluster, one, two)
            /spec/destination | {'server':'https://nine'} | spec.destination.server https://nine is not a declared cluster: create its cluster Secret or use https://kubernetes.default.svc
            /spec/syncPolicy | {'retry':{'backoff':{'duration':'5 s'}}} | spec.syncPolicy.retry.backoff.duration 5 s is not a duration: write for example 30s, 5m or 1h
            /spec/syncPolicy | {'retry':{'backoff':{'factor':0}}} | spec.syncPolicy.retry.backoff.factor must be at least 1
            /spec/revisionHistoryLimit | -1 | spec.revisionHistoryLimit must not be negative
            /spec/ignoreDifferences | [{'group':'apps'}] | spec.ignoreDifferences[0].kind is missing: name a kind or *
            /spec/ignoreDifferences | [{'kind':'X','jsonPointers':['spec']}] | spec.ignoreDifferences[0].jsonPointers: spec must begin with /
            """)
    void aSpecThatCannotBeWorkedOnIsRejectedWithTheReason(String place, String value, String reason)
            throws JsonProcessingException {
        ObjectNode application = application();
        application.withObject("/spec").set(place.substring("/spec/".length()), json(value));

        ApplicationEvent event = ApplicationReader.read(application, CLUSTERS, FREE, List.of());

        assertThat(event)
                .isInstanceOfSatisfying(
                        ApplicationRejected.class,
                        rejected -> assertThat(rejected.conditions())
                                .containsExactly(new Condition(Condition.INVALID_SPEC_ERROR, reason)));
    }

    @Test
    void everyProblemIsNamedAtOnce() throws JsonProcessingException {
        ObjectNode application = application();
        application.withObject("/spec").remove(List.of("source", "destination"));

        assertThat(ApplicationReader.read(application, CLUSTERS, FREE, List.of()))
                .isInstanceOfSatisfying(
                        ApplicationRejected.class,
                        rejected -> assertThat(rejected.conditions()).hasSize(2));
    }

    @Test
    void aSpecIsReadWithArgoCdsDefaults() throws JsonProcessingException {
        ObjectNode application = application();
        application
                .withObject("/spec")
                .set(
                        "syncPolicy",
                        json("{'automated':{},'retry':{'limit':2,'backoff':{'duration':'1m30s','factor':3}}}"));

        ApplicationDeclared declared = declared(application);

        assertThat(declared.spec().project()).isEqualTo("default");
        assertThat(declared.spec().source().targetRevision()).isEqualTo("HEAD");
        assertThat(declared.spec().syncPolicy().isAutomated()).isTrue();
        assertThat(declared.spec().syncPolicy().retry()).isEqualTo(new Retry(2, 90_000, 3, 180_000));
        assertThat(declared.spec().revisionHistoryLimit()).isEqualTo(10);
        assertThat(declared.deleting()).isFalse();
    }

    @Test
    void aClusterGivenByNameLeavesWithItsServer() throws JsonProcessingException {
        ObjectNode application = application();
        application.withObject("/spec").set("destination", json("{'name':'one','namespace':'n'}"));

        assertThat(declared(application).spec().destination().server()).isEqualTo("https://one");
    }

    @Test
    void aWriteOfStatusIsNotAnotherEdition() throws JsonProcessingException {
        ObjectNode application = application();
        ApplicationEvent before = ApplicationReader.read(application, CLUSTERS, FREE, List.of());
        application.withObject("/status").put("sourceType", "Directory");
        application
                .withObject("/metadata")
                .put("generation", 9)
                .withObject("/annotations")
                .put(ApplicationReader.REFRESH, "hard");

        assertThat(ApplicationReader.same(ApplicationReader.read(application, CLUSTERS, FREE, List.of()), before))
                .isTrue();
        application.withObject("/spec/source").put("path", "other");
        assertThat(ApplicationReader.same(ApplicationReader.read(application, CLUSTERS, FREE, List.of()), before))
                .isFalse();
    }

    @Test
    void anOperationAndARefreshWrittenOnTheApplicationBecomeCommands() throws JsonProcessingException {
        ObjectNode application = application();
        application.withObject("/metadata/annotations").put(ApplicationReader.REFRESH, "hard");
        application.set(
                "operation",
                json("{'initiatedBy':{'username':'ann'},'sync':{'revision':'abc','prune':true,"
                        + "'resources':[{'kind':'ConfigMap','name':'c'}]}}"));

        Requests.Carried carried = Requests.read(application, other -> "").orElseThrow();

        assertThat(carried.problem()).isEmpty();
        assertThat(carried.commands()).hasSize(2);
        assertThat(carried.commands().getFirst())
                .isInstanceOfSatisfying(
                        RefreshRequested.class,
                        refresh -> assertThat(refresh.hard()).isTrue());
        assertThat(carried.commands().getLast()).isInstanceOfSatisfying(SyncRequested.class, sync -> {
            assertThat(sync.id()).isEqualTo("u1-7");
            assertThat(sync.requestedBy()).isEqualTo("ann");
            assertThat(sync.revision()).isEqualTo("abc");
            assertThat(sync.prune()).isTrue();
            assertThat(sync.resources()).hasSize(1);
        });
        assertThat(carried.removal())
                .isEqualTo(
                        json(
                                "{'metadata':{'resourceVersion':'7','annotations':{'argocd.argoproj.io/refresh':null}},'operation':null}"));
    }

    @Test
    void anOperationThatMeansSomethingElseHereIsRefused() throws JsonProcessingException {
        ObjectNode application = application();
        application.set("operation", json("{'sync':{'manifests':['{}']}}"));

        Requests.Carried carried = Requests.read(application, other -> "").orElseThrow();

        assertThat(carried.commands()).isEmpty();
        assertThat(carried.problem()).isEqualTo("operation.sync.manifests is not supported yet");
    }

    @ParameterizedTest
    @CsvSource({"5s,5000", "3m,180000", "1h30m,5400000", "1.5s,1500", "300ms,300", "20,20000", "0,0"})
    void durationsAreReadByGosRules(String text, long millis) {
        assertThat(GoDuration.millis(text)).hasValue(millis);
    }

    @ParameterizedTest
    @CsvSource({"5x", "-5s", "s", "5s5", "''"})
    void whatIsNoDurationIsRefused(String text) {
        assertThat(GoDuration.millis(text)).isEmpty();
    }

    private static ApplicationDeclared declared(JsonNode application) {
        return (ApplicationDeclared) ApplicationReader.read(application, CLUSTERS, FREE, List.of());
    }

    private static ObjectNode application() throws JsonProcessingException {
        return (ObjectNode) json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'Application',
                 'metadata':{'namespace':'argocd','name':'a','uid':'u1','generation':1,'resourceVersion':'7'},
                 'spec':{'source':{'repoURL':'https://x/y.git','path':'p'},
                         'destination':{'server':'https://kubernetes.default.svc/','namespace':'n'}}}""");
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
