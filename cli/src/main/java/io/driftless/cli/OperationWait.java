package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// Waits for the end of the operation that comes after the one known when this was made.
final class OperationWait {
    private final ApiClient api;
    private final ApplicationRef application;
    private final JsonNode known;

    private OperationWait(ApiClient api, ApplicationRef application, JsonNode known) {
        this.api = api;
        this.application = application;
        this.known = known;
    }

    /// Looks at the Application before an operation is asked for.
    static OperationWait before(ApiClient api, ApplicationRef application) {
        return new OperationWait(api, application, api.get(application.path("", "")));
    }

    /// The Application as it was before the operation.
    JsonNode known() {
        return known;
    }

    /// The Application once the operation has ended; fails with exit code 20 when the time is up before.
    JsonNode await(TimeoutOption timeout, WaitProgress progress) {
        String before = operationId(known);
        JsonNode[] last = {JsonNodeFactory.instance.objectNode()};
        boolean ended = api.stream(application.streamPath(), timeout.limit(), result -> {
            JsonNode now = result.path("application");
            last[0] = now;
            boolean other = !operationId(now).equals(before);
            if (other) {
                progress.saw(now, false);
            }
            return other && now.at("/status/operationState").hasNonNull("finishedAt");
        });
        if (!ended) {
            throw new CommandFailure(
                    ExitCode.API, "timed out waiting for the sync of \"" + application.name() + "\" to end");
        }
        return last[0];
    }

    /// What tells the operation of a status from others.
    private static String operationId(JsonNode found) {
        JsonNode state = found.path("status").path("operationState");
        for (JsonNode info : state.path("operation").path("info")) {
            if (info.path("name").asText().equals("driftless.io/operation")) {
                return info.path("value").asText();
            }
        }
        return state.path("startedAt").asText()
                + state.path("syncResult").path("revision").asText();
    }
}
