package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.contract.Watch.Event;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Watches: what they tell, in which order, and from when on.
@ResourceLock(Server.HISTORY)
class WatchTest {
    private static Watch watch(Server server, String parameters) {
        return server.api().watch(server.core("secrets") + "?watch=true" + parameters, server.limit());
    }

    private static Answer make(Server server, String name) {
        return server.api()
                .post(server.core("secrets"), "{metadata: {name: " + name + "}, stringData: {k: v}}")
                .expect(201);
    }

    private static String since(Server server) {
        return "&resourceVersion=" + server.api().get(server.core("secrets")).version();
    }

    @OnBoth
    void changesAreToldInOrderSinceAList(Server server) {
        make(server, "before");
        String since = since(server);
        Answer made = make(server, "a");
        Answer changed = server.api()
                .merge(server.core("secrets/a"), "stringData: {k: w}")
                .expect(200);
        server.api().delete(server.core("secrets/a")).expect(200);

        try (Watch watch = watch(server, since)) {
            assertThat(watch.code()).isEqualTo(200);
            assertThat(watch.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(watch.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
            Event added = watch.nextChange();
            assertThat(added.type()).isEqualTo("ADDED");
            assertThat(added.object()).isEqualTo(made.body());
            Event modified = watch.nextChange();
            assertThat(modified.type()).isEqualTo("MODIFIED");
            assertThat(modified.object()).isEqualTo(changed.body());
            Event deleted = watch.nextChange();
            assertThat(deleted.type()).isEqualTo("DELETED");
            assertThat(deleted.name()).isEqualTo("a");
            assertThat(Long.parseLong(deleted.version()))
                    .as("the version of the deletion, not of the last change")
                    .isGreaterThan(Long.parseLong(changed.version()));
            make(server, "later");
            assertThat(watch.nextChange().line()).isEqualTo("ADDED later");
        }
    }

    @OnBoth
    void aWatchWithoutAVersionBeginsWithWhatIsThere(Server server) {
        make(server, "a");
        make(server, "b");
        try (Watch watch = watch(server, "")) {
            assertThat(watch.nextChange().type()).isEqualTo("ADDED");
            assertThat(watch.nextChange().type()).isEqualTo("ADDED");
            make(server, "c");
            assertThat(watch.nextChange().line()).isEqualTo("ADDED c");
        }
        try (Watch watch = watch(server, "&resourceVersion=0")) {
            assertThat(watch.nextChange().type()).isEqualTo("ADDED");
        }
    }

    @OnBoth
    void whatEntersOrLeavesASelectionIsAddedOrDeleted(Server server) {
        make(server, "a");
        String path = server.core("secrets/a");
        try (Watch watch = watch(server, since(server) + "&labelSelector=" + "in%3Dside")) {
            server.api().merge(path, "metadata: {labels: {in: side}}").expect(200);
            assertThat(watch.nextChange().line()).isEqualTo("ADDED a");
            server.api().merge(path, "metadata: {labels: {more: labels}}").expect(200);
            assertThat(watch.nextChange().line()).isEqualTo("MODIFIED a");
            Answer left =
                    server.api().merge(path, "metadata: {labels: {in: out}}").expect(200);
            Event deleted = watch.nextChange();
            assertThat(deleted.line()).isEqualTo("DELETED a");
            assertThat(deleted.version()).isEqualTo(left.version());
            assertThat(deleted.object().at("/metadata/labels/in").asText())
                    .as("the last state that was selected")
                    .isEqualTo("side");
        }
    }

    @OnBoth
    void oneObjectIsWatchedByItsName(Server server) {
        String since = since(server);
        make(server, "a");
        make(server, "b");
        try (Watch watch = watch(server, since + "&fieldSelector=metadata.name%3Db")) {
            assertThat(watch.nextChange().line()).isEqualTo("ADDED b");
            server.api()
                    .merge(server.core("secrets/a"), "metadata: {labels: {x: u}}")
                    .expect(200);
            server.api()
                    .merge(server.core("secrets/b"), "metadata: {labels: {x: u}}")
                    .expect(200);
            assertThat(watch.nextChange().line()).isEqualTo("MODIFIED b");
        }
    }

    @OnBoth
    void theEndOfTheInitialEventsIsMarked(Server server) {
        make(server, "a");
        String list = server.api().get(server.core("secrets")).version();
        try (Watch watch =
                watch(server, "&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan")) {
            assertThat(watch.next().line()).isEqualTo("ADDED a");
            Event mark = watch.next();
            assertThat(mark.type()).isEqualTo("BOOKMARK");
            assertThat(mark.object()
                            .at("/metadata/annotations")
                            .path("k8s.io/initial-events-end")
                            .asText())
                    .isEqualTo("true");
            assertThat(mark.object().path("kind").asText()).isEqualTo("Secret");
            assertThat(Long.parseLong(mark.version())).isGreaterThanOrEqualTo(Long.parseLong(list));
            make(server, "b");
            assertThat(watch.nextChange().line()).isEqualTo("ADDED b");
        }
    }

    @OnBoth
    void initialEventsNeedTheirMatch(Server server) {
        server.api()
                .get(server.core("secrets") + "?watch=true&sendInitialEvents=true&allowWatchBookmarks=true")
                .refused(422, "Invalid");
        server.api()
                .get(server.core("secrets") + "?watch=true&resourceVersionMatch=NotOlderThan&resourceVersion=0")
                .refused(422, "Invalid");
        server.api().get(server.core("secrets") + "?resourceVersionMatch=Exact").refused(422, "Invalid");
    }

    @OnBoth
    void bookmarksTellHowFarAWatchIs(Server server) {
        String since = since(server);
        try (Watch watch = watch(server, since + "&allowWatchBookmarks=true&timeoutSeconds=4")) {
            Answer made = make(server, "a");
            assertThat(watch.next().line()).isEqualTo("ADDED a");
            Event mark = watch.next();
            assertThat(mark.type()).isEqualTo("BOOKMARK");
            assertThat(mark.object().path("kind").asText()).isEqualTo("Secret");
            assertThat(mark.object().at("/metadata/name").isMissingNode()).isTrue();
            assertThat(Long.parseLong(mark.version())).isGreaterThanOrEqualTo(Long.parseLong(made.version()));
        }
    }

    @OnBoth
    void aWatchEndsAfterItsTime(Server server) {
        try (Watch watch = watch(server, since(server) + "&timeoutSeconds=1")) {
            assertThat(watch.next().type()).isEqualTo(Event.END);
        }
    }

    @OnBoth
    void whatIsForgottenCannotBeWatched(Server server) {
        String plural = Crds.define(server, "forgottens", "");
        server.compact();
        try (Watch watch = server.api()
                .watch(server.path(Crds.GROUP + "/v1", plural) + "?watch=true&resourceVersion=1", server.limit())) {
            Event error = watch.nextChange();
            assertThat(error.type()).isEqualTo("ERROR");
            assertThat(error.object().path("kind").asText()).isEqualTo("Status");
            assertThat(error.object().path("code").asInt()).isEqualTo(410);
            assertThat(error.object().path("reason").asText()).isEqualTo("Expired");
            assertThat(error.object().path("message").asText()).startsWith("too old resource version: 1 (");
            assertThat(watch.next().type()).isEqualTo(Event.END);
        }
    }

    @OnBoth
    void aVersionIsANumberAndNotFromTheFuture(Server server) {
        server.api().get(server.core("secrets") + "?resourceVersion=yesterday").refused(400, "BadRequest");
        Answer future = server.api()
                .get(server.core("secrets") + "?resourceVersion=999999999")
                .refused(504, "Timeout");
        assertThat(future.message()).startsWith("Timeout: Too large resource version: 999999999, current: ");
        assertThat(future.text("/details/causes/0/reason")).isEqualTo("ResourceVersionTooLarge");
        assertThat(future.at("/details/retryAfterSeconds").asInt()).isPositive();
    }

    @OnBoth
    void anOldListIsGivenExactly(Server server) {
        make(server, "a");
        String then = server.api().get(server.core("secrets")).version();
        make(server, "b");

        Answer old = server.api()
                .get(server.core("secrets") + "?resourceVersionMatch=Exact&resourceVersion=" + then)
                .expect(200);

        assertThat(old.names()).containsExactly("a");
        assertThat(old.version()).isEqualTo(then);
        assertThat(server.api()
                        .get(server.core("secrets") + "?resourceVersionMatch=NotOlderThan&resourceVersion=" + then)
                        .expect(200)
                        .names())
                .contains("a");
    }

    @OnBoth
    void watchesComeAsMetadataOrTables(Server server) {
        String since = since(server);
        make(server, "a");
        try (Watch watch = server.api()
                .with("Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
                .watch(server.core("secrets") + "?watch=true" + since, server.limit())) {
            Event added = watch.nextChange();
            assertThat(added.line()).isEqualTo("ADDED a");
            assertThat(added.object().path("kind").asText()).isEqualTo("PartialObjectMetadata");
            assertThat(added.object().has("data")).isFalse();
        }
        try (Watch watch = server.api()
                .with("Accept", "application/json;as=Table;g=meta.k8s.io;v=v1")
                .watch(server.core("secrets") + "?watch=true" + since, server.limit())) {
            Event added = watch.nextChange();
            assertThat(added.type()).isEqualTo("ADDED");
            assertThat(added.object().path("kind").asText()).isEqualTo("Table");
            assertThat(added.object().at("/columnDefinitions/0/name").asText()).isEqualTo("Name");
            assertThat(added.object().at("/rows/0/cells/0").asText()).isEqualTo("a");
            make(server, "b");
            Event second = watch.nextChange();
            assertThat(second.object().path("columnDefinitions"))
                    .as("columns are told once")
                    .isEmpty();
        }
    }

    @OnBoth
    void manyWatchersSeeTheSame(Server server) {
        String parameters = since(server) + "&labelSelector=" + URLEncoder.encode("!hidden", StandardCharsets.UTF_8);
        try (Watch one = watch(server, parameters);
                Watch two = watch(server, parameters)) {
            for (int i = 0; i < 20; i++) {
                make(server, "s" + i);
            }
            for (int i = 0; i < 20; i++) {
                Event seen = one.nextChange();
                assertThat(seen.line()).isEqualTo("ADDED s" + i);
                assertThat(two.nextChange()).isEqualTo(seen);
            }
        }
    }
}
