package io.driftless.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/// One of the two servers, and a namespace on it that belongs to this case alone.
abstract class Server implements AutoCloseable {
    /// The lock of cases that make the server forget what has been.
    static final String HISTORY = "the history of the servers";

    private final Api api;
    private final Duration limit;
    private final List<String> further = new ArrayList<>();
    private String namespace = "";

    Server(Api api, Duration limit) {
        this.api = api;
        this.limit = limit;
    }

    /// As somebody who may do everything.
    final Api api() {
        return api;
    }

    /// How long to wait for what happens by itself.
    final Duration limit() {
        return limit;
    }

    abstract Path kubeconfig();

    /// As nobody, or (with a token in the requests) as whom the token names.
    abstract Api unnamed();

    /// The refusal of somebody who asked too much.
    abstract Answer tooMuch();

    /// Makes the server forget all that was before now; a watch of a kind that was served before may know more.
    abstract void compact();

    /// What a token to continue a list is once the server has forgotten the state that the list was of.
    abstract String forgotten(String token);

    /// Has what lies outside of the namespace and matters to others deleted after the case.
    final void deleteLater(String path) {
        further.add(path);
    }

    @Override
    public final void close() {
        further.forEach(api::delete);
    }

    /// Made when it is first asked for, so that cases share nothing. Not deleted: the whole server is thrown away.
    final String namespace() {
        if (namespace.isEmpty()) {
            namespace = api.post("/api/v1/namespaces", "metadata: {generateName: contract-}")
                    .expect(201)
                    .text("/metadata/name");
        }
        return namespace;
    }

    /// The path of a core resource, or of one object of it, in the namespace of this case.
    final String core(String resource) {
        return "/api/v1/namespaces/" + namespace() + '/' + resource;
    }

    /// The same of a named group, such as `apps/v1`.
    final String path(String groupVersion, String resource) {
        return "/apis/" + groupVersion + "/namespaces/" + namespace() + '/' + resource;
    }

    /// Creates an object of the namespace.
    ///
    /// @param spec the fields of its spec
    final void make(String groupVersion, String resource, String name, String spec) {
        api.post(path(groupVersion, resource), "{metadata: {name: " + name + "}, spec: {" + spec + "}}")
                .expect(201);
    }

    /// Waits for what happens by itself; a failure shows what the path holds instead.
    final JsonNode await(String path, String outcome, Condition wished) {
        JsonNode[] last = new JsonNode[1];
        try {
            waiting(outcome).until(() -> {
                last[0] = api.get(path).body();
                return wished.holds(last[0]);
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + limit + ": " + outcome + "; there is " + last[0], e);
        }
        return last[0];
    }

    final void await(String outcome, Callable<Boolean> wished) {
        waiting(outcome).until(wished);
    }

    /// Cases run side by side, so an exception that nobody caught may be of another one.
    private ConditionFactory waiting(String outcome) {
        return Awaitility.await(outcome)
                .dontCatchUncaughtExceptions()
                .pollInterval(Duration.ofMillis(50))
                .atMost(limit);
    }

    final void awaitGone(String path) {
        await(path, path + " is gone", body -> body.path("code").asInt() == 404);
    }

    /// What an object is to be.
    interface Condition {
        boolean holds(JsonNode object);
    }
}
