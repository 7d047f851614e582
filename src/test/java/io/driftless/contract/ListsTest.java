package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Lists, their pages, and what labels and fields select.
@ResourceLock(Server.HISTORY)
class ListsTest {
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void make(Server server, String name, String labels) {
        server.api()
                .post(
                        server.core("secrets"),
                        "{metadata: {name: " + name + ", labels: {" + labels + "}}, stringData: {k: v}}")
                .expect(201);
    }

    @OnBoth
    void aListHasAVersionAndItsItemsAreInOrder(Server server) {
        Answer empty = server.api().get(server.core("secrets")).expect(200);
        assertThat(empty.text("/kind")).isEqualTo("SecretList");
        assertThat(empty.text("/apiVersion")).isEqualTo("v1");
        assertThat(empty.at("/items").isArray()).isTrue();
        assertThat(empty.at("/items")).isEmpty();
        assertThat(empty.version()).matches("[1-9][0-9]*");

        for (String name : List.of("c", "a", "b")) {
            make(server, name, "");
        }

        Answer list = server.api().get(server.core("secrets")).expect(200);
        assertThat(list.names()).containsExactly("a", "b", "c");
        assertThat(list.at("/items/0").has("kind"))
                .as("items of built-in kinds do not repeat it")
                .isFalse();
        assertThat(Long.parseLong(list.version())).isGreaterThan(Long.parseLong(empty.version()));
        assertThat(list.at("/metadata").has("continue")).isFalse();
        assertThat(server.api()
                        .get(server.core("secrets") + "?resourceVersion=0")
                        .expect(200)
                        .at("/items")
                        .isArray())
                .isTrue();
    }

    @OnBoth
    void aLongListComesInPagesOfOneMoment(Server server) {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            make(server, name, "");
        }
        List<String> names = new ArrayList<>();

        Answer first = server.api().get(server.core("secrets") + "?limit=2").expect(200);
        names.addAll(first.names());
        assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(3);
        make(server, "b2", "");
        Answer second = server.api()
                .get(server.core("secrets") + "?limit=2&continue=" + encode(first.text("/metadata/continue")))
                .expect(200);
        names.addAll(second.names());
        Answer third = server.api()
                .get(server.core("secrets") + "?limit=2&continue=" + encode(second.text("/metadata/continue")))
                .expect(200);
        names.addAll(third.names());

