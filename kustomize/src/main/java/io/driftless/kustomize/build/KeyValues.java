package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Entries.Generator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The entries of a generated object, from env files, literals and files in this order.
final class KeyValues {
    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private final String name;
    private final Loader loader;

    private KeyValues(String name, Loader loader) {
        this.name = name;
        this.loader = loader;
    }

    static Map<String, byte[]> of(Generator entry, Loader loader) {
        KeyValues result = new KeyValues(entry.name(), loader);
        result.each(entry.envs(), "env source files: [" + String.join(" ", entry.envs()) + "]", result::env);
        result.each(entry.literals(), "literal sources [" + String.join(" ", entry.literals()) + "]", result::literal);
        result.each(entry.files(), "file sources: [" + String.join(" ", entry.files()) + "]", result::file);
        return result.values;
    }

    private interface Step {
        void take(String source);
    }

    private void each(List<String> sources, String title, Step step) {
        for (String source : sources) {
            try {
                step.take(source);
            } catch (Repeated | Budget.Exceeded failed) {
                throw failed;
            } catch (KustomizeException failed) {
                throw failed.within("loading KV pairs: " + title);
            }
        }
    }

    private static final class Repeated extends KustomizeException {
        private static final long serialVersionUID = 1;

        Repeated(String message) {
            super(message);
        }
    }

    private void put(String key, byte[] value) {
        if (values.putIfAbsent(key, value) != null) {
            throw new Repeated("configmap " + name + " illegally repeats the key `" + key + "`");
        }
    }

    private void put(String key, String value) {
        put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private void literal(String source) {
        int equals = source.indexOf('=');
        if (equals <= 0) {
            throw new KustomizeException("invalid literal source " + source + ", expected key=value");
        }
        put(source.substring(0, equals), withoutQuotes(source.substring(equals + 1)));
    }

    private static String withoutQuotes(String text) {
        int last = text.length() - 1;
        boolean quoted =
                last >= 1 && text.charAt(0) == text.charAt(last) && (text.charAt(0) == '"' || text.charAt(0) == '\'');
        return quoted ? text.substring(1, last) : text;
    }

    private void file(String source) {
        long separators = source.chars().filter(c -> c == '=').count();
        int equals = source.indexOf('=');
        if (separators > 1) {
            throw new KustomizeException("source \"" + source + "\" key name or file path contains '='");
        }
        if (separators == 0) {
            put(TreePath.name(source), loader.load(source));
            return;
        }
        if (equals == 0) {
            throw new KustomizeException(
                    "missing key name for file path \"" + source.substring(1) + "\" in source \"" + source + "\"");
        }
        if (equals == source.length() - 1) {
            throw new KustomizeException("missing file path for key name \"" + source.substring(0, equals)
                    + "\" in source \"" + source + "\"");
        }
        put(source.substring(0, equals), loader.load(source.substring(equals + 1)));
    }

    private void env(String path) {
        byte[] content = loader.load(path);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw new KustomizeException("the env file '" + path + "' has invalid utf8 bytes; save it as UTF-8");
        }
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        for (String line : text.split("\n", -1)) {
            line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
    }

    private void line(String line) {
        String text = line.stripLeading();
        if (text.isEmpty() || text.charAt(0) == '#') {
            return;
        }
        int equals = text.indexOf('=');
        String key = equals < 0 ? text : text.substring(0, equals);
        if (!key.isEmpty()) {
            put(key, equals < 0 ? "" : text.substring(equals + 1));
        }
    }
}
