package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Entries.SortOptions;
import io.driftless.kustomize.model.KindOrder;
import io.driftless.kustomize.model.ResId;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import java.util.ArrayList;
import java.util.List;

/// Brings resources into the order in which they can be applied.
public final class SortOrder implements Transformer {
    private final KindOrder order;

    private SortOrder(KindOrder order) {
        this.order = order;
    }

    public static SortOrder legacy() {
        return new SortOrder(KindOrder.DEFAULT);
    }

    /// The order a kustomization asks for; `fifo` changes nothing.
    public static Transformer of(SortOptions options) {
        if (!options.order().equals("fifo") && !options.order().equals("legacy")) {
            throw new KustomizeException("the field 'sortOptions.order' must be one of [fifo, legacy]");
        }
        if (options.order().equals("legacy")) {
            return options.hasLegacy() ? new SortOrder(new KindOrder(options.first(), options.last())) : legacy();
        }
        if (options.hasLegacy()) {
            throw new KustomizeException(
                    "the field 'sortOptions.legacySortOptions' is set but the selected sort order is '"
                            + options.order() + "', not 'legacy'");
        }
        return map -> {};
    }

    private record Keyed(ResId id, String key, Resource resource) {}

    @Override
    public void transform(ResMap map) {
        List<Keyed> keyed = new ArrayList<>(map.size());
        for (Resource resource : map.resources()) {
            ResId id = resource.currentId();
            keyed.add(new Keyed(
                    id,
                    id.gvk() + "|" + (id.namespace().isEmpty() ? "~X" : id.namespace()) + "|"
                            + (id.name().isEmpty() ? "~N" : id.name()),
                    resource));
        }
        keyed.sort((a, b) -> a.id.gvk().equals(b.id.gvk())
                ? a.key.compareTo(b.key)
                : order.compareForOutput(a.id.gvk(), b.id.gvk()));
        map.replaceAll(keyed.stream().map(Keyed::resource).toList());
    }
}
