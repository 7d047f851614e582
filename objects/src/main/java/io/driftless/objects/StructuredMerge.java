package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.ManagedFields.Entry;
import io.driftless.objects.ManagedFields.Manager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Server-side apply: who owns what after a write, what an apply changes, and whom it contradicts.
public final class StructuredMerge {
    private StructuredMerge() {}

    /// A field that somebody else owns with another value.
    public record Conflict(Manager manager, List<PathStep> path) {
        /// `.spec.replicas`
        public String field() {
            return FieldSet.readable(path);
        }

        /// `conflict with "kubectl-edit" using apps/v1`
        public String message() {
            return "conflict with " + manager.readable();
        }
    }

    /// What an apply leads to.
    public sealed interface Result {}

    /// The merged object, without managedFields, and its owners.
    public record Merged(ObjectNode object, ManagedFields managers) implements Result {}

    /// Others own these fields with other values; nothing was changed.
    public record Conflicts(List<Conflict> conflicts) implements Result {
        public Conflicts {
            conflicts = List.copyOf(conflicts);
        }
    }

    /// Applies `applied` to `live`.
    ///
    /// @param live the object without managedFields; empty object for one that does not exist
    /// @param applied the intent, already without managedFields
    /// @param ignored fields that nobody ever owns through this resource (status on the main resource …)
    /// @param time for the entry of this manager if the object changes; one that only comes to own what there is
    ///     already has the time that it had, or none
    public static Result apply(
            Schema schema,
            ObjectNode live,
            ManagedFields managers,
            ObjectNode applied,
            Manager manager,
            FieldSet ignored,
            boolean force,
            String time) {
        FieldSet last = managers.of(manager);
        FieldSet set = Typed.fields(schema, applied)
                .minusBelow(ignored)
                .minusBelow(UNOWNED)
                .minus(METADATA);
        List<Entry> entries = new ArrayList<>();
        Entry mine = null;
        for (Entry entry : managers.entries()) {
            if (!entry.manager().sameAs(manager)) {
                entries.add(entry);
            } else if (entry.fields().equals(set)
                    && entry.manager().apiVersion().equals(manager.apiVersion())) {
                mine = entry;
            }
        }
        JsonNode intent = ignored.isEmpty() ? applied : Objects.requireNonNull(Typed.remove(schema, applied, ignored));
        ObjectNode merged = (ObjectNode) Typed.merge(schema, live, intent);
        if (!last.isEmpty()) {
            merged = prune(schema, merged, last, entries, set);
        }
        Changes changes = Typed.compare(schema, live, merged);
        List<Conflict> conflicts = conflicts(entries, changes);
        if (!force && !conflicts.isEmpty()) {
            return new Conflicts(conflicts);
        }
        entries = takeAway(entries, changes);
        if (!set.isEmpty()) {
            String when = changes.same() && intent.equals(applied) ? managers.timeOf(manager) : time;
            entries.add(new Entry(manager, when, mine == null ? set : mine.fields()));
        }
        return new Merged(merged, new ManagedFields(entries));
    }

    /// The owners after somebody wrote `after` in place of `before` without apply: what changed is theirs now.
    public static ManagedFields update(
            Schema schema,
            ObjectNode before,
            ObjectNode after,
            ManagedFields managers,
            Manager manager,
            FieldSet ignored,
            String time) {
        Changes changes = Typed.compare(schema, before, after);
        List<Entry> entries = takeAway(managers.entries(), changes);
        FieldSet taken = changes.modified()
                .union(changes.added())
                .minus(changes.removed())
                .minusBelow(ignored)
                .minusBelow(UNOWNED)
                .minus(METADATA);
        if (taken.isEmpty()) {
            return new ManagedFields(entries);
        }
        FieldSet mine = taken;
        List<Entry> out = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.manager().sameAs(manager)) {
                mine = mine.union(entry.fields());
            } else {
                out.add(entry);
            }
        }
        out.add(new Entry(manager, time, mine));
        return new ManagedFields(out);
    }

    /// What the server itself sets and nobody owns.
    private static final FieldSet UNOWNED = unowned();

    /// `metadata` itself, though not what lies below it.
    private static final FieldSet METADATA = metadata();

    private static FieldSet metadata() {
        FieldSet.Builder out = new FieldSet.Builder();
        out.at(new PathStep.Field("metadata")).add();
        return out.build();
    }

    private static FieldSet unowned() {
        FieldSet.Builder out = new FieldSet.Builder();
        out.at(new PathStep.Field("apiVersion")).add();
        out.at(new PathStep.Field("kind")).add();
        FieldSet.Builder metadata = out.at(new PathStep.Field("metadata"));
        for (String name : List.of(
                "name",
                "namespace",
                "selfLink",
                "uid",
                "creationTimestamp",
                "generation",
                "managedFields",
                "resourceVersion")) {
            metadata.at(new PathStep.Field(name)).add();
        }
        return out.build();
    }

    private static List<Conflict> conflicts(List<Entry> others, Changes changes) {
        List<Conflict> out = new ArrayList<>();
        FieldSet touched = changes.modified().union(changes.added());
        for (Entry entry : others) {
            if (entry.fields().intersects(touched)) {
                entry.fields().intersection(touched).paths().forEach(p -> out.add(new Conflict(entry.manager(), p)));
            }
        }
        return out;
    }

    private static List<Entry> takeAway(List<Entry> entries, Changes changes) {
        FieldSet lost = changes.modified().union(changes.added()).union(changes.removed());
        List<Entry> out = new ArrayList<>();
        for (Entry entry : entries) {
            FieldSet left = entry.fields().intersects(lost) ? entry.fields().minus(lost) : entry.fields();
            if (!left.isEmpty()) {
                out.add(entry.with(left));
            }
        }
        return out;
    }

    /// Removes what this manager applied last time and no longer does, unless somebody else owns it too.
    private static ObjectNode prune(Schema schema, ObjectNode merged, FieldSet last, List<Entry> others, FieldSet set) {
        if (last.minus(set).isEmpty()) {
            return merged;
        }
        FieldSet mine = last.withNamedFields(schema);
        FieldSet owned = set.withNamedFields(schema);
        for (Entry entry : others) {
            owned = owned.union(entry.fields().withNamedFields(schema));
        }
        FieldSet present = Typed.fields(schema, merged).withNamedFields(schema);
        FieldSet left = fields(schema, Typed.remove(schema, merged, mine));
        JsonNode kept = Typed.remove(schema, merged, present.minus(left).minus(owned));
        FieldSet dangling = present.minus(fields(schema, kept)).intersection(mine);
        JsonNode out = Typed.remove(schema, merged, dangling);
        return out instanceof ObjectNode object ? object : merged.objectNode();
    }

    private static FieldSet fields(Schema schema, @Nullable JsonNode value) {
        return value == null ? FieldSet.EMPTY : Typed.fields(schema, value).withNamedFields(schema);
    }
}
