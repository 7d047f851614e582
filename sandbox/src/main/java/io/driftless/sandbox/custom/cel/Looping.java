package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Macros that go through a list or a map.
final class Looping {
    private final Node.Loop loop;
    private final Evaluation evaluation;
    private final Steps steps;

    private Looping(Node.Loop loop, Evaluation evaluation, Steps steps) {
        this.loop = loop;
        this.evaluation = evaluation;
        this.steps = steps;
    }

    static Object value(Node.Loop loop, Evaluation evaluation, Steps steps) {
        Object range = evaluation.value(loop.range());
        steps.items(Values.isMap(range) ? Values.size(range) : 1);
        Looping looping = new Looping(loop, evaluation, steps);
        return switch (loop.macro()) {
            case "all" -> looping.quantified(range, false);
            case "exists" -> looping.quantified(range, true);
            case "exists_one", "existsOne" -> looping.count(range) == 1;
            case "filter" -> looping.filtered(range);
            case "map", "transformList" -> looping.list(range);
            case "sortBy" -> {
                List<Object> items = new ArrayList<>(Values.range(range));
                yield ListFunctions.sorted(items, looping.list(range), steps);
            }
            default -> looping.map(range);
        };
    }

    /// The value of a part of the macro for an item.
    private Object value(Node node, Object range, Object item, long place) {
        if (loop.second().isEmpty()) {
            return evaluation.with(loop.name(), item, node);
        }
        boolean list = range instanceof List<?>;
        Object first = list ? (Object) place : item;
        Object second = list ? item : Lookups.find(range, item).orElse(Values.NULL);
        return evaluation.with(loop.name(), first, loop.second(), second, node);
    }

    private boolean chosen(Object range, Object item, long place) {
        return loop.condition() == null || Values.truth(value(loop.condition(), range, item, place));
    }

    /// An item that decides counts, even where others have no value.
    private boolean quantified(Object range, boolean decides) {
        CelException failed = null;
        long place = 0;
        for (Object item : Values.range(range)) {
            try {
                if (Values.truth(value(loop.body(), range, item, place++)) == decides) {
                    return decides;
                }
            } catch (CelException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return !decides;
    }

    private long count(Object range) {
        long count = 0;
        long place = 0;
        for (Object item : Values.range(range)) {
            count += Values.truth(value(loop.body(), range, item, place++)) ? 1 : 0;
        }
        return count;
    }

    private List<Object> filtered(Object range) {
        List<Object> out = new ArrayList<>();
        for (Object item : Values.range(range)) {
            if (Values.truth(value(loop.body(), range, item, 0))) {
                out.add(item);
            }
        }
        return out;
    }

    private List<Object> list(Object range) {
        List<Object> out = new ArrayList<>();
        long place = 0;
        for (Object item : Values.range(range)) {
            if (chosen(range, item, place)) {
                out.add(value(loop.body(), range, item, place));
            }
            place++;
        }
        return out;
    }

    private Map<Object, Object> map(Object range) {
        Map<Object, Object> out = new LinkedHashMap<>();
        long place = 0;
        for (Object item : Values.range(range)) {
            if (chosen(range, item, place)) {
                Object made = value(loop.body(), range, item, place);
                if (loop.macro().equals("transformMap")) {
                    put(out, range instanceof List<?> ? (Object) place : item, made);
                } else {
                    Values.range(made)
                            .forEach(
                                    key -> put(out, key, Lookups.find(made, key).orElseThrow()));
                }
            }
            place++;
        }
        return out;
    }

    private void put(Map<Object, Object> out, Object key, Object value) {
        steps.take(1);
        if (Lookups.find(out, key).isPresent()) {
            throw new CelException("insert failed: key " + TextFormat.plain(key) + " already exists");
        }
        out.put(Values.key(key), value);
    }
}
