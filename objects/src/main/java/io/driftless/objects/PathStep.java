package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// One step of a path of a [FieldSet]. The order of steps is that of their serialised form.
public sealed interface PathStep extends Comparable<PathStep> {
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
    default int compareTo(PathStep other) {
        int kind = Character.compare(tag(), other.tag());
        return kind != 0 ? kind : body().compareTo(other.body());
    }

    /// A field of an object.
    record Field(String name) implements PathStep {
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
    record Key(String json) implements PathStep {
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
    record Value(String json) implements PathStep {
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
    record Index(int index) implements PathStep {
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
}
