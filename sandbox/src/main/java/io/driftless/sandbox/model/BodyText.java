package io.driftless.sandbox.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/// Bodies of requests as trees, and what is said of those that are none, in the words of the real server.
public final class BodyText {
    private static final ObjectReader ONCE = Json.MAPPER
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int SHOWN = 30;
    private static final byte BYTE_ORDER_MARK = (byte) 0xef;

    private BodyText() {}

    /// A body that is no JSON or no YAML.
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /// @param message what is wrong, in the words of the real server
        public Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    /// Reads JSON.
    ///
    /// @param twice takes the fields that are there more than once
    /// @throws Unreadable where it is none
    public static JsonNode json(Buffer body, List<String> twice) {
        byte[] bytes = body.getBytes();
        try {
            JsonNode read = ONCE.readTree(bytes);
            // Jackson takes nothing, and a mark of the order of bytes, for what they are not here.
            return read.isMissingNode() || bytes[0] == BYTE_ORDER_MARK ? again(bytes, twice) : read;
        } catch (IOException e) {
            return again(bytes, twice);
        }
    }

    private static JsonNode again(byte[] bytes, List<String> twice) {
        String fault = JsonSyntax.fault(bytes);
        if (fault != null) {
            throw new Unreadable(fault);
        }
        try {
            twice.addAll(Duplicates.in(bytes));
            return Json.MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            // JSON, but deeper or longer than anything that is read.
            throw new Unreadable(e.getOriginalMessage());
        } catch (IOException e) {
            throw new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /// Reads YAML, of which JSON is a part; nothing is null.
    ///
    /// @param twice takes the fields that are there more than once
    /// @throws Unreadable where it is none
    public static JsonNode yaml(Buffer body, List<String> twice) {
        if (begins(body) == '{') {
            try {
                return json(body, twice);
            } catch (Unreadable e) {
                twice.clear();
            }
        }
        LoaderOptions options = new LoaderOptions();
        options.setWarnOnDuplicateKeys(false);
        try {
            twice.addAll(YamlDuplicates.in(body.toString()));
            Yaml reader = new Yaml(
                    new SafeConstructor(options),
                    new Representer(new DumperOptions()),
                    new DumperOptions(),
                    options,
                    new NoTimestamps());
            // The first document counts.
            Iterator<Object> documents = reader.loadAll(body.toString()).iterator();
            JsonNode read = documents.hasNext() ? Json.MAPPER.valueToTree(documents.next()) : null;
            return read == null ? NullNode.getInstance() : read;
        } catch (YAMLException e) {
            throw new Unreadable(YamlFaults.told(e));
        } catch (IllegalArgumentException | ClassCastException e) {
            // A value that is not of the type that its tag names.
            throw new Unreadable("yaml: cannot decode a value as its tag says: " + e.getMessage());
        }
    }

    private static int begins(Buffer body) {
        int at = 0;
        while (at < body.length() && body.getByte(at) <= ' ') {
            at++;
        }
        return at < body.length() ? body.getByte(at) : -1;
    }

    /// The word for the type of a value, as refusals have it.
    public static String type(JsonNode value) {
        return value.isObject() ? "object" : value.isArray() ? "array" : value.isNumber() ? "number" : simple(value);
    }

    private static String simple(JsonNode value) {
        return value.isBoolean() ? "bool" : "string";
    }

    /// What is wrong with a body that is another value than an object; null for one that is an object, or nothing.
    public static @Nullable String noObject(JsonNode value) {
        return value.isObject() || value.isNull()
                ? null
                : "json: cannot unmarshal " + type(value)
                        + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind"
                        + " string \"json:\\\"kind,omitempty\\\"\" }";
    }

    /// The beginning of a body as it is shown where nothing more is known of it: as text where it could be an object.
    public static String shown(Buffer body) {
        if (body.length() == 0) {
            return " (<empty>)";
        }
        String more = body.length() > SHOWN ? " ..." : "";
        byte[] first = body.getBytes(0, Math.min(body.length(), SHOWN));
        String text = first[0] == '{'
                ? Buffer.buffer(first).toString()
                : HexFormat.of().formatHex(first);
        return " (" + text + more + ")";
    }

    /// Kubernetes knows no YAML timestamps: they are text.
    private static final class NoTimestamps extends org.yaml.snakeyaml.resolver.Resolver {
        @Override
        public void addImplicitResolver(Tag tag, java.util.regex.Pattern regexp, String first, int limit) {
            if (!Tag.TIMESTAMP.equals(tag)) {
                super.addImplicitResolver(tag, regexp, first, limit);
            }
        }
    }
}
