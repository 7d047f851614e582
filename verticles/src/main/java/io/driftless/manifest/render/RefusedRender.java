package io.driftless.manifest.render;

import io.driftless.events.Condition;
import java.util.List;

/// Ends a render from deep inside; [Renderer] turns it into [RenderResult.Refused].
final class RefusedRender extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Condition> conditions;

    RefusedRender(List<Condition> conditions) {
        super(conditions.getFirst().message());
        this.conditions = conditions;
    }

    RefusedRender(String message) {
        this(List.of(new Condition(Condition.COMPARISON_ERROR, message)));
    }

    /// What is wrong lies in the Application, not in the repository.
    static RefusedRender ofSpec(String message) {
        return new RefusedRender(List.of(new Condition(Condition.INVALID_SPEC_ERROR, message)));
    }

    static RefusedRender at(String file, int line, String message) {
        return new RefusedRender((line > 0 ? file + " line " + line : file) + ": " + message);
    }

    List<Condition> conditions() {
        return conditions;
    }
}
