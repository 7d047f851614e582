package io.driftless.manifest.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.GoYaml;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DesiredTest {
    private static final Desired.Target TARGET = new Desired.Target("shop", "prod", ScopeLookup.WELL_KNOWN);

    @Test
    void givesNamespaceAndTrackingIdToWhatLacksThem() {
        List<DesiredObject> objects = prepared(
                        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: other}}",
                        "{apiVersion: v1, kind: Namespace, metadata: {name: ns, namespace: x}}")
                .objects();

        assertThat(objects)
                .extracting(object -> object.id().toString())
                .containsExactly("apps/Deployment:prod/web", "/ConfigMap:other/c", "/Namespace:/ns");
        assertThat(objects)
                .extracting(DesiredTest::tracking)
                .containsExactly("shop:apps/Deployment:prod/web", "shop:/ConfigMap:other/c", "shop:/Namespace:x/ns");
        assertThat(objects.getFirst().object().at("/metadata/namespace").asText())
                .isEqualTo("prod");
        assertThat(objects.getLast().object().at("/metadata").has("namespace")).isFalse();
    }

    @Test
    void asksTheClusterFirstWhetherAKindIsNamespaced() {
        ScopeLookup cluster = (group, kind) -> kind.equals("Tenant") ? Optional.of(false) : Optional.empty();

        Desired result = Desired.prepare(
                List.of(manifest("{apiVersion: e.com/v1, kind: Tenant, metadata: {name: t}}")),
                new Desired.Target("argo_shop", "prod", cluster));

        assertThat(((Desired.Prepared) result).objects().getFirst().id()).hasToString("e.com/Tenant:/t");
    }

    @Test
    void letsTheLaterOfTwoEqualObjectsWinAndWarns() {
        Desired.Prepared prepared = prepared(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: '1'}}",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: prod}, data: {a: '2'}}");

        assertThat(prepared.objects())
                .singleElement()
                .satisfies(object ->
                        assertThat(object.object().at("/data/a").asText()).isEqualTo("2"));
        assertThat(prepared.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.type()).isEqualTo("RepeatedResourceWarning");
            assertThat(warning.message()).contains("/ConfigMap/prod/c appeared 2 times");
        });
    }

    @Test
    void readsWavesAndHooks() {
        DesiredObject object = prepared("""
                        {apiVersion: batch/v1, kind: Job, metadata: {name: j, annotations: {
                         argocd.argoproj.io/sync-wave: '-3', argocd.argoproj.io/hook: 'PreSync, PostSync'}}}""").objects().getFirst();

        assertThat(object.syncWave()).isEqualTo(-3);
        assertThat(object.hooks()).containsExactly("PreSync", "PostSync");
    }

    @Test
    void refusesAWaveThatIsNoInteger() {
        Desired result = Desired.prepare(
                List.of(
                        manifest(
                                "{apiVersion: v1, kind: A, metadata: {name: j, annotations: {argocd.argoproj.io/sync-wave: '9e9'}}}")),
                TARGET);

        assertThat(result.toString()).contains("Unusable", "a.yaml line 7", "sync-wave");
    }

    @Test
    void leavesOutWhatOnlyAServerSets() {
        DesiredObject object = prepared(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, uid: x, resourceVersion: '1', creationTimestamp: null}}")
                .objects()
                .getFirst();

        assertThat(object.object().get("metadata").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("name", "namespace", "annotations");
    }

    @Test
    void marksApplicationsOutsideTheControlPlanesNamespace() {
        assertThat(Desired.Target.trackingName("argocd", "argocd", "shop")).isEqualTo("shop");
        assertThat(Desired.Target.trackingName("argocd", "team", "shop")).isEqualTo("team_shop");
    }

    private static String tracking(DesiredObject object) {
        return object.object()
                .path("metadata")
                .path("annotations")
                .path(Desired.TRACKING_ID)
                .asText();
    }

    private static Desired.Prepared prepared(String... manifests) {
        Desired result = Desired.prepare(
                Arrays.stream(manifests).map(DesiredTest::manifest).toList(), TARGET);
        assertThat(result).isInstanceOf(Desired.Prepared.class);
        return (Desired.Prepared) result;
    }

    private static Manifest manifest(String yaml) {
        return new Manifest((ObjectNode) GoYaml.readOne("a.yaml", yaml), "a.yaml", 7);
    }
}
