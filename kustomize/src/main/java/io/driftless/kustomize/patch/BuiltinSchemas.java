package io.driftless.kustomize.patch;

import io.driftless.kustomize.model.DefaultConfig;
import io.driftless.kustomize.model.Gvk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The merge keys of the kinds of Kubernetes 1.21.2, and which of them belong to no namespace, read once from
/// `merge-keys-1.21.2.txt`.
final class BuiltinSchemas {
    static final String VERSION = "v1.21.2";

    private static final Map<String, MergeSchema> TYPES = new HashMap<>();
    private static final Map<Gvk, MergeSchema> KINDS = new HashMap<>();
    private static final Set<Gvk> CLUSTER_SCOPED = new HashSet<>();

    static {
        for (String line : DefaultConfig.lines("/io/driftless/kustomize/merge-keys-1.21.2.txt")) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "=" ->
                    KINDS.put(Gvk.of(words[1], words[2]), words[3].equals("-") ? MergeSchema.OPAQUE : type(words[3]));
                case "~" -> CLUSTER_SCOPED.add(Gvk.of(words[1], words[2]));
                default -> fields(type(words[0]), words);
            }
        }
    }

    private BuiltinSchemas() {}

    static Map<Gvk, MergeSchema> kinds() {
        return KINDS;
    }

    static boolean isClusterScoped(Gvk gvk) {
        return CLUSTER_SCOPED.contains(gvk);
    }

    static boolean knows(Gvk gvk) {
        return KINDS.containsKey(gvk);
    }

    private static MergeSchema type(String name) {
        return name.isEmpty() ? MergeSchema.OPAQUE : TYPES.computeIfAbsent(name, none -> new MergeSchema());
    }

    /// `field:Type`, `field*ItemType` or `field[keys]ItemType`.
    private static void fields(MergeSchema type, String[] words) {
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            int bracket = word.indexOf('[');
            if (bracket > 0) {
                int end = word.indexOf(']');
                String keys = word.substring(bracket + 1, end);
                type.put(
                        word.substring(0, bracket),
                        MergeSchema.mergedList(
                                keys.isEmpty() ? List.of() : List.of(keys.split(",")), type(word.substring(end + 1))));
            } else if (word.indexOf('*') > 0) {
                int star = word.indexOf('*');
                type.put(word.substring(0, star), MergeSchema.list(type(word.substring(star + 1))));
            } else {
                int colon = word.indexOf(':');
                type.put(word.substring(0, colon), type(word.substring(colon + 1)));
            }
        }
    }
}
