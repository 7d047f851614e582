package io.driftless.kustomize.patch;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.Scopes;
import io.driftless.kustomize.node.Limits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The schema a build merges with: the built-in one, or that of the first `openapi` field it meets.
///
/// A custom schema replaces the built-in one, except where the built-in one was already asked for a kind outside of its
/// first table; then both count. Builds depend on this.
public final class Schemas implements Scopes {
    private final Limits limits;
    private String version = "";
    private byte @Nullable [] custom;
    private boolean builtinAsked;
    private @Nullable Loaded loaded;

    private record Loaded(boolean builtin, Map<Gvk, MergeSchema> kinds, Set<Gvk> clusterScoped) {}

    public Schemas(Limits limits) {
        this.limits = limits;
    }

    /// Takes the `openapi` field of a kustomization; that of the root always counts, others only when none did yet.
    public void use(Map<String, String> field, byte @Nullable [] schema, boolean root) {
        boolean set = !version.isEmpty() || custom != null;
        if (set && !root) {
            return;
        }
        String wanted = field.get("version");
        if (schema != null) {
            if (wanted != null) {
                throw new KustomizeException("builtin version and custom schema provided, cannot use both");
            }
            custom = schema;
            version = "custom";
            loaded = null;
            return;
        }
        version = wanted == null ? "" : wanted;
        if (!version.isEmpty() && !version.equals(BuiltinSchemas.VERSION)) {
            throw new KustomizeException("the specified OpenAPI version is not built in");
        }
    }

    @Override
    public boolean isClusterScoped(Gvk gvk) {
        if (BuiltinSchemas.isClusterScoped(gvk)) {
            return true;
        }
        if (BuiltinSchemas.knows(gvk)) {
            return false;
        }
        if (custom == null) {
            builtinAsked = true;
            return false;
        }
        return load().clusterScoped.contains(gvk);
    }

    /// The schema of a kind, or null for kinds of which nothing is known.
    @Nullable
    MergeSchema of(Gvk gvk) {
        if (custom == null) {
            return BuiltinSchemas.kinds().get(gvk);
        }
        Loaded known = load();
        MergeSchema schema = known.kinds.get(gvk);
        return schema == null && known.builtin ? BuiltinSchemas.kinds().get(gvk) : schema;
    }

    private Loaded load() {
        Loaded known = loaded;
        if (known == null) {
            Map<Gvk, MergeSchema> kinds = new HashMap<>();
            Set<Gvk> clusterScoped = new HashSet<>();
            byte[] content = custom;
            if (content != null) {
                CustomSchema.read(content, limits, kinds, clusterScoped);
            }
            known = new Loaded(builtinAsked, kinds, clusterScoped);
            loaded = known;
        }
        return known;
    }
}
