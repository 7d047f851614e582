package io.driftless.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Applications by their keys, by project, and by parts of their names, so that nobody who looks for few of them walks
/// through all. Written by one thread, read by many.
final class ApplicationIndex {
    private static final int GRAM = 3;
    private final ConcurrentSkipListMap<String, HeldApplication> all = new ConcurrentSkipListMap<>();
    private final Map<String, NavigableMap<String, HeldApplication>> byProject = new ConcurrentHashMap<>();
    /// By every three letters that follow each other in a name.
    private final Map<String, NavigableMap<String, HeldApplication>> byGram = new ConcurrentHashMap<>();

    @Nullable
    HeldApplication get(String key) {
        return all.get(key);
    }

    /// What was there of this key before.
    @Nullable
    HeldApplication put(HeldApplication held) {
        HeldApplication before = all.put(held.key(), held);
        if (before != null && !before.facts().project().equals(held.facts().project())) {
            leave(byProject, before.facts().project(), before.key());
        }
        join(byProject, held.facts().project(), held);
        grams(held.name().name()).forEach(gram -> join(byGram, gram, held));
        return before;
    }

    @Nullable
    HeldApplication remove(String key) {
        HeldApplication last = all.remove(key);
        if (last != null) {
            leave(byProject, last.facts().project(), key);
            grams(last.name().name()).forEach(gram -> leave(byGram, gram, key));
        }
        return last;
    }

    private static void join(
            Map<String, NavigableMap<String, HeldApplication>> index, String word, HeldApplication held) {
        index.compute(word, (key, before) -> {
            NavigableMap<String, HeldApplication> inside = before == null ? new ConcurrentSkipListMap<>() : before;
            inside.put(held.key(), held);
            return inside;
        });
    }

    private static void leave(Map<String, NavigableMap<String, HeldApplication>> index, String word, String key) {
        index.computeIfPresent(word, (same, inside) -> {
            inside.remove(key);
            return inside.isEmpty() ? null : inside;
        });
    }

    private static List<String> grams(String name) {
        List<String> grams = new ArrayList<>();
        for (int i = 0; i + GRAM <= name.length(); i++) {
            grams.add(name.substring(i, i + GRAM));
        }
        return grams;
    }

    Collection<String> keys() {
        return all.keySet();
    }

    /// All, in the order of their keys.
    SortedMap<String, HeldApplication> all() {
        return all;
    }

    /// Those of one project, in the order of their keys.
    SortedMap<String, HeldApplication> ofProject(String project) {
        NavigableMap<String, HeldApplication> inside = byProject.get(project);
        return inside == null ? Collections.emptySortedMap() : inside;
    }

    /// As few as can be told quickly that hold all whose name holds `part`.
    SortedMap<String, HeldApplication> likely(String part) {
        SortedMap<String, HeldApplication> fewest = all;
        int least = Integer.MAX_VALUE;
        for (String gram : grams(part)) {
            NavigableMap<String, HeldApplication> with = byGram.get(gram);
            if (with == null) {
                return Collections.emptySortedMap();
            }
            // The size of such a map is counted, so those that are surely larger are not counted to the end.
            int size = smaller(with, least);
            if (size < least) {
                least = size;
                fewest = with;
            }
        }
        return fewest;
    }

    private static int smaller(NavigableMap<String, HeldApplication> map, int bound) {
        int count = 0;
        for (String ignored : map.keySet()) {
            if (++count >= bound) {
                break;
            }
        }
        return count;
    }
}
