package io.driftless.manifest.render;

import io.driftless.events.Condition;
import java.util.List;

/// What came of a render.
public sealed interface RenderResult {
    /// Everything could be read. The same object may appear twice: [Desired] decides which counts.
    record Rendered(List<Manifest> manifests, SourceType sourceType) implements RenderResult {
        public Rendered {
            manifests = List.copyOf(manifests);
        }
    }

    /// Something is wrong with the repository or the source; every condition names place and remedy.
    record Refused(List<Condition> conditions) implements RenderResult {
        public Refused {
            conditions = List.copyOf(conditions);
            if (conditions.isEmpty()) {
                throw new IllegalArgumentException("a refusal needs a reason");
            }
        }
    }
}
