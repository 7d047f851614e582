package io.driftless.sync;

import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.SyncEvent;
import io.driftless.stage.Publication;
import org.jspecify.annotations.Nullable;

/// What follows from somebody asking for a sync.
record Requests(Knowledge known, @Nullable Operation operation, Out out) {

    /// Whether an operation starts; not when the request is refused (which is said) or was taken up before.
    boolean takesUp(SyncRequested request, String chain) {
        Operation current = operation;
        if (current != null && (current.id.equals(request.id()) || current.handledRequests.contains(request.id()))) {
            return false;
        }
        if (known.deleting()) {
            return refuse(request, chain, "the Application is being deleted");
        }
        if (current != null && current.running()) {
            return refuse(request, chain, "another operation is already in progress");
        }
        return true;
    }

    private boolean refuse(SyncRequested request, String chain, String reason) {
        String revision = request.revision() == null ? "" : request.revision();
        out.publications.add(Publication.of(
                new SyncEvent.SyncFailed(request.application(), request.id(), revision, reason, out.now, out.now),
                chain));
        if (operation != null) {
            operation.handled(request.id());
        }
        return false;
    }
}
