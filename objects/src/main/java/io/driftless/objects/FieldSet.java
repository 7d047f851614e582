package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A set of field paths, the `fieldsV1` of `metadata.managedFields`. A tree: each node says whether its own
/// path belongs to the set, and what lies below it. Immutable.
public final class FieldSet {
    /// The set without any path.
    public static final FieldSet EMPTY = new FieldSet(false, new TreeMap<>());

    private final boolean member;
    private final TreeMap<PathStep, FieldSet> children;

    /// Takes the children over.
    FieldSet(boolean member, TreeMap<PathStep, FieldSet> children) {
        this.member = member;
        this.children = children;
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
    public FieldSet at(PathStep step) {
        return children.getOrDefault(step, EMPTY);
    }

    /// The set below a named field.
    public FieldSet field(String name) {
        return at(new PathStep.Field(name));
    }

    /// The steps below this node with what they hold.
    public Map<PathStep, FieldSet> children() {
        return Collections.unmodifiableMap(children);
    }

    public boolean contains(List<PathStep> path) {
        FieldSet at = this;
        for (PathStep step : path) {
            at = at.at(step);
        }
        return at.member;
    }

    /// Every path that belongs to the set: at each level those that end there, then those that go deeper.
    public List<List<PathStep>> paths() {
        List<List<PathStep>> out = new ArrayList<>();
        if (member) {
            out.add(List.of());
        }
        below(List.of(), out);
        return out;
    }

    private void below(List<PathStep> path, List<List<PathStep>> out) {
        children.forEach((step, child) -> {
            if (child.member) {
                out.add(to(path, step));
            }
        });
        children.forEach((step, child) -> child.below(to(path, step), out));
    }

    private static List<PathStep> to(List<PathStep> path, PathStep step) {
        List<PathStep> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /// Whether two sets share a path, without building the intersection.
    public boolean intersects(FieldSet other) {
        if (member && other.member) {
            return true;
        }
        for (Map.Entry<PathStep, FieldSet> entry : children.entrySet()) {
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
        TreeMap<PathStep, FieldSet> out = new TreeMap<>(children);
        other.children.forEach((step, child) -> out.merge(step, child, FieldSet::union));
        return new FieldSet(member || other.member, out);
    }

    /// The paths of this set that the other does not hold.
    public FieldSet minus(FieldSet other) {
        if (other.isEmpty()) {
            return this;
        }
        TreeMap<PathStep, FieldSet> out = new TreeMap<>();
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
        TreeMap<PathStep, FieldSet> out = new TreeMap<>();
        children.forEach((step, child) -> put(out, step, child.minusBelow(other.at(step))));
        return new FieldSet(member, out);
    }

    public FieldSet intersection(FieldSet other) {
        TreeMap<PathStep, FieldSet> out = new TreeMap<>();
        children.forEach((step, child) -> put(out, step, child.intersection(other.at(step))));
        return new FieldSet(member && other.member, out);
    }

    private static void put(TreeMap<PathStep, FieldSet> out, PathStep step, FieldSet child) {
        if (!child.isEmpty()) {
            out.put(step, child);
        }
    }

    /// Also holds the declared fields on the way to each member: who owns `.spec.replicas` owns `.spec`, but who owns
    /// one label does not own all labels' keys. Needed to decide what removal leaves behind.
    public FieldSet withNamedFields(Schema schema) {
        TreeMap<PathStep, FieldSet> out = new TreeMap<>();
        children.forEach((step, child) -> {
            Schema below = step instanceof PathStep.Field f ? schema.field(f.name()) : schema.item();
            FieldSet deep = child.withNamedFields(below);
            boolean named = step instanceof PathStep.Field f && schema.declares(f.name());
            out.put(step, named && !deep.member ? new FieldSet(true, deep.children) : deep);
        });
        return new FieldSet(member, out);
    }

    /// `.spec.replicas` and the like, for messages.
    public static String readable(List<PathStep> path) {
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
        private final TreeMap<PathStep, Builder> children = new TreeMap<>();

        /// The node of a path below this one, made when missing.
        public Builder at(PathStep step) {
            return children.computeIfAbsent(step, _ -> new Builder());
        }

        /// Adds this node's own path.
        public void add() {
            member = true;
        }

        /// The set collected so far.
        public FieldSet build() {
            TreeMap<PathStep, FieldSet> out = new TreeMap<>();
            children.forEach((step, child) -> put(out, step, child.build()));
            return new FieldSet(member, out);
        }
    }
}
