package io.driftless.kustomize.model;

import io.driftless.kustomize.KustomizeException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which fields the transformers of a build touch: the defaults and what `configurations` and `crds` add.
public final class TransformerConfig {
    /// The sets of fields, by the name a configuration file gives them.
    public enum Set {
        NAME_PREFIX("namePrefix", "NamePrefix"),
        NAME_SUFFIX("nameSuffix", "NameSuffix"),
        NAMESPACE("namespace", "NameSpace"),
        COMMON_LABELS("commonLabels", "CommonLabels"),
        LABELS("labels", "Labels"),
        TEMPLATE_LABELS("templateLabels", "TemplateLabels"),
        COMMON_ANNOTATIONS("commonAnnotations", "CommonAnnotations"),
        VAR_REFERENCE("varReference", "VarReference"),
        IMAGES("images", "Images"),
        REPLICAS("replicas", "Replicas");

        private final String key;
        private final String title;

        Set(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }
    }

    /// Fields that hold the name of an object of some kind.
    public record NameReference(Gvk target, List<FieldSpec> referrers) {}

    public static final TransformerConfig EMPTY = new TransformerConfig(new EnumMap<>(Set.class), List.of());

    private final Map<Set, List<FieldSpec>> sets;
    private final List<NameReference> nameReferences;

    public TransformerConfig(Map<Set, List<FieldSpec>> sets, List<NameReference> nameReferences) {
        this.sets = sets;
        this.nameReferences = nameReferences;
    }

    public List<FieldSpec> get(Set set) {
        return sets.getOrDefault(set, List.of());
    }

    public List<NameReference> nameReferences() {
        return nameReferences;
    }

    public TransformerConfig merge(TransformerConfig other) {
        if (other == EMPTY || other == this) {
            return this;
        }
        if (this == EMPTY) {
            return other;
        }
        Map<Set, List<FieldSpec>> merged = new EnumMap<>(Set.class);
        boolean changed = false;
        for (Set set : Set.values()) {
            List<FieldSpec> known = get(set);
            List<FieldSpec> result = within(set.title, known, other.get(set));
            changed |= result != known;
            merged.put(set, result == known ? known : FieldSpecs.sorted(result));
        }
        List<NameReference> names = mergeNames(nameReferences, other.nameReferences);
        return changed || names != nameReferences ? new TransformerConfig(merged, names) : this;
    }

    private static List<FieldSpec> within(String title, List<FieldSpec> known, List<FieldSpec> incoming) {
        try {
            return FieldSpecs.merge(known, incoming);
        } catch (KustomizeException conflict) {
            throw conflict.within("failed to merge " + title + " fieldSpec");
        }
    }

    private static List<NameReference> mergeNames(List<NameReference> known, List<NameReference> incoming) {
        if (incoming.isEmpty() || known == incoming) {
            return known;
        }
        List<NameReference> result = new ArrayList<>(known);
        boolean changed = false;
        for (NameReference reference : incoming) {
            boolean found = false;
            for (int i = 0; i < result.size(); i++) {
                NameReference one = result.get(i);
                if (one.target().equals(reference.target())) {
                    found = true;
                    List<FieldSpec> merged = within("NameReference", one.referrers(), reference.referrers());
                    changed |= merged != one.referrers();
                    result.set(i, new NameReference(one.target(), merged));
                }
            }
            if (!found) {
                changed = true;
                result.add(reference);
            }
        }
        if (!changed) {
            return known;
        }
        result.sort((a, b) -> KindOrder.DEFAULT.compare(a.target(), b.target()));
        return result;
    }
}
