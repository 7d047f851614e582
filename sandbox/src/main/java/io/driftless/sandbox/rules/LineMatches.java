package io.driftless.sandbox.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which lines two texts have in common, found as the difflib of the real server finds them: the longest run first,
/// then
/// the same to its left and to its right. In long texts a run never begins with a line that is there too often.
final class LineMatches {
    private static final int LONG = 200;
    private final List<String> before;
    private final List<String> after;
    private final Map<String, List<Integer>> places = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();

    /// A run of the same lines, by where it begins in each of the texts.
    record Block(int before, int after, int size) {}

    LineMatches(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
        for (int i = 0; i < after.size(); i++) {
            places.computeIfAbsent(after.get(i), _ -> new ArrayList<>()).add(i);
        }
        if (after.size() >= LONG) {
            places.values().removeIf(found -> found.size() > after.size() / 100 + 1);
        }
        collect(0, before.size(), 0, after.size());
    }

    /// In the order of the texts.
    List<Block> blocks() {
        return blocks;
    }

    private void collect(int from, int to, int otherFrom, int otherTo) {
        Block longest = widened(longest(from, to, otherFrom, otherTo), from, to, otherFrom, otherTo);
        if (longest.size() == 0) {
            return;
        }
        if (from < longest.before() && otherFrom < longest.after()) {
            collect(from, longest.before(), otherFrom, longest.after());
        }
        blocks.add(longest);
        int end = longest.before() + longest.size();
        int otherEnd = longest.after() + longest.size();
        if (end < to && otherEnd < otherTo) {
            collect(end, to, otherEnd, otherTo);
        }
    }

    private Block longest(int from, int to, int otherFrom, int otherTo) {
        Block best = new Block(from, otherFrom, 0);
        Map<Integer, Integer> lengths = Map.of();
        for (int i = from; i < to; i++) {
            Map<Integer, Integer> next = new HashMap<>();
            for (int j : places.getOrDefault(before.get(i), List.of())) {
                if (j >= otherFrom && j < otherTo) {
                    int size = lengths.getOrDefault(j - 1, 0) + 1;
                    next.put(j, size);
                    if (size > best.size()) {
                        best = new Block(i - size + 1, j - size + 1, size);
                    }
                }
            }
            lengths = next;
        }
        return best;
    }

    /// With the lines on both sides that are the same too.
    private Block widened(Block block, int from, int to, int otherFrom, int otherTo) {
        int start = block.before();
        int otherStart = block.after();
        int size = block.size();
        while (start > from && otherStart > otherFrom && before.get(start - 1).equals(after.get(otherStart - 1))) {
            start--;
            otherStart--;
            size++;
        }
        while (start + size < to
                && otherStart + size < otherTo
                && before.get(start + size).equals(after.get(otherStart + size))) {
            size++;
        }
        return new Block(start, otherStart, size);
    }
}
