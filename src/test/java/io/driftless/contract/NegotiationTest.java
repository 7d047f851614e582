package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// Which form an answer has, of those that a client says it accepts.
class NegotiationTest {
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final String METADATA = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
    private static final String METADATA_LIST = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
    private static final String ABSENT = "only the following media types are accepted: ";
    private static final String DOCUMENTS = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    private static String map(Server server) {
        server.api()
                .post(server.core("configmaps"), "{metadata: {name: a, labels: {k: v}}, data: {k: v}}")
                .expect(201);
        return server.core("configmaps/a");
    }

    private static String kind(Server server, String path, String accept) {
        Answer answer = server.api().with("Accept", accept).get(path).expect(200);
        return answer.header("Content-Type").equals("application/yaml") ? "yaml" : answer.text("/kind");
    }

    @OnBoth
    void whatIsLikedBestComesFirst(Server server) {
        String map = map(server);

        assertThat(kind(server, map, "application/json;q=0.1,application/yaml")).isEqualTo("yaml");
        assertThat(kind(server, map, "application/yaml;q=0.1,application/json")).isEqualTo("ConfigMap");
        assertThat(kind(server, map, "text/html,application/yaml")).isEqualTo("yaml");
        assertThat(kind(server, map, "*/*;q=0.8,application/yaml;q=0.9")).isEqualTo("yaml");
        assertThat(kind(server, map, TABLE + ";q=0.1,application/json")).isEqualTo("ConfigMap");
        assertThat(kind(server, map, "application/json;as=Some," + METADATA)).isEqualTo("PartialObjectMetadata");
        assertThat(kind(server, map, TABLE + "," + METADATA)).isEqualTo("Table");
        server.api().with("Accept", "application/*").get(map).refused(406, "NotAcceptable");
        assertThat(kind(server, "/apis/apps/v1", TABLE + ",application/json")).isEqualTo("APIResourceList");
    }

    @OnBoth
    void aFormHasAGroupAndAVersion(Server server) {
        String map = map(server);

        for (String form : List.of("as=Table", "as=Table;v=v2;g=meta.k8s.io", "as=Table;v=v1;g=some")) {
            Answer refused = server.api()
                    .with("Accept", "application/json;" + form)
                    .get(map)
                    .refused(406, "NotAcceptable");
            assertThat(refused.message()).isEqualTo(ABSENT + DOCUMENTS);
        }
        Answer table = server.api()
                .with("Accept", TABLE.replace("v=v1", "v=v1beta1"))
                .get(map)
                .expect(200);
        assertThat(table.text("/apiVersion")).isEqualTo("meta.k8s.io/v1beta1");
        assertThat(table.text("/rows/0/object/apiVersion")).isEqualTo("meta.k8s.io/v1beta1");
    }

    @OnBoth
    void anObjectIsNoListAndAListNoObject(Server server) {
        String map = map(server);

        Answer list = server.api()
                .with("Accept", METADATA)
                .get(server.core("configmaps"))
                .refused(406, "NotAcceptable");
        Answer one = server.api().with("Accept", METADATA_LIST).get(map).refused(406, "NotAcceptable");

        assertThat(list.message())
                .isEqualTo("you requested PartialObjectMetadata, but the requested object is a list"
                        + " (*core.ConfigMapList)");
        assertThat(one.message())
                .isEqualTo("you requested PartialObjectMetadataList, but the requested object is not a list"
                        + " (*core.ConfigMap)");
    }

    @OnBoth
    void aTableShowsAsMuchOfItsObjectsAsIsAskedFor(Server server) {
        map(server);
        Api api = server.api().with("Accept", TABLE);
        String maps = server.core("configmaps?labelSelector=k%3Dv&includeObject=");

        assertThat(api.get(maps + "None").expect(200).at("/rows/0/object").isNull())
                .isTrue();
        assertThat(api.get(maps + "Metadata").expect(200).text("/rows/0/object/kind"))
                .isEqualTo("PartialObjectMetadata");
        assertThat(api.get(maps + "Object").expect(200).text("/rows/0/object/data/k"))
                .isEqualTo("v");
        assertThat(api.get(maps + "Some").refused(400, "BadRequest").message())
                .isEqualTo("Unable to convert to Table as requested: includeObject: Invalid value: \"Some\": must be"
                        + " 'Metadata', 'Object', 'None', or empty");
    }

