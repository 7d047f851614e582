package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Entries.Var;
import io.driftless.kustomize.model.ResId;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.TransformerConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What a kustomization has gathered so far: resources, the configuration its transformers work by, and vars.
final class Accumulator {
    private final ResMap resources = new ResMap();
    private final Map<String, Var> vars = new TreeMap<>();
    private TransformerConfig config = TransformerConfig.EMPTY;

    ResMap resources() {
        return resources;
    }

    TransformerConfig config() {
        return config;
    }

    List<Var> vars() {
        return List.copyOf(vars.values());
    }

    void mergeConfig(TransformerConfig more) {
        config = config.merge(more);
    }

    /// Takes over all that an included kustomization made.
    void merge(Accumulator other) {
        resources.addAll(other.resources.resources());
        mergeConfig(other.config);
        other.vars.values().forEach(this::add);
    }

    /// Vars of a kustomization; the resources they point to remember it, whatever happens to their names later.
    void mergeVars(List<Var> incoming) {
        for (Var var : incoming) {
            ResId wanted = new ResId(var.gvk(), var.target(), var.namespace(), false);
            Predicate<ResId> matches = var.namespace().isEmpty() ? wanted::sameKindAndName : wanted::means;
            List<Resource> found = resources.matchingAnyId(matches);
            if (found.size() > 1) {
                throw new KustomizeException(
                        "found " + found.size() + " resId matches for var " + var.name() + " (unable to disambiguate)");
            }
            found.forEach(resource -> resource.vars().add(var.name()));
        }
        incoming.forEach(this::add);
    }

    private void add(Var var) {
        if (vars.putIfAbsent(var.name(), var) != null) {
            throw new KustomizeException("var '" + var.name() + "' already encountered");
        }
    }
}
