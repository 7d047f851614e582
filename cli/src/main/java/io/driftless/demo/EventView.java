package io.driftless.demo;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.SyncEvent.ResourceApplied;
import io.driftless.events.SyncEvent.ResourceFailed;
import io.driftless.events.SyncEvent.ResourcePruned;
import io.driftless.events.SyncEvent.SyncFailed;
import io.driftless.events.SyncEvent.SyncStarted;
import io.driftless.events.SyncEvent.SyncSucceeded;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The events that people like to follow, one line each, with the milliseconds since the chain they belong to began.
final class EventView implements Consumer<Envelope> {
    private static final int CHAINS_KEPT = 1_000;
    private final PrintWriter out;
    private final Map<String, Instant> chains = new HashMap<>();

    EventView(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(Envelope envelope) {
        String line = line(envelope.event());
        if (line == null) {
            return;
        }
        if (chains.size() > CHAINS_KEPT) {
            chains.clear();
        }
        Instant start = chains.computeIfAbsent(envelope.chain(), chain -> envelope.time());
        long millis = Duration.between(start, envelope.time()).toMillis();
        out.println(String.format("%+6d ms  %s", millis, line));
        out.flush();
    }

    private static @Nullable String line(Event event) {
        return switch (event) {
            case RepositoryPushed e -> "pushed     " + e.repository() + " " + e.ref() + " " + brief(e.after());
            case ApplicationDeclared e -> "declared   " + e.application();
            case ApplicationRejected e ->
                "rejected   " + e.application() + " "
                        + e.conditions().getFirst().message();
            case ManifestsRendered e ->
                "rendered   " + e.application() + " " + brief(e.revision()) + ", "
                        + e.resources().size() + " resources in " + (e.fetchMicros() + e.renderMicros()) / 1000 + " ms";
            case RenderFailed e ->
                "unrendered " + e.application() + " "
                        + e.conditions().getFirst().message();
            case ApplicationCompared e ->
                "compared   " + e.application() + " " + e.status() + " "
                        + e.health().status();
            case SyncStarted e ->
                "syncing    " + e.application() + " to " + brief(e.revision()) + ", " + e.resources() + " resources";
            case ResourceApplied e -> (e.created() ? "created    " : "configured ") + e.resource();
            case ResourcePruned e -> "pruned     " + e.resource();
            case ResourceFailed e -> "failed     " + e.resource() + ": " + e.message();
            case SyncSucceeded e ->
                "synced     " + e.application() + " in "
                        + Duration.between(e.startedAt(), e.finishedAt()).toMillis() + " ms";
            case SyncFailed e -> "sync failed " + e.application() + ": " + e.message();
            default -> null;
        };
    }

    private static String brief(@Nullable String sha) {
        return sha == null ? "(deleted)" : sha.length() > 7 ? sha.substring(0, 7) : sha;
    }
}
