package io.driftless.manifest.git;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The refs of a repository as its host last told them.
///
/// @param refs   full name → object id (a tag object for annotated tags)
/// @param head   what `HEAD` names, null when detached or unknown
/// @param headId the object `HEAD` leads to, null in an empty repository
/// @param listed when all of them were last compared
public record Heads(
        Map<String, String> refs,
        @Nullable String head,
        @Nullable String headId,
        Instant listed) {
    public Heads {
        refs = java.util.Collections.unmodifiableMap(new TreeMap<>(refs));
    }

    Heads moved(String ref, @Nullable String id) {
        Map<String, String> changed = new TreeMap<>(refs);
        if (id == null) {
            changed.remove(ref);
        } else {
            changed.put(ref, id);
        }
        return new Heads(changed, head, ref.equals(head) ? id : headId, listed);
    }
}
