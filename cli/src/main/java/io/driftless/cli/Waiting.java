package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Follows one Application until it is as wished.
record Waiting(ApiClient api, ApplicationRef application, TimeoutOption timeout, WaitProgress progress) {
    private static final Duration LOOK = Duration.ofSeconds(5);

    /// The Application as it was wished, or, when the time is up, as it is, with what is the matter.
    ///
    /// @param late what is to be said with exit code 20; null when all is well
    record Outcome(JsonNode app, @Nullable CommandFailure late) {}

    /// Fails with exit code 20 when it is deleted meanwhile, or loses the health that is waited for.
    Outcome until(AppWait wished) {
        JsonNode first = api.get(application.path("", ""));
        if (wished.holds(first)) {
            return new Outcome(first, null);
        }
        progress.saw(first, false);
        JsonNode[] last = {first};
        boolean held = api.stream(application.streamPath(), timeout.limit(), event -> {
            JsonNode app = event.path("application");
            if (event.path("type").asText().equals("DELETED")) {
                throw new CommandFailure(ExitCode.API, "application '" + application.name() + "' was deleted");
            }
            last[0] = app;
            progress.saw(app, wished.health() && !wished.degraded());
            return wished.holds(app);
        });
        return new Outcome(last[0], held ? null : late(application, timeout.limit()));
    }

    /// Until it is gone; fails with exit code 20 when the time is up before.
    static void untilGone(ApiClient api, ApplicationRef application, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (api.find(application.path("", "")).isPresent()) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative()) {
                throw late(application, limit);
            }
            // What goes between the look and the stream is never told: so another look is taken now and then.
            Duration span = left.compareTo(LOOK) < 0 ? left : LOOK;
            api.stream(
                    application.streamPath(),
                    span,
                    event -> event.path("type").asText().equals("DELETED"));
        }
    }

    private static CommandFailure late(ApplicationRef application, Duration limit) {
        return new CommandFailure(
                ExitCode.API,
                "timed out (" + limit.toSeconds() + "s) waiting for app \"" + application.name()
                        + "\" match desired state");
    }
}
