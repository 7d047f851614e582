package io.driftless.kustomize.model;

import io.driftless.kustomize.KustomizeException;
import java.util.ArrayList;
import java.util.List;

/// Merging lists of field specs: one already there is kept, one that contradicts it is an error.
public final class FieldSpecs {
    private FieldSpecs() {}

    public static List<FieldSpec> merge(List<FieldSpec> known, List<FieldSpec> incoming) {
        if (incoming.isEmpty() || known == incoming) {
            return known;
        }
        List<FieldSpec> result = new ArrayList<>(known);
        for (FieldSpec spec : incoming) {
            add(result, spec);
        }
        return result.size() == known.size() ? known : result;
    }

    private static void add(List<FieldSpec> known, FieldSpec spec) {
        for (FieldSpec one : known) {
            if (one.covers(spec)) {
                if (one.create() != spec.create()) {
                    throw new KustomizeException("conflicting fieldspecs");
                }
                return;
            }
        }
        known.add(spec);
    }

    /// In the order of their kinds.
    public static List<FieldSpec> sorted(List<FieldSpec> specs) {
        List<FieldSpec> result = new ArrayList<>(specs);
        result.sort((a, b) -> KindOrder.DEFAULT.compare(a.gvk(), b.gvk()));
        return result;
    }
}
