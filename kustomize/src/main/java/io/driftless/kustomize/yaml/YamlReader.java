package io.driftless.kustomize.yaml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/// Walks the documents of a text and has a tree built of each: nesting bounded, anchors known, aliases expanded by
/// copies.
///
/// Faults of the text itself leave as the parser's exceptions, also from the constructor; all others as what
/// [#refusal] makes of them.
///
/// @param <N> a node of the trees
public abstract class YamlReader<N> {

    /// What well-formed YAML may still do wrong.
    public enum Refusal {
        NESTED_TOO_DEEPLY,
        ANCHOR_CONTAINS_ITSELF,
        ANCHOR_UNKNOWN,
        UNEXPECTED
    }

    /// Takes one entry of a map, with the events that its key and value began with.
    @FunctionalInterface
    protected interface Entry<N> {
        void accept(Event keyStart, N key, Event valueStart, N value);
    }

    private final ParserImpl events;
    private final int deepest;
    private final Map<String, N> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private int depth;

    /// @param deepest how many maps and lists may lie in one another
    protected YamlReader(String text, int deepest) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(deepest + 1);
        this.events = new ParserImpl(new WholeText(text), options);
        this.deepest = deepest;
    }

    protected abstract N scalar(ScalarEvent scalar);

    /// A list, its items taken from [#items].
    protected abstract N list(SequenceStartEvent start);

    /// A map, its entries taken from [#entries].
    protected abstract N map(MappingStartEvent start);

    /// What an alias stands for, its size accounted for.
    protected abstract N copy(AliasEvent alias, N target);

    /// The exception for a fault; `anchor` is empty where none is concerned.
    protected abstract RuntimeException refusal(Event at, Refusal why, String anchor);

    /// What the content of the next document begins with, or null after the last.
    protected final @Nullable Event nextDocument() {
        while (events.peekEvent() != null) {
            if (events.getEvent() instanceof DocumentStartEvent) {
                anchors.clear();
                return events.getEvent();
            }
        }
        return null;
    }

    /// The tree that begins with an event.
    protected final N node(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> remember(scalar.getAnchor(), scalar(scalar));
            case CollectionStartEvent start -> collection(start);
            case AliasEvent alias -> alias(alias);
            default -> throw refusal(event, Refusal.UNEXPECTED, "");
        };
    }

    protected final void items(Consumer<N> each) {
        for (Event event = events.getEvent(); !event.is(Event.ID.SequenceEnd); event = events.getEvent()) {
            each.accept(node(event));
        }
    }

    protected final void entries(Entry<N> each) {
        for (Event event = events.getEvent(); !event.is(Event.ID.MappingEnd); event = events.getEvent()) {
            N key = node(event);
            Event value = events.getEvent();
            each.accept(event, key, value, node(value));
        }
    }

    private N collection(CollectionStartEvent start) {
        if (++depth > deepest) {
            throw refusal(start, Refusal.NESTED_TOO_DEEPLY, "");
        }
        String anchor = start.getAnchor();
        if (anchor != null) {
            open.add(anchor);
        }
        N node = start instanceof MappingStartEvent map ? map(map) : list((SequenceStartEvent) start);
        depth--;
        return remember(anchor, node);
    }

    private N alias(AliasEvent alias) {
        String name = alias.getAnchor();
        if (open.contains(name)) {
            throw refusal(alias, Refusal.ANCHOR_CONTAINS_ITSELF, name);
        }
        N target = anchors.get(name);
        if (target == null) {
            throw refusal(alias, Refusal.ANCHOR_UNKNOWN, name);
        }
        return copy(alias, target);
    }

    private N remember(@Nullable String anchor, N node) {
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, node);
        }
        return node;
    }
}
