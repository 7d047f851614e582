package io.driftless.sandbox.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds fields that a JSON text has twice.
public final class Duplicates {
    private final List<String> found = new ArrayList<>();
    private final JsonParser parser;

    private Duplicates(JsonParser parser) {
        this.parser = parser;
    }

    static List<String> in(byte[] json) throws IOException {
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            Duplicates duplicates = new Duplicates(parser);
            parser.nextToken();
            duplicates.value("");
            return duplicates.found;
        }
    }

    private void value(String path) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Set<String> names = new HashSet<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String at = path.isEmpty() ? parser.currentName() : path + "." + parser.currentName();
                if (!names.add(parser.currentName())) {
                    found.add("duplicate field \"" + at + "\"");
                }
                parser.nextToken();
                value(at);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                value(path + "[" + i + "]");
            }
        }
    }
}
