package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// Options of writes and deletions, and paths that take no such request.
class RequestOptionsTest {
    private static void refused(Answer answer, int code, String reason, String... why) {
        assertThat(answer.refused(code, reason).message()).contains(why);
    }

    private static Answer map(Server server) {
        return server.api()
                .post(server.core("configmaps"), "{metadata: {name: a}, data: {k: v}}")
                .expect(201);
    }

    @OnBoth
    void optionsThatAreNoneAreRefused(Server server) {
        String maps = server.core("configmaps");
        map(server);

        refused(
                server.api().post(maps + "?dryRun=Some", "metadata: {name: b}"),
                422,
                "Invalid",
                "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"Some\"]");
        refused(
                server.api().post(maps + "?fieldManager=" + "m".repeat(129), "metadata: {name: b}"),
                422,
                "Invalid",
                "fieldManager: Too long: may not be more than 128 bytes");
        refused(
                server.api().merge(maps + "/a?force=true", "data: {k: w}"),
                422,
                "Invalid",
                "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden");
        refused(
                server.api().delete(maps + "/a?propagationPolicy=Some"),
                422,
                "Invalid",
                "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"Some\"");
        refused(
                server.api().delete(maps + "/a", "{propagationPolicy: Orphan, orphanDependents: true}"),
                422,
                "Invalid",
                "cannot be both set");
        refused(
                server.api().delete(maps + "/a?gracePeriodSeconds=x"),
                400,
                "BadRequest",
                "strconv.ParseInt: parsing \"x\"");
        refused(server.api().delete(maps + "/a", "kind: Some"), 400, "BadRequest", "no kind \"Some\" is registered");
    }

    @OnBoth
    void aDeletionMayNameWhatItIsAbout(Server server) {
        Answer made = map(server);
        String path = server.core("configmaps/a");

        refused(
                server.api().delete(path, "preconditions: {uid: other}"),
                409,
                "Conflict",
                "Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (other) does not match");
        refused(
                server.api().delete(path, "preconditions: {resourceVersion: \"1\"}"),
                409,
                "Conflict",
                "the ResourceVersion in the precondition (1) does not match");
        server.api().delete(path + "?dryRun=All").expect(200);
        server.api()
                .delete(path, "preconditions: {uid: " + made.uid() + ", resourceVersion: \"" + made.version() + "\"}")
                .expect(200);
        server.api().get(path).refused(404, "NotFound");
    }

    @OnBoth
    void someKindsAreShownAsTheyWereWhenTheyAreGone(Server server) {
        server.api()
                .post(server.core("services"), "{metadata: {name: s}, spec: {ports: [{port: 80}]}}")
                .expect(201);
        map(server);

        assertThat(server.api().delete(server.core("services/s")).expect(200).text("/kind"))
                .isEqualTo("Service");
        assertThat(server.api().delete(server.core("configmaps/a")).expect(200).text("/status"))
                .isEqualTo("Success");
    }

    @OnBoth
    void aWriteNeedsThePathOfWhatItIsAbout(Server server) {
        String maps = server.core("configmaps");
        map(server);

        server.api().post("/api/v1/configmaps", "metadata: {name: b}").refused(405, "MethodNotAllowed");
        server.api().post(maps + "/b", "metadata: {name: b}").refused(405, "MethodNotAllowed");
        server.api().put(maps, "metadata: {name: b}").refused(405, "MethodNotAllowed");
        server.api().merge(maps, "data: {k: w}").refused(405, "MethodNotAllowed");
        server.api().get(maps + "/a/status").refused(404, "NotFound");
        refused(server.api().put(maps + "/a", "data: {k: w}"), 400, "BadRequest", "name must be provided");
        refused(
                server.api().put(maps + "/a", "metadata: {name: b}"),
                400,
                "BadRequest",
                "the name of the object (b) does not match the name on the URL (a)");
        Answer nowhere = server.api().get("/apis/nobody.example.com/v1/things").expect(404);
        assertThat(nowhere.raw()).isEqualTo("404 page not found\n");
    }

    @OnBoth
    void theIdentityOfAnObjectIsNotChanged(Server server) {
        String path = server.core("configmaps/a");
        Answer made = map(server);

        refused(
                server.api().merge(path, "metadata: {uid: other}"),
                422,
                "Invalid",
                "metadata.uid: Invalid value: \"other\": field is immutable");
        refused(
                server.api().put(path, "metadata: {name: a, uid: other}"),
                409,
                "Conflict",
                "Precondition failed: UID in precondition: other, UID in object meta: " + made.uid());
        Answer kept = server.api()
                .merge(path, "metadata: {generation: 7, selfLink: x, creationTimestamp: null}")
                .expect(200);
        assertThat(kept.at("/metadata/creationTimestamp")).isEqualTo(made.at("/metadata/creationTimestamp"));
        assertThat(kept.at("/metadata").has("generation")).isFalse();
        assertThat(kept.at("/metadata").has("selfLink")).isFalse();
    }

    @OnBoth
    void aJsonPatchThatCannotBeDoneLeavesTheObject(Server server) {
        String path = server.core("configmaps/a");
        Answer made = map(server);

        for (String operations : new String[] {
            "[{op: test, path: /data/k, value: other}, {op: remove, path: /data/k}]",
            "[{op: remove, path: /data/none}]",
            "[{op: add, path: /none/deep/er, value: x}]",
            "[{op: some, path: /data/k, value: x}]"
        }) {
            refused(
                    server.api().operations(path, operations),
                    422,
                    "Invalid",
                    "the server rejected our request due to an error in our request");
        }
        refused(server.api().operations(path, "{op: add}"), 400, "BadRequest", "error decoding patch");
        refused(server.api().merge(path, "[]"), 400, "BadRequest", "error decoding patch");
        server.api().send("PATCH", path, "text/plain", "{}").refused(415, "UnsupportedMediaType");
        assertThat(server.api().get(path).version()).isEqualTo(made.version());
        Answer copied = server.api()
                .operations(
                        path,
                        "[{op: copy, from: /data/k, path: /data/c}, {op: move, from: /data/c, path: /data/m}, {op: replace,"
                                + " path: /data/new, value: x}]")
                .expect(200);
        assertThat(copied.at("/data")).isEqualTo(Api.yaml("{k: v, m: v, new: x}"));
    }
}
