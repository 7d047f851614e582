package io.driftless.sync;

import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The running or last operation while it is being decided on: what is recorded of it, and what this
/// process alone knows (which writes are under way). A new one made from the record goes on where the
/// old one was.
final class Operation {
    static final int REMEMBERED_REQUESTS = 20;

    final ApplicationName application;
    final String uid;
    final String id;
    final String requestedBy;
    final boolean automated;
    final boolean selfHeal;
    final int selfHealAttempts;
    final @Nullable SyncRequested request;
    final Instant startedAt;
    final String chain;

    long sequence;
    Phase phase = Phase.RUNNING;
    String revision = "";
    String render = "";
    int attempt;

    @Nullable
    Instant retryAt;

    @Nullable
    Instant finishedAt;

    String message = "";
    final Map<ResourceId, ResourceResult> results = new LinkedHashMap<>();
    final List<String> handledRequests = new ArrayList<>();

    /// Writes under way in this process, and what is known of those to be decided anew.
    final InFlight inFlight = new InFlight();

    /// Whether there is something that the record does not say yet.
    boolean unrecorded;

    /// Whether the writes recorded are the last ones. Unknown after a restart, then the plan is made anew.
    boolean lastWave;

    /// Whether the start of this attempt was said.
    boolean announced;

    /// Since when there is no comparison to go on with; null while there is one.
    @Nullable
    Instant blindSince;

    Operation(OperationRecorded record, String chain) {
        application = record.application();
        uid = record.uid();
        id = record.id();
        requestedBy = record.requestedBy();
        automated = record.automated();
        selfHeal = record.selfHeal();
        selfHealAttempts = record.selfHealAttempts();
        request = record.request();
        startedAt = record.startedAt();
        this.chain = chain;
        sequence = record.sequence();
        phase = record.phase();
        revision = record.revision();
        render = record.render();
        attempt = record.attempt();
        retryAt = record.retryAt();
        finishedAt = record.finishedAt();
        message = record.message();
        record.resources().forEach(result -> results.put(result.resource(), result));
        handledRequests.addAll(record.handledRequests());
        announced = !results.isEmpty();
    }

    /// The record of what is known now.
    // NullAway does not see that a nullable component of a nested type in a compiled record is nullable.
    @SuppressWarnings("NullAway")
    OperationRecorded record() {
        return new OperationRecorded(
                application,
                uid,
                id,
                sequence,
                phase,
                revision,
                render,
                requestedBy,
                automated,
                selfHeal,
                request,
                attempt,
                retryAt,
                selfHealAttempts,
                startedAt,
                finishedAt,
                message,
                List.copyOf(results.values()),
                List.copyOf(handledRequests));
    }

    boolean running() {
        return !phase.completed();
    }

    boolean dryRun() {
        return request != null && request.dryRun();
    }

    boolean cascade() {
        return id.equals(OperationRecorded.cascadeId(uid));
    }

    /// Remembers that a request was taken up, so that its repetition is recognised.
    void handled(String requestId) {
        handledRequests.add(requestId);
        if (handledRequests.size() > REMEMBERED_REQUESTS) {
            handledRequests.removeFirst();
        }
        unrecorded = true;
    }

    void put(ResourceResult result) {
        results.put(result.resource(), result);
    }

    List<ResourceResult> open() {
        return results.values().stream()
                .filter(result -> result.status().equals(ResourceResult.RUNNING))
                .toList();
    }

    List<ResourceResult> with(String status) {
        return results.values().stream()
                .filter(result -> result.status().equals(status))
                .toList();
    }

    /// The same result with what came of it.
    static ResourceResult ended(ResourceResult intent, String status, String message, String resourceVersion) {
        return new ResourceResult(
                intent.resource(),
                intent.apiVersion(),
                status,
                message,
                intent.decidedOn(),
                resourceVersion,
                intent.digest());
    }
}
