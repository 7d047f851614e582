package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What differs between a manifest and the live object, told from the two alone, without asking the server.
///
/// Where our manager has applied the object before, `managedFields` says which fields are ours: a field of ours that
/// the manifest no longer holds is to be removed, a field of somebody else is left alone. Where it never has, the
/// manifest must be contained in the live object. The rules lean to both sides of one promise: applying the manifest
/// makes the differences go away, so that nothing is applied for ever.
///
/// The work is proportional to the manifest and to our own field set, not to the live object.
public final class Comparison {
    private static final Set<String> NOT_CONTENT = Set.of("apiVersion", "kind", "metadata", "status");

    private final Values values;
    private final List<Difference> found = new ArrayList<>();

    private Comparison(Values values) {
        this.values = values;
    }

    /// A field that differs.
    ///
    /// @param path RFC 6901 pointer into the manifest, or into the live object for a field that is to be removed
    /// @param desired what the manifest says; null when the field should not be there
    /// @param live what the cluster holds; null when the field is missing
    public record Difference(
            String path,
            @Nullable JsonNode desired,
            @Nullable JsonNode live) {}

    /// The differences in the order of the manifest; empty when applying `desired` as `manager` would change nothing.
    public static List<Difference> differences(JsonNode desired, JsonNode live, String manager) {
        String apiVersion = desired.path("apiVersion").asText("");
        String kind = desired.path("kind").asText("");
        Ownership ownership = Ownership.of(live, manager, apiVersion);
        Comparison comparison = new Comparison(new Values(apiVersion, kind, ownership.applied()));
        comparison.object(Values.readable(desired), live, ownership.fields(), Schemas.of(apiVersion, kind));
        return comparison.found;
    }

    private void object(JsonNode desired, JsonNode live, FieldSet owned, Schema schema) {
        metadata(desired.path("metadata"), live.path("metadata"), owned.field("metadata"), schema.field("metadata"));
        for (Map.Entry<String, JsonNode> field : desired.properties()) {
            String name = field.getKey();
            // The rules of an aggregating ClusterRole are written by its controller.
            if (!NOT_CONTENT.contains(name) && !(name.equals("rules") && desired.has("aggregationRule"))) {
                String path = '/' + Pointers.escaped(name);
                value(path, field.getValue(), live.path(name), owned.field(name), schema.field(name));
            }
        }
        owned.children().forEach((step, below) -> {
            if (step instanceof PathStep.Field(String name) && !desired.has(name) && !NOT_CONTENT.contains(name)) {
                surplus('/' + Pointers.escaped(name), live.path(name), below, schema.field(name));
            }
        });
    }

    private void metadata(JsonNode desired, JsonNode live, FieldSet owned, Schema schema) {
        for (String name : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
            String path = "/metadata/" + name;
            if (desired.has(name)) {
                value(path, desired.path(name), live.path(name), owned.field(name), schema.field(name));
            } else {
                surplus(path, live.path(name), owned.field(name), schema.field(name));
            }
        }
    }

    private void value(String path, JsonNode desired, JsonNode live, FieldSet owned, Schema declared) {
        Schema schema = declared.resolved();
        if (desired.isNull() || (live.isMissingNode() && values.droppedByServer(desired, owned))) {
            return;
        }
        if (desired.isObject() && live.isObject()) {
            if (values.replacedAsWhole(schema, desired, owned)) {
                exact(path, desired, live, schema);
            } else {
                fields(path, desired, live, owned, schema);
            }
        } else if (desired.isArray() && (live.isArray() || live.isMissingNode() || live.isNull())) {
            list(path, desired, live, owned, schema);
        } else if (live.isMissingNode() && desired.isObject() && !schema.atomicObject()) {
            // Field by field, because the server drops some of them.
            fields(path, desired, live, owned, schema);
        } else if (!values.same(schema, path, desired, live)) {
            report(path, desired, live);
        }
    }

    private void fields(String path, JsonNode desired, JsonNode live, FieldSet owned, Schema schema) {
        for (Map.Entry<String, JsonNode> field : desired.properties()) {
            String name = field.getKey();
            value(
                    path + '/' + Pointers.escaped(name),
                    field.getValue(),
                    live.path(name),
                    owned.field(name),
                    schema.field(name));
        }
        owned.children().forEach((step, below) -> {
            if (step instanceof PathStep.Field(String name) && !desired.has(name)) {
                surplus(path + '/' + Pointers.escaped(name), live.path(name), below, schema.field(name));
            }
        });
    }

