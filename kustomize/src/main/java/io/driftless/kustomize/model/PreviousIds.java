package io.driftless.kustomize.model;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ids a resource had before, oldest first, as [BuildNotes] hold them: three lists separated by commas.
///
/// @param notes what they were read from
record PreviousIds(String notes, List<ResId> ids) {
    /// Reads them, unless `known` was read from the same.
    static PreviousIds in(Node annotations, String apiVersion, @Nullable PreviousIds known) {
        String names = text(annotations, BuildNotes.PREVIOUS_NAMES);
        String namespaces = text(annotations, BuildNotes.PREVIOUS_NAMESPACES);
        String kinds = text(annotations, BuildNotes.PREVIOUS_KINDS);
        String notes = names + "\n" + namespaces + "\n" + kinds + "\n" + apiVersion;
        return known != null && notes.equals(known.notes)
                ? known
                : new PreviousIds(
                        notes,
                        read(
                                names.split(",", -1),
                                namespaces.split(",", -1),
                                kinds.split(",", -1),
                                Gvk.of(apiVersion, "")));
    }

    private static String text(Node map, String key) {
        Node value = map.get(key);
        return value == null ? "" : value.text();
    }

    private static List<ResId> read(String[] names, String[] namespaces, String[] kinds, Gvk now) {
        if (names.length != namespaces.length || names.length != kinds.length) {
            throw new KustomizeException(
                    "number of previous names, number of previous namespaces, number of previous kinds not equal");
        }
        List<ResId> ids = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            ids.add(new ResId(new Gvk(now.group(), now.version(), kinds[i]), names[i], namespaces[i], false));
        }
        return ids;
    }
}