    @OnBoth
    void changesAreNeverYaml(Server server) {
        String watch = server.core("configmaps?watch=1&timeoutSeconds=1");

        Answer yaml = server.api().with("Accept", "application/yaml").get(watch).expect(406);
        Answer some = server.api()
                .with("Accept", "application/json;as=Some")
                .get(watch)
                .refused(406, "NotAcceptable");

        assertThat(Api.yaml(yaml.raw()).path("message").asText())
                .isEqualTo(ABSENT + "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
        assertThat(some.message()).isEqualTo(ABSENT + DOCUMENTS);
    }

    @OnBoth
    void documentsHaveOneForm(Server server) {
        for (String path : List.of("/api", "/api/v1", "/apis", "/apis/apps", "/apis/apps/v1")) {
            Answer refused = server.api().with("Accept", TABLE).get(path).refused(406, "NotAcceptable");
            assertThat(refused.message()).as(path).isEqualTo(ABSENT + DOCUMENTS);
        }
        String all = "application/json;g=apidiscovery.k8s.io;as=APIGroupDiscoveryList;v=";
        assertThat(kind(server, "/apis", all + "v2")).isEqualTo("APIGroupDiscoveryList");
        assertThat(kind(server, "/apis", all + "v9,application/json")).isEqualTo("APIGroupList");
        server.api().with("Accept", all + "v9").get("/apis").refused(406, "NotAcceptable");
        server.api().with("Accept", all + "v2").get("/apis/apps/v1").refused(406, "NotAcceptable");
        Answer version = server.api().with("Accept", "application/yaml").get("/version");
        assertThat(Api.yaml(version.expect(406).raw()).path("message").asText())
                .isEqualTo("406: Not Acceptable\n\nAvailable representations: application/json");
        server.api().with("Accept", TABLE).get("/version").expect(200);
    }

    @OnBoth
    void peopleGetALineForEachField(Server server) {
        String map = map(server);
        String start =
                "{\n  \"kind\": \"ConfigMap\",\n  \"apiVersion\": \"v1\",\n  \"metadata\": {\n    \"name\": \"a\",\n";

        assertThat(server.api().get(map + "?pretty=true").expect(200).raw()).startsWith(start);
        assertThat(server.api()
                        .with("User-Agent", "curl/8")
                        .get(map)
                        .expect(200)
                        .raw())
                .startsWith(start);
        assertThat(server.api()
                        .with("User-Agent", "curl/8")
                        .get(map + "?pretty=0")
                        .expect(200)
                        .raw())
                .startsWith("{\"kind\":\"ConfigMap\",");
        assertThat(server.api()
                        .with("Accept", "application/json;pretty=1")
                        .get(map)
                        .expect(200)
                        .raw())
                .startsWith(start);
        assertThat(server.api().get("/version").expect(200).raw()).startsWith("{\n  \"major\": \"1\",\n");
        String yaml = server.api()
                .with("Accept", "application/yaml")
                .get(map)
                .expect(200)
                .raw();
        assertThat(yaml).startsWith("apiVersion: v1\ndata:\n  k: v\nkind: ConfigMap\nmetadata:\n");
    }

    @OnBoth
    void whatNobodyServesIsNotFoundInItsWay(Server server) {
        String plain = "404 page not found\n";

        for (String path : List.of("/apis/nope", "/apis/nope/v1", "/openapi", "/openapi/v2/x", "/some")) {
            Answer answer = server.api().get(path).expect(404);
            assertThat(answer.raw()).as(path).isEqualTo(plain);
            assertThat(answer.header("Content-Type")).as(path).isEqualTo("text/plain; charset=utf-8");
        }
        for (String path : List.of("/openapi/v3/x", "/openapi/v3/apis/nope/v1")) {
            assertThat(server.api().get(path).expect(404).raw()).as(path).isEmpty();
        }
        for (String path : List.of("/apis/apps/v9", "/api/v1//namespaces", "/version/x", "/api/v1/nope")) {
            server.api().get(path).refused(404, "NotFound");
        }
        server.api().post("/api/v1", "{}").refused(405, "MethodNotAllowed");
        server.api().post("/version", "{}").refused(405, "MethodNotAllowed");
        server.api().delete(server.core("pods/x/status")).refused(405, "MethodNotAllowed");
    }

    @OnBoth
    void everyAnswerMayBeFoundInTheAuditLogAndNoneIsKept(Server server) {
        for (String path : List.of("/version", "/apis", server.core("configmaps"), server.core("configmaps/none"))) {
            Answer answer = server.api().get(path);
            assertThat(answer.header("Audit-Id")).as(path).hasSize(36);
            assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-cache, private");
        }
    }

    @OnBoth
    void discoveryTellsWhoItIsAndInWhatVersionsItStores(Server server) {
        Answer core = server.api().get("/api").expect(200);
        assertThat(core.text("/serverAddressByClientCIDRs/0/clientCIDR")).isEqualTo("0.0.0.0/0");
        assertThat(core.text("/serverAddressByClientCIDRs/0/serverAddress"))
                .isEqualTo(server.api().server().getAuthority());
        assertThat(server.api().get("/api/v1").expect(200).body().has("apiVersion"))
                .isFalse();

        assertThat(hash(server, "/api/v1", "configmaps")).isEqualTo("qFsyl6wFWjQ=");
        assertThat(hash(server, "/apis/apps/v1", "daemonsets")).isEqualTo("dd7pWHUlMKQ=");
        assertThat(hash(server, "/apis/events.k8s.io/v1", "events")).isEqualTo(hash(server, "/api/v1", "events"));
        assertThat(hash(server, "/apis/autoscaling/v1", "horizontalpodautoscalers"))
                .isEqualTo(hash(server, "/apis/autoscaling/v2", "horizontalpodautoscalers"));
        assertThat(hash(server, "/apis/apiextensions.k8s.io/v1", "customresourcedefinitions"))
                .isEqualTo("jfWCUB31mvA=");
        assertThat(hash(server, "/apis/authorization.k8s.io/v1", "subjectaccessreviews"))
                .isEmpty();
    }

    private static String hash(Server server, String path, String resource) {
        for (var one : server.api().get(path).expect(200).at("/resources")) {
            if (one.path("name").asText().equals(resource)) {
                return one.path("storageVersionHash").asText();
            }
        }
        return "no such resource";
    }

    @OnBoth
    void theFirstBookmarkOfAWatchFromTheBeginningSaysThatAllWasThere(Server server) {
        map(server);
        String watch = server.core("configmaps?watch=1&timeoutSeconds=4&allowWatchBookmarks=true&resourceVersion=");

        for (String version : List.of("", "0")) {
            try (Watch whole = server.api().watch(watch + version, server.limit())) {
                assertThat(bookmark(whole)).isEqualTo("true");
            }
        }
        String now = server.api().get(server.core("configmaps")).version();
        try (Watch later = server.api().watch(watch + now, server.limit())) {
            assertThat(bookmark(later)).isEmpty();
        }
    }

    private static String bookmark(Watch watch) {
        Watch.Event event = watch.next();
        while (!event.type().equals("BOOKMARK") && !event.type().equals(Watch.Event.END)) {
            event = watch.next();
        }
        assertThat(event.type()).isEqualTo("BOOKMARK");
        return event.object()
                .at("/metadata/annotations/k8s.io~1initial-events-end")
                .asText();
    }
}
