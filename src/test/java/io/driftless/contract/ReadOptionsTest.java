package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// What may be asked of a list and of a watch, and in which combinations.
class ReadOptionsTest {
    private static String three(Server server) {
        String maps = server.core("configmaps");
        for (String name : List.of("a", "b", "c")) {
            server.api().post(maps, "metadata: {name: " + name + "}").expect(201);
        }
        server.await(
                maps, "the namespace has its own", list -> list.path("items").size() == 4);
        return maps;
    }

    private static void refused(Answer answer, int code, String reason, String... why) {
        assertThat(answer.refused(code, reason).message()).contains(why);
    }

    @OnBoth
    void aListInPiecesGoesOnFromItsFirstMoment(Server server) {
        String maps = three(server);
        Answer first = server.api().get(maps + "?limit=2").expect(200);
        server.api().post(maps, "metadata: {name: bb}").expect(201);

        Answer second = server.api()
                .get(maps + "?limit=2&continue=" + first.text("/metadata/continue"))
                .expect(200);

        assertThat(first.names()).containsExactly("a", "b");
        assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(2);
        assertThat(second.names()).containsExactly("c", "kube-root-ca.crt");
        assertThat(second.at("/metadata").has("continue")).isFalse();
        assertThat(second.version()).isEqualTo(first.version());
    }

    @OnBoth
    void aListFromTheCacheIsWhole(Server server) {
        String maps = three(server);
        String token = server.api().get(maps + "?limit=1").expect(200).text("/metadata/continue");

        assertThat(server.api()
                        .get(maps + "?limit=2&resourceVersion=0&continue=" + token)
                        .expect(200)
                        .names())
                .containsExactly("b", "c", "kube-root-ca.crt");
        assertThat(server.api().get(maps + "?limit=-1").expect(200).names()).hasSize(4);
    }

    @OnBoth
    void contradictionsAreNamed(Server server) {
        String maps = three(server);
        String token = server.api().get(maps + "?limit=1").expect(200).text("/metadata/continue");

        refused(
                server.api().get(maps + "?resourceVersion=1&continue=" + token),
                400,
                "BadRequest",
                "specifying resource version is not allowed when using continue");
        refused(
                server.api().get(maps + "?resourceVersionMatch=Exact&continue=" + token),
                422,
                "Invalid",
                "resourceVersionMatch is forbidden unless resourceVersion is provided",
                "resourceVersionMatch is forbidden when continue is provided");
        refused(
                server.api().get(maps + "?resourceVersion=0&resourceVersionMatch=Exact"),
                422,
                "Invalid",
                "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        refused(
                server.api().get(maps + "?resourceVersion=1&resourceVersionMatch=Some"),
                422,
                "Invalid",
                "Unsupported value: \"Some\": supported values: \"Exact\", \"NotOlderThan\", \"\"");
        refused(
                server.api().get(maps + "?sendInitialEvents=true"),
                422,
                "Invalid",
                "sendInitialEvents is forbidden for list");
        refused(
                server.api().get(maps + "?watch=1&sendInitialEvents=true"),
                422,
                "Invalid",
                "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        refused(
                server.api().get(maps + "?watch=1&resourceVersion=1&resourceVersionMatch=NotOlderThan"),
                422,
                "Invalid",
                "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    }

    @OnBoth
    void whatIsNoNumberIsRefused(Server server) {
        String maps = server.core("configmaps");

        refused(server.api().get(maps + "?limit=x"), 400, "BadRequest", "strconv.ParseInt: parsing \"x\"");
        refused(
                server.api().get(maps + "?watch=1&timeoutSeconds=x"),
                400,
                "BadRequest",
                "strconv.ParseInt: parsing \"x\"");
        refused(
                server.api().get(maps + "?resourceVersion=x"),
                400,
                "BadRequest",
                "invalid resource version: resourceVersion: Invalid value: \"x\"");
        refused(
                server.api().get(maps + "?timeout=soon"),
                400,
                "BadRequest",
                "invalid timeout specified in the request URL");
        Answer one = server.api().get(maps + "/a?resourceVersion=x");
        assertThat(one.code()).as(one.raw()).isEqualTo(500);
        refused(
                server.api().get(maps + "?continue=nonsense"),
                400,
                "BadRequest",
                "invalid continue token: continue key is not valid");
    }

    @OnBoth
    void initialEventsEndWithABookmarkForThoseWhoTakeBookmarks(Server server) {
        String maps = three(server);
        String stream = maps + "?watch=1&timeoutSeconds=2&resourceVersionMatch=NotOlderThan&sendInitialEvents=";

        try (Watch told = server.api().watch(stream + "true&allowWatchBookmarks=true", server.limit());
                Watch untold = server.api().watch(stream + "true", server.limit());
                Watch none = server.api().watch(stream + "false&allowWatchBookmarks=true", server.limit())) {
            for (int i = 0; i < 4; i++) {
                assertThat(told.next().type()).isEqualTo("ADDED");
                assertThat(untold.next().type()).isEqualTo("ADDED");
            }
            Watch.Event end = told.next();
            assertThat(end.type()).isEqualTo("BOOKMARK");
            assertThat(end.object()
                            .at("/metadata/annotations/k8s.io~1initial-events-end")
                            .asText())
                    .isEqualTo("true");
            assertThat(untold.nextChange().type()).isEqualTo(Watch.Event.END);
            assertThat(none.nextChange().type()).isEqualTo(Watch.Event.END);
        }
    }

    @OnBoth
    void theOldPathsOfWatchesStillWork(Server server) {
        three(server);
        String path = "/api/v1/watch/namespaces/" + server.namespace() + "/configmaps/b?timeoutSeconds=2";

        try (Watch watch = server.api().watch(path, server.limit())) {
            assertThat(watch.next().line()).isEqualTo("ADDED b");
            assertThat(watch.nextChange().type()).isEqualTo(Watch.Event.END);
        }
    }
}
