package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `metadata.managedFields`: who owns which fields.
///
/// @param entries one for each manager, in the order of the object
public record ManagedFields(List<Entry> entries) {
    public ManagedFields {
        entries = List.copyOf(entries);
    }

    /// How a manager came to its fields.
    public enum Operation {
        Apply,
        Update
    }

    /// Who owns fields. An applier is one manager whatever version it speaks; an updater is told apart by
    /// version too.
    public record Manager(String name, Operation operation, String apiVersion, String subresource) {
        /// Whether both are the same owner.
        public boolean sameAs(Manager other) {
            return name.equals(other.name)
                    && operation == other.operation
                    && subresource.equals(other.subresource)
                    && (operation == Operation.Apply || apiVersion.equals(other.apiVersion));
        }

        /// As the API server words it in conflicts.
        String readable() {
            String quoted =
                    "\"" + name + "\"" + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"");
            return operation == Operation.Apply ? quoted : quoted + " using " + apiVersion;
        }
    }

    /// A manager, when it last changed its fields (RFC 3339, null if unknown), and the fields.
    public record Entry(Manager manager, @Nullable String time, FieldSet fields) {
        private Entry timeless() {
            return new Entry(manager, null, fields);
        }

        Entry with(FieldSet others) {
            return new Entry(manager, time, others);
        }
    }

    /// Reads the entries of an object.
    public static ManagedFields of(JsonNode object) {
        List<Entry> out = new ArrayList<>();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            Operation operation = entry.path("operation").asText().equals("Apply") ? Operation.Apply : Operation.Update;
            Manager manager = new Manager(
                    entry.path("manager").asText(),
                    operation,
                    entry.path("apiVersion").asText(),
                    entry.path("subresource").asText());
            JsonNode time = entry.get("time");
            out.add(new Entry(manager, time == null ? null : time.asText(), FieldSet.parse(entry.path("fieldsV1"))));
        }
        return new ManagedFields(out);
    }

    /// The fields that a manager holds; empty where it holds none.
    public FieldSet of(Manager manager) {
        return entries.stream()
                .filter(e -> e.manager().sameAs(manager))
                .findFirst()
                .map(Entry::fields)
                .orElse(FieldSet.EMPTY);
    }

    /// When a manager last changed the object; null if unknown.
    @Nullable
    String timeOf(Manager manager) {
        return entries.stream()
                .filter(e -> e.manager().sameAs(manager))
                .findFirst()
                .map(Entry::time)
                .orElse(null);
    }

    /// All fields that appliers of this name hold on the main resource.
    public FieldSet appliedBy(String name) {
        return of(new Manager(name, Operation.Apply, "", ""));
    }

    /// Whether the same managers own the same fields, whenever they last changed them.
    public boolean ownAs(ManagedFields other) {
        return entries.stream()
                .map(Entry::timeless)
                .toList()
                .equals(other.entries.stream().map(Entry::timeless).toList());
    }

    /// Writes the entries as the API server orders them: appliers first, then updaters by time and name.
    public ArrayNode toJson() {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        Comparator<Entry> order = Comparator.comparing((Entry e) -> e.manager().operation())
                .thenComparing(e -> e.time() == null ? "" : e.time())
                .thenComparing(e -> e.manager().name())
                .thenComparing(e -> e.manager().apiVersion())
                .thenComparing(e -> e.manager().subresource());
        entries.stream().sorted(order).forEach(entry -> {
            ObjectNode node = out.addObject();
            node.put("manager", entry.manager().name());
            node.put("operation", entry.manager().operation().name());
            node.put("apiVersion", entry.manager().apiVersion());
            if (entry.time() != null) {
                node.put("time", entry.time());
            }
            node.put("fieldsType", "FieldsV1");
            node.set("fieldsV1", entry.fields().toJson());
            if (!entry.manager().subresource().isEmpty()) {
                node.put("subresource", entry.manager().subresource());
            }
        });
        return out;
    }
}
