package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.api.ApiStand.Answer;
import io.driftless.auth.AuthMode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Specs of Applications that no Git host, cluster or sync could make sense of. Each test is named after the inputs it
/// plays; every one comes by each method that writes a spec.
class BadSpecsTest {
    private static final String APPS = "/api/v1/applications";
    private static final String SPEC = """
            {"project":"default","source":{"repoURL":"https://git.example.com/r","path":"."},
             "destination":{"server":"https://kubernetes.default.svc","namespace":"x"}}
            """;
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void start() throws Exception {
        stand.start(AuthMode.NONE);
        assertThat(create("known", spec()).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    @Test
    void a01AProjectThatIsNotThereIsNamed() throws Exception {
        refused(spec().put("project", "nowhere"), "project nowhere which does not exist");
    }

    @Test
    void a03RevisionsThatNoGitHostCouldKnowAreRefused() throws Exception {
        for (String revision : List.of(
                "--upload-pack=x",
                "-x",
                "HEAD~",
                "HEAD~1",
                "main^",
                "a..b",
                "a b",
                "a\nb",
                "a\u0000b",
                "a:b",
                "a//b",
                "/a",
                "a/",
                "x.lock",
                "refs/heads/../../config",
                "@{-1}",
                "a\\b",
                "m".repeat(20_000))) {
            refused(withRevision(revision), "spec.source.targetRevision");
        }
        for (String revision : List.of(
                "",
                "HEAD",
                "main",
                "v1.2.3",
                "a".repeat(40),
                "*",
                "v1.*",
                "1.x",
                ">=1.2, <2",
                "^1",
                "~1.2",
                "refs/pull/7/head",
                "feature/x_y",
                "1.0 - 2.0")) {
            assertThat(put(withRevision(revision)).status()).as(revision).isEqualTo(200);
        }
        Answer huge = put(withRevision("m".repeat(1 << 20)));
        assertThat(huge.status()).isEqualTo(413);
    }

    @Test
    void a04PathsThatLeaveTheRepositoryAreRefused() throws Exception {
        for (String path : List.of("../..", "/", "/etc", "a/../../b", "a\u0000b", "..", "./..", "p/".repeat(5_000))) {
            ObjectNode spec = spec();
            ((ObjectNode) spec.get("source")).put("path", path);
            refused(spec, "spec.source.path");
        }
        for (String path : List.of("", ".", "a/../b", "./a", "a/b/")) {
            ObjectNode spec = spec();
            ((ObjectNode) spec.get("source")).put("path", path);
            assertThat(put(spec).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void a05SourcesThatContradictOneAnotherAreRefused() throws Exception {
        ObjectNode both = spec();
        both.putArray("sources").add(both.get("source").deepCopy());
        refused(both, "spec.source: spec.sources is given too and would win");

        refused(sources(source("", ""), 101), "101 sources are more than the limit of 100");
        Answer manyMore = put(sources(source("", ""), 10_000));
        assertThat(manyMore.status()).isIn(400, 413);
        refused(sources(source("a", "$b/v.yaml"), source("b", "$a/v.yaml")), "the ref a needs itself");
        refused(
                sources(source("a", "$b/v.yaml"), source("b", "$c/v.yaml"), source("c", "$a")),
                "the ref a needs itself");
        refused(sources(source("a", ""), source("a", "")), "two sources have the ref a");
        refused(sources(source("", ""), JsonNodes.object("{\"path\":\".\"}")), "spec.sources[1].repoURL");
        assertThat(put(sources(source("a", ""), source("b", "$a/v.yaml"), source("", "$b/x")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a09SyncOptionsThatNobodyKnowsOrThatContradictAreRefused() throws Exception {
        String all =
                "ApplyOutOfSyncOnly, ClientSideApplyMigration, CreateNamespace, Delete, FailOnSharedResource, Force,"
                        + " Prune, PruneLast, PrunePropagationPolicy, Replace, RespectIgnoreDifferences, ServerSideApply,"
                        + " SkipDryRunOnMissingResource, Validate";
        refused(withOptions("Prunelast=true"), "there is no sync option Prunelast=true; there are " + all);
        refused(withOptions("nonsense"), "there is no sync option nonsense");
        refused(withOptions(""), "there is no sync option");
        refused(withOptions("Replace=yes"), "write Replace= and one of false, true");
        refused(withOptions("Replace=true,ServerSideApply=true"), "Replace= and one of");
        refused(withOptions("PrunePropagationPolicy=sideways"), "background, foreground, orphan");
        refused(withOptions("Replace=true", "ServerSideApply=true"), "contradict each other");
        refused(withOptions("Prune=false", "Prune=true"), "contradict each other");
        assertThat(put(withOptions("Replace=true", "ServerSideApply=false", "Prune=confirm"))
                        .status())
                .isEqualTo(200);

        String sync = "{\"syncOptions\":{\"items\":[\"Replace=true\",\"ServerSideApply=true\"]}}";
        assertThat(stand.rest("POST", APPS + "/known/sync", sync).status()).isEqualTo(400);
        assertThat(stand.published).isEmpty();
    }

    @Test
    void a09WhatAnApplicationSaysAlreadyDoesNotHinderAnotherChange() throws Exception {
        stand.create("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"old","namespace":"argocd"},
                 "spec":{"project":"default","source":{"repoURL":"https://git.example.com/r","path":"."},
                 "destination":{"server":"https://kubernetes.default.svc","namespace":"x"},
                 "syncPolicy":{"syncOptions":["OfLater=true"]}}}
                """);
        String patch = "{\"patchType\":\"merge\",\"patch\":\"{\\\"spec\\\":{\\\"revisionHistoryLimit\\\":3}}\"}";
        assertThat(stand.rest("PATCH", APPS + "/old", patch).status()).isEqualTo(200);
    }

    @Test
    void a10RetriesThatWouldRunHotOrNeverAreRefused() throws Exception {
        refused(
                withRetry("{\"limit\":-1,\"backoff\":{\"duration\":\"0s\"}}"),
                "spec.syncPolicy.retry.backoff.duration");
        refused(
                withRetry("{\"limit\":1,\"backoff\":{\"duration\":\"-1s\"}}"),
                "spec.syncPolicy.retry.backoff.duration");
        refused(withRetry("{\"limit\":1,\"backoff\":{\"duration\":\"soon\"}}"), "write for example 30s, 5m or 1h");
        refused(withRetry("{\"limit\":1,\"backoff\":{\"maxDuration\":\"-1s\"}}"), "retry.backoff.maxDuration");
        refused(
                withRetry("{\"limit\":1,\"backoff\":{\"duration\":\"5m\",\"maxDuration\":\"5s\"}}"),
                "must not be shorter than duration");
        refused(withRetry("{\"limit\":1,\"backoff\":{\"factor\":1000000000}}"), "retry.backoff.factor");
        refused(withRetry("{\"limit\":1,\"backoff\":{\"factor\":0}}"), "retry.backoff.factor");
        refused(withRetry("{\"limit\":9999999999}"), "retry.limit");
        assertThat(put(withRetry(
                                "{\"limit\":-1,\"backoff\":{\"duration\":\"500ms\",\"factor\":2,\"maxDuration\":\"3m0s\"}}"))
                        .status())
                .isEqualTo(200);

        for (String retry : List.of(
                "{\"limit\":-1,\"backoff\":{\"duration\":\"0s\"}}",
                "{\"limit\":1,\"backoff\":{\"factor\":-5}}",
                "{\"limit\":1,\"backoff\":{\"maxDuration\":\"-1s\"}}")) {
            assertThat(stand.rest("POST", APPS + "/known/sync", "{\"retryStrategy\":" + retry + "}")
                            .status())
                    .as(retry)
                    .isEqualTo(400);
        }
        assertThat(stand.published).isEmpty();
    }

    /// By every method that writes a spec.
    private void refused(ObjectNode spec, String why) throws Exception {
        JsonNode before = stand.rest("GET", APPS + "/known", "").body();
        ObjectNode update = JsonNodes.object("{\"metadata\":{\"name\":\"known\"}}");
        update.set("spec", spec);
        ObjectNode patch = JsonNodes.object("{\"patchType\":\"json\"}");
        ArrayNode steps = patch.arrayNode();
        steps.addObject().put("op", "replace").put("path", "/spec").set("value", spec);
        patch.put("patch", steps.toString());
        for (Answer answer : List.of(
                create("new", spec),
                put(spec),
                stand.rest("PUT", APPS + "/known", update.toString()),
                stand.rest("PATCH", APPS + "/known", patch.toString()))) {
            assertThat(answer.status()).as(shortened(spec)).isEqualTo(400);
            assertThat(answer.body().path("message").asText())
                    .as(shortened(spec))
                    .contains(why);
        }
        assertThat(stand.rest("GET", APPS + "/known", "").body()).isEqualTo(before);
    }

    private static String shortened(ObjectNode spec) {
        String text = spec.toString();
        return text.substring(0, Math.min(300, text.length()));
    }

    private Answer create(String name, ObjectNode spec) throws Exception {
        ObjectNode application = JsonNodes.object("{\"metadata\":{\"name\":\"" + name + "\"}}");
        application.set("spec", spec);
        return stand.rest("POST", APPS, application.toString());
    }

    private Answer put(ObjectNode spec) throws Exception {
        return stand.rest("PUT", APPS + "/known/spec", spec.toString());
    }

    private static ObjectNode spec() {
        return JsonNodes.object(SPEC);
    }

    private static ObjectNode withRevision(String revision) {
        ObjectNode spec = spec();
        ((ObjectNode) spec.get("source")).put("targetRevision", revision);
        return spec;
    }

    private static ObjectNode withOptions(String... options) {
        ObjectNode spec = spec();
        ArrayNode list = spec.putObject("syncPolicy").putArray("syncOptions");
        List.of(options).forEach(list::add);
        return spec;
    }

    private static ObjectNode withRetry(String retry) {
        ObjectNode spec = spec();
        spec.putObject("syncPolicy").set("retry", JsonNodes.object(retry));
        return spec;
    }

    private static ObjectNode source(String ref, String valuesFile) {
        ObjectNode source = JsonNodes.object("{\"repoURL\":\"https://git.example.com/r\",\"path\":\".\"}");
        if (!ref.isEmpty()) {
            source.put("ref", ref);
        }
        if (!valuesFile.isEmpty()) {
            source.putObject("helm").putArray("valueFiles").add(valuesFile);
        }
        return source;
    }

    private static ObjectNode sources(ObjectNode... sources) {
        ObjectNode spec = spec();
        spec.remove("source");
        List.of(sources).forEach(spec.putArray("sources")::add);
        return spec;
    }

    private static ObjectNode sources(ObjectNode source, int times) {
        ObjectNode spec = spec();
        spec.remove("source");
        ArrayNode list = spec.putArray("sources");
        for (int i = 0; i < times; i++) {
            list.add(source);
        }
        return spec;
    }
}
