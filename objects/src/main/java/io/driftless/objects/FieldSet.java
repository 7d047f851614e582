package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A set of field paths, the `fieldsV1` of `metadata.managedFields`. A tree: each node says whether its own
/// path belongs to the set, and what lies below it. Immutable.
public final class FieldSet {
    /// The set without any path.
    public static final FieldSet EMPTY = new FieldSet(false, new TreeMap<>());

    private final boolean member;
    private final TreeMap<Step, FieldSet> children;

    /// Takes the children over.
    FieldSet(boolean member, TreeMap<Step, FieldSet> children) {
        this.member = member;
        this.children = children;
    }

    /// One step of a path. The order of steps is that of their serialised form.
    public sealed interface Step extends Comparable<Step> {
        /// As in `fieldsV1`: `f:name`, `k:{"name":"a"}`, `v:"x"`, `i:0`.
        default String serialised() {
            return tag() + ":" + body();
        }

        /// The letter of the serialised form.
        char tag();

        /// What follows the letter.
        String body();

        /// As in the messages of the API server: `.name`, `[name="a"]`, `[="x"]`, `[0]`.
        String readable();

        @Override
        default int compareTo(Step other) {
            int kind = Character.compare(tag(), other.tag());
            return kind != 0 ? kind : body().compareTo(other.body());
        }
    }

    /// A field of an object.
    public record Field(String name) implements Step {
        @Override
        public char tag() {
            return 'f';
        }

        @Override
        public String body() {
            return name;
        }

        @Override
        public String readable() {
            return "." + name;
        }
    }

    /// An item of a list that is merged by key; `json` is the sorted JSON text of its keys.
    public record Key(String json) implements Step {
        /// The keys and their values.
        public JsonNode values() {
            return FieldsV1.parseJson(json);
        }

        @Override
        public char tag() {
            return 'k';
        }

        @Override
        public String body() {
            return json;
        }

        @Override
        public String readable() {
            List<String> parts = new ArrayList<>();
            values().properties().forEach(e -> parts.add(e.getKey() + "=" + e.getValue()));
            return "[" + String.join(",", parts) + "]";
        }
    }

    /// An item of a set; `json` is its JSON text.
    public record Value(String json) implements Step {
        @Override
        public char tag() {
            return 'v';
        }

        @Override
        public String body() {
            return json;
        }

        @Override
        public String readable() {
            return "[=" + json + "]";
        }
    }

    /// An item known by its position alone.
    public record Index(int index) implements Step {
        @Override
        public char tag() {
            return 'i';
        }

        @Override
        public String body() {
            return Integer.toString(index);
        }

        @Override
        public String readable() {
            return "[" + index + "]";
        }
    }

    /// Reads a `fieldsV1` object.
    ///
    /// @throws IllegalArgumentException naming the first key that is no path step
    public static FieldSet parse(JsonNode fieldsV1) {
        return FieldsV1.read(fieldsV1);
    }

    /// Writes the set as `fieldsV1`.
    public ObjectNode toJson() {
        return FieldsV1.write(this);
    }

    public boolean isEmpty() {
        return !member && children.isEmpty();
    }

    /// Whether the path that led here belongs to the set.
    public boolean isMember() {
        return member;
    }

    /// What the set holds below a step; empty where it holds nothing.
    public FieldSet at(Step step) {
        return children.getOrDefault(step, EMPTY);
    }

    /// The set below a named field.
    public FieldSet field(String name) {
        return at(new Field(name));
    }

    /// The steps below this node with what they hold.
    public Map<Step, FieldSet> children() {
        return Collections.unmodifiableMap(children);
    }

    public boolean contains(List<Step> path) {
        FieldSet at = this;
        for (Step step : path) {
            at = at.at(step);
        }
        return at.member;
    }

    /// Every path that belongs to the set.
    public List<List<Step>> paths() {
        List<List<Step>> out = new ArrayList<>();
        collect(List.of(), (path, set) -> {
            if (set.member) {
                out.add(path);
            }
        });
        return out;
    }

