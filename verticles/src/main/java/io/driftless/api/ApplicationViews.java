package io.driftless.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.api.HeldApplication.View;
import io.driftless.api.ReadModel.Compared;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.http.Answers;
import io.driftless.proto.Written;
import org.jspecify.annotations.Nullable;

/// Applications as clients are to see them: the resource, and what the topics say that has not
/// reached it yet. Each is put together and written once for all who ask, until something of it
/// changes.
final class ApplicationViews {
    private final ReadModel model;

    ApplicationViews(ReadModel model) {
        this.model = model;
    }

    /// What of the topics belongs to an Application now. Events are never changed, so the same event means the same
    /// view.
    private record Causes(
            @Nullable Compared compared,
            @Nullable SyncRequested pending,
            @Nullable OperationRecorded operation) {
        @SuppressWarnings("ReferenceEquality")
        boolean same(Object other) {
            return other instanceof Causes causes
                    && causes.compared == compared
                    && causes.pending == pending
                    && causes.operation == operation;
        }
    }

    /// For those who ask for it alone: with how healthy each of its resources is.
    Written whole(HeldApplication application) {
        Causes causes = causes(application);
        Compared compared = causes.compared();
        if (compared == null) {
            return of(application);
        }
        View before = application.whole();
        if (before != null && causes.same(before.causes())) {
            return before.shown();
        }
        ObjectNode tree = (ObjectNode) written(application, causes).tree();
        ResourceHealth.add(tree, compared.verdict());
        Written shown = new Written(Answers.bytes(tree));
        application.showWhole(new View(causes, shown));
        return shown;
    }

    private Causes causes(HeldApplication application) {
        return new Causes(
                model.comparison(application.key()).orElse(null),
                model.pendingSync(application.key()).orElse(null),
                model.operation(application.key()).orElse(null));
    }

    Written of(HeldApplication application) {
        Causes causes = causes(application);
        View before = application.view();
        if (before != null && causes.same(before.causes())) {
            return before.shown();
        }
        Written shown = written(application, causes);
        application.show(new View(causes, shown));
        return shown;
    }

    private static Written written(HeldApplication application, Causes causes) {
        StatusFacts status = application.facts().status();
        Compared compared = causes.compared();
        OperationRecorded operation = causes.operation();
        boolean drift = compared != null && DriftOverlay.behind(status, compared);
        boolean operating = operation != null && OperationOverlay.behind(status, operation);
        if (!drift && !operating && causes.pending() == null) {
            return application.document();
        }
        ObjectNode tree = application.tree();
        if (compared != null && drift) {
            DriftOverlay.add(tree, compared);
        }
        if (causes.pending() != null) {
            OperationOverlay.add(tree, causes.pending());
        } else if (operation != null && operating) {
            OperationOverlay.add(tree, operation);
        }
        return new Written(Answers.bytes(tree));
    }
}