        assertThat(names).containsExactly("a", "b", "c", "d", "e");
        assertThat(second.version()).isEqualTo(first.version());
        assertThat(third.version()).isEqualTo(first.version());
        assertThat(third.at("/metadata").has("continue")).isFalse();
        assertThat(third.at("/metadata").has("remainingItemCount")).isFalse();
        server.api().get(server.core("secrets") + "?limit=2&continue=nonsense").refused(400, "BadRequest");
    }

    @OnBoth
    void aPageOfWhatIsForgottenHasExpired(Server server) {
        String plural = Crds.define(server, "pages", "");
        String path = server.path(Crds.GROUP + "/v1", plural);
        for (String name : List.of("a", "b", "c")) {
            server.api().post(path, Crds.object(plural, name, "{size: 1}")).expect(201);
        }
        Answer first = server.api().get(path + "?limit=1").expect(200);
        server.api().post(path, Crds.object(plural, "d", "{size: 1}")).expect(201);
        String token = server.forgotten(first.text("/metadata/continue"));

        Answer expired =
                server.api().get(path + "?limit=1&continue=" + encode(token)).refused(410, "Expired");

        assertThat(expired.text("/metadata/continue"))
                .as("where to go on at the state of now")
                .isNotEmpty();
        Answer rest = server.api()
                .get(path + "?continue=" + encode(expired.text("/metadata/continue")))
                .expect(200);
        assertThat(rest.names()).containsExactly("b", "c", "d");
    }

    @OnBoth
    void labelsSelect(Server server) {
        make(server, "a", "app: web, tier: front, example.com/team: x");
        make(server, "b", "app: web, tier: back");
        make(server, "c", "app: db, tier: back");
        make(server, "d", "");
        Map<String, List<String>> selectors = Map.ofEntries(
                Map.entry("app=web", List.of("a", "b")),
                Map.entry("app==web,tier=back", List.of("b")),
                Map.entry("app!=web", List.of("c", "d")),
                Map.entry("app in (web,db)", List.of("a", "b", "c")),
                Map.entry("tier in (front), app in (web, db)", List.of("a")),
                Map.entry("app notin (web)", List.of("c", "d")),
                Map.entry("app,tier notin (front)", List.of("b", "c")),
                Map.entry("app", List.of("a", "b", "c")),
                Map.entry("!app", List.of("d")),
                Map.entry("example.com/team", List.of("a")),
                Map.entry("!example.com/team,app", List.of("b", "c")),
                Map.entry("app=", List.of()),
                Map.entry("", List.of("a", "b", "c", "d")));

        selectors.forEach((selector, names) -> assertThat(server.api()
                        .get(server.core("secrets") + "?labelSelector=" + encode(selector))
                        .expect(200)
                        .names())
                .as(selector)
                .containsExactlyElementsOf(names));
        for (String bad : List.of("app in", "app in (", "=web", "a b", "app=web=x", "-x=y")) {
            Answer refused = server.api().get(server.core("secrets") + "?labelSelector=" + encode(bad));
            assertThat(refused.code()).as("%s: %s", bad, refused.raw()).isEqualTo(400);
        }
    }

    @OnBoth
    void fieldsSelect(Server server) {
        make(server, "a", "");
        make(server, "b", "");
        String secrets = server.core("secrets");
        assertThat(server.api()
                        .get(secrets + "?fieldSelector=" + encode("metadata.name=a"))
                        .names())
                .containsExactly("a");
        assertThat(server.api()
                        .get(secrets + "?fieldSelector=" + encode("metadata.name!=a"))
                        .names())
                .containsExactly("b");
        assertThat(server.api()
                        .get(secrets + "?fieldSelector="
                                + encode("metadata.name=a,metadata.namespace=" + server.namespace()))
                        .names())
                .containsExactly("a");
        assertThat(server.api()
                        .get(secrets + "?fieldSelector=" + encode("type=Opaque"))
                        .names())
                .containsExactly("a", "b");
        assertThat(server.api()
                        .get("/api/v1/namespaces?fieldSelector="
                                + encode("metadata.name=" + server.namespace() + ",status.phase=Active"))
                        .names())
                .containsExactly(server.namespace());
        Answer refused = server.api()
                .get(secrets + "?fieldSelector=" + encode("data.k=v"))
                .refused(400, "BadRequest");
        assertThat(refused.message()).isEqualTo("field label not supported: data.k");
    }

    @OnBoth
    void podsAreSelectedByWhatTheyAre(Server server) {
        String pods = server.core("pods");
        server.api()
                .post(pods, "{metadata: {name: a}, spec: {containers: [{name: c, image: i}]}}")
                .expect(201);
        server.api()
                .post(
                        pods,
                        "{metadata: {name: b}, spec: {nodeSelector: {no: such}, containers: [{name: c, image: i}]}}")
                .expect(201);
        server.await(
                pods + "/a", "a runs", pod -> pod.at("/status/phase").asText().equals("Running"));
        String node = server.api().get(pods + "/a").text("/spec/nodeName");

        assertThat(server.api()
                        .get(pods + "?fieldSelector=" + encode("status.phase=Running"))
                        .names())
                .containsExactly("a");
        assertThat(server.api()
                        .get(pods + "?fieldSelector=" + encode("status.phase!=Running"))
                        .names())
                .containsExactly("b");
        assertThat(server.api()
                        .get(pods + "?fieldSelector=" + encode("spec.nodeName=" + node))
                        .names())
                .containsExactly("a");
        assertThat(server.api()
                        .get(pods + "?fieldSelector=" + encode("spec.nodeName="))
                        .names())
                .containsExactly("b");
        assertThat(server.api()
                        .get(pods + "?fieldSelector=" + encode("spec.restartPolicy=Always"))
                        .names())
                .containsExactly("a", "b");
    }

    @OnBoth
    void allNamespacesAreListedTogether(Server server) {
        make(server, "a", "contract: " + server.namespace());

        Answer list = server.api()
                .get("/api/v1/secrets?labelSelector=contract=" + server.namespace())
                .expect(200);

        assertThat(list.names()).containsExactly("a");
        assertThat(list.text("/items/0/metadata/namespace")).isEqualTo(server.namespace());
        assertThat(server.api()
                        .get("/api/v1/namespaces/not-there/secrets")
                        .expect(200)
                        .at("/items"))
                .as("a namespace that does not exist holds nothing")
                .isEmpty();
    }

    @OnBoth
    void aCollectionIsDeletedBySelector(Server server) {
        make(server, "a", "go: away");
        make(server, "b", "go: away");
        make(server, "c", "");

        Answer deleted = server.api()
                .delete(server.core("secrets") + "?labelSelector=go=away")
                .expect(200);

        assertThat(deleted.text("/kind")).isEqualTo("SecretList");
        assertThat(server.api().get(server.core("secrets")).names()).containsExactly("c");
    }

    @OnBoth
    void metadataAloneIsGivenWhereAskedFor(Server server) {
        make(server, "a", "x: u");
        Api partial = server.api()
                .with("Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json");
        Answer one = partial.get(server.core("secrets/a")).expect(200);
        assertThat(one.text("/kind")).isEqualTo("PartialObjectMetadata");
        assertThat(one.text("/apiVersion")).isEqualTo("meta.k8s.io/v1");
        assertThat(one.text("/metadata/labels/x")).isEqualTo("u");
        assertThat(one.body().fieldNames()).toIterable().containsExactlyInAnyOrder("kind", "apiVersion", "metadata");

        Answer list = server.api()
                .with("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
                .get(server.core("secrets"))
                .expect(200);
        assertThat(list.text("/kind")).isEqualTo("PartialObjectMetadataList");
        assertThat(list.names()).containsExactly("a");
        assertThat(list.at("/items/0").has("data")).isFalse();
        assertThat(list.text("/items/0/metadata/resourceVersion")).isEqualTo(one.version());
    }

    @OnBoth
    void tablesHaveTheColumnsOfTheKind(Server server) {
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("web", "nginx:1"))
                .expect(201);
        server.await(
                server.path("apps/v1", "deployments/web"),
                "it is available",
                web -> web.at("/status/availableReplicas").asInt() == 1);
        Api table = server.api().with("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");

        Answer deployments = table.get(server.path("apps/v1", "deployments")).expect(200);

        assertThat(deployments.text("/kind")).isEqualTo("Table");
        assertThat(deployments.text("/apiVersion")).isEqualTo("meta.k8s.io/v1");
        assertThat(deployments.version()).matches("[1-9][0-9]*");
        assertThat(deployments.at("/columnDefinitions").findValuesAsText("name"))
                .containsExactly("Name", "Ready", "Up-to-date", "Available", "Age", "Containers", "Images", "Selector");
        assertThat(deployments.at("/columnDefinitions/0").toString())
                .contains("\"type\":\"string\"", "\"format\":\"name\"", "\"priority\":0");
        assertThat(deployments.text("/rows/0/cells/0")).isEqualTo("web");
        assertThat(deployments.text("/rows/0/cells/1")).isEqualTo("1/1");
        assertThat(deployments.at("/rows/0/cells/2").isNumber()).isTrue();
        assertThat(deployments.text("/rows/0/cells/4")).matches("\\d+s");
        assertThat(deployments.text("/rows/0/cells/7")).isEqualTo("app=web");
        assertThat(deployments.text("/rows/0/object/kind")).isEqualTo("PartialObjectMetadata");
        assertThat(deployments.text("/rows/0/object/metadata/name")).isEqualTo("web");

        Answer bare = table.get(server.path("apps/v1", "deployments/web") + "?includeObject=None")
                .expect(200);
        assertThat(bare.at("/rows")).hasSize(1);
        assertThat(bare.at("/rows/0/object").isObject()).isFalse();
        Answer whole = table.get(server.path("apps/v1", "deployments/web") + "?includeObject=Object")
                .expect(200);
        assertThat(whole.text("/rows/0/object/kind")).isEqualTo("Deployment");
    }

    @OnBoth
    void everyKindHasItsColumns(Server server) {
        Api table = server.api().with("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        Map<String, String> columns = Map.ofEntries(
                Map.entry(server.core("pods"), "Name Ready Status Restarts Age IP Node Nominated Node Readiness Gates"),
                Map.entry(server.core("services"), "Name Type Cluster-IP External-IP Port(s) Age Selector"),
                Map.entry(server.core("configmaps"), "Name Data Age"),
                Map.entry(server.core("secrets"), "Name Type Data Age"),
                Map.entry(server.core("serviceaccounts"), "Name Age"),
                Map.entry(
                        server.core("persistentvolumeclaims"),
                        "Name Status Volume Capacity Access Modes StorageClass VolumeAttributesClass Age VolumeMode"),
                Map.entry(
                        server.core("events"),
                        "Last Seen Type Reason Object Subobject Source Message First Seen Count Name"),
                Map.entry(
                        server.path("apps/v1", "replicasets"),
                        "Name Desired Current Ready Age Containers Images Selector"),
                Map.entry(server.path("apps/v1", "statefulsets"), "Name Ready Age Containers Images"),
                Map.entry(
                        server.path("apps/v1", "daemonsets"),
                        "Name Desired Current Ready Up-to-date Available Node Selector Age Containers Images Selector"),
                Map.entry(
                        server.path("batch/v1", "jobs"),
                        "Name Status Completions Duration Age Containers Images Selector"),
                Map.entry(
                        server.path("batch/v1", "cronjobs"),
                        "Name Schedule Timezone Suspend Active Last Schedule Age Containers Images Selector"),
                Map.entry(server.path("networking.k8s.io/v1", "ingresses"), "Name Class Hosts Address Ports Age"),
                Map.entry(server.path("rbac.authorization.k8s.io/v1", "roles"), "Name Created At"),
                Map.entry(
                        server.path("rbac.authorization.k8s.io/v1", "rolebindings"),
                        "Name Role Age Users Groups ServiceAccounts"),
                Map.entry("/api/v1/namespaces", "Name Status Age"));

        columns.forEach((path, names) -> assertThat(String.join(
                        " ",
                        table.get(path).expect(200).at("/columnDefinitions").findValuesAsText("name")))
                .as(path)
                .isEqualTo(names));
    }
}