    private void collect(List<Step> path, BiConsumer<List<Step>, FieldSet> visit) {
        visit.accept(path, this);
        children.forEach((step, child) -> {
            List<Step> below = new ArrayList<>(path);
            below.add(step);
            child.collect(below, visit);
        });
    }

    /// Whether two sets share a path, without building the intersection.
    public boolean intersects(FieldSet other) {
        if (member && other.member) {
            return true;
        }
        for (Map.Entry<Step, FieldSet> entry : children.entrySet()) {
            FieldSet theirs = other.children.get(entry.getKey());
            if (theirs != null && entry.getValue().intersects(theirs)) {
                return true;
            }
        }
        return false;
    }

    public FieldSet union(FieldSet other) {
        if (other.isEmpty() || this == other) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        TreeMap<Step, FieldSet> out = new TreeMap<>(children);
        other.children.forEach((step, child) -> out.merge(step, child, FieldSet::union));
        return new FieldSet(member || other.member, out);
    }

    /// The paths of this set that the other does not hold.
    public FieldSet minus(FieldSet other) {
        if (other.isEmpty()) {
            return this;
        }
        TreeMap<Step, FieldSet> out = new TreeMap<>();
        children.forEach((step, child) -> put(out, step, child.minus(other.at(step))));
        return new FieldSet(member && !other.member, out);
    }

    /// Without the path that each member of `other` names and everything below it.
    public FieldSet minusBelow(FieldSet other) {
        if (other.isEmpty()) {
            return this;
        }
        if (other.member) {
            return EMPTY;
        }
        TreeMap<Step, FieldSet> out = new TreeMap<>();
        children.forEach((step, child) -> put(out, step, child.minusBelow(other.at(step))));
        return new FieldSet(member, out);
    }

    public FieldSet intersection(FieldSet other) {
        TreeMap<Step, FieldSet> out = new TreeMap<>();
        children.forEach((step, child) -> put(out, step, child.intersection(other.at(step))));
        return new FieldSet(member && other.member, out);
    }

    private static void put(TreeMap<Step, FieldSet> out, Step step, FieldSet child) {
        if (!child.isEmpty()) {
            out.put(step, child);
        }
    }

    /// Also holds the declared fields on the way to each member: who owns `.spec.replicas` owns `.spec`, but who owns
    /// one label does not own all labels' keys. Needed to decide what removal leaves behind.
    public FieldSet withNamedFields(Schema schema) {
        TreeMap<Step, FieldSet> out = new TreeMap<>();
        children.forEach((step, child) -> {
            Schema below = step instanceof Field f ? schema.field(f.name()) : schema.item();
            FieldSet deep = child.withNamedFields(below);
            boolean named = step instanceof Field f && schema.declares(f.name());
            out.put(step, named && !deep.member ? new FieldSet(true, deep.children) : deep);
        });
        return new FieldSet(member, out);
    }

    /// `.spec.replicas` and the like, for messages.
    public static String readable(List<Step> path) {
        StringBuilder out = new StringBuilder();
        path.forEach(step -> out.append(step.readable()));
        return out.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FieldSet set && set.member == member && set.children.equals(children));
    }

    @Override
    public int hashCode() {
        return 31 * children.hashCode() + (member ? 1 : 0);
    }

    @Override
    public String toString() {
        return toJson().toString();
    }

    /// Collects paths; not for sharing between threads.
    public static final class Builder {
        private boolean member;
        private final TreeMap<Step, Builder> children = new TreeMap<>();

        /// The node of a path below this one, made when missing.
        public Builder at(Step step) {
            return children.computeIfAbsent(step, _ -> new Builder());
        }

        /// Adds this node's own path.
        public void add() {
            member = true;
        }

        /// The set collected so far.
        public FieldSet build() {
            TreeMap<Step, FieldSet> out = new TreeMap<>();
            children.forEach((step, child) -> put(out, step, child.build()));
            return new FieldSet(member, out);
        }
    }
}