    private void list(String path, JsonNode desired, JsonNode live, FieldSet owned, Schema schema) {
        Schema.Items items = values.items(schema, owned);
        if (items == null) {
            if (!(live.isEmpty() && desired.isEmpty())) {
                exact(path, desired, live, schema);
            }
            return;
        }
        Map<PathStep, JsonNode> wanted = Typed.items(items, desired);
        Map<PathStep, JsonNode> held = Typed.items(items, live);
        wanted.forEach((step, item) -> {
            String at = path + '/' + Pointers.position(desired, item);
            JsonNode counterpart = held.get(step);
            if (counterpart == null) {
                report(at, item, MissingNode.getInstance());
            } else {
                value(at, item, counterpart, owned.at(step), items.item());
            }
        });
        owned.children().forEach((step, below) -> {
            JsonNode counterpart = held.get(step);
            if (counterpart != null && !wanted.containsKey(step)) {
                surplusItem(path + '/' + Pointers.position(live, counterpart), counterpart, below, items.item());
            }
        });
    }

    /// Ours, in the live object, and no longer wanted.
    private void surplus(String path, JsonNode live, FieldSet owned, Schema schema) {
        if (owned.isEmpty() || live.isMissingNode() || live.isNull()) {
            return;
        }
        if (owned.children().isEmpty()) {
            // An empty map of ours that others have filled since stays theirs.
            if (schema.atomicObject() || !(schema.resolved() instanceof Schema.Entries) || live.isEmpty()) {
                report(path, MissingNode.getInstance(), live);
            }
            return;
        }
        Schema.Items items = live.isArray() ? values.items(schema.resolved(), owned) : null;
        Map<PathStep, JsonNode> held = items == null ? Map.of() : Typed.items(items, live);
        owned.children().forEach((step, below) -> {
            if (step instanceof PathStep.Field(String name)) {
                surplus(path + '/' + Pointers.escaped(name), live.path(name), below, schema.field(name));
            } else if (items != null && held.get(step) instanceof JsonNode item) {
                surplusItem(path + '/' + Pointers.position(live, item), item, below, items.item());
            }
        });
    }

    private void surplusItem(String path, JsonNode item, FieldSet owned, Schema schema) {
        if (owned.isMember()) {
            report(path, MissingNode.getInstance(), item);
        } else {
            surplus(path, item, owned, schema);
        }
    }

    /// Inside a value that is replaced as a whole nobody owns single fields: what the manifest does not hold must be a
    /// default.
    private void exact(String path, JsonNode desired, JsonNode live, Schema declared) {
        Schema schema = declared.resolved();
        if (desired.isNull()) {
            return;
        }
        if (desired.isObject() && live.isObject()) {
            for (Map.Entry<String, JsonNode> field : desired.properties()) {
                JsonNode counterpart = live.path(field.getKey());
                if (!(counterpart.isMissingNode() && Values.empty(field.getValue()))) {
                    String at = path + '/' + Pointers.escaped(field.getKey());
                    exact(at, field.getValue(), counterpart, schema.field(field.getKey()));
                }
            }
            for (Map.Entry<String, JsonNode> field : live.properties()) {
                if (!desired.has(field.getKey()) && values.surplusInWhole(field.getKey(), field.getValue())) {
                    String at = path + '/' + Pointers.escaped(field.getKey());
                    report(at, MissingNode.getInstance(), field.getValue());
                }
            }
        } else if (desired.isArray() && live.isArray() && desired.size() == live.size()) {
            Schema.Items items = schema.associative() && schema instanceof Schema.Items list ? list : null;
            Map<PathStep, JsonNode> held = items == null ? Map.of() : Typed.items(items, live);
            Map<PathStep, JsonNode> wanted = items == null ? Map.of() : Typed.items(items, desired);
            if (items != null && wanted.keySet().equals(held.keySet())) {
                wanted.forEach((step, item) -> exact(
                        path + '/' + Pointers.position(desired, item),
                        item,
                        held.getOrDefault(step, MissingNode.getInstance()),
                        items.item()));
            } else {
                for (int i = 0; i < desired.size(); i++) {
                    exact(path + '/' + i, desired.path(i), live.path(i), schema.item());
                }
            }
        } else if (!values.same(schema, path, desired, live)) {
            report(path, desired, live);
        }
    }

    private void report(String path, JsonNode desired, JsonNode live) {
        found.add(new Difference(path, present(desired), present(live)));
    }

    private static @Nullable JsonNode present(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node;
    }
}
