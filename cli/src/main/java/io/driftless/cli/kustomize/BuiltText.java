package io.driftless.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.kustomize.Built;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.patch.Schemas;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The result of a build as text, for a terminal, a file, or a file for each object.
///
/// @param whole all of it
record BuiltText(Built built, String whole) {
    private static final Pattern BETWEEN = Pattern.compile("^---\n", Pattern.MULTILINE);

    static BuiltText of(Built built) {
        try {
            return new BuiltText(built, built.yaml());
        } catch (StackOverflowError tooDeep) {
            throw new KustomizeException("the objects of the build are nested too deeply to print", tooDeep);
        }
    }

    /// Writes one file, or where the path is a directory a file for each object in it.
    void write(Path from, String output) {
        Path path = from.resolve(output);
        try {
            if (Files.isDirectory(path)) {
                writeEach(path);
            } else {
                Files.writeString(path, whole);
            }
        } catch (NoSuchFileException missing) {
            throw new KustomizeException("open " + output + ": no such file or directory", missing);
        } catch (FileSystemException refused) {
            throw new KustomizeException("open " + output + ": " + refused.getReason(), refused);
        } catch (IOException failed) {
            throw new KustomizeException("open " + output + ": " + failed.getMessage(), failed);
        }
    }

    private void writeEach(Path directory) throws IOException {
        // Text of an object never begins a line with the separator: what is inside of a field is indented.
        String[] texts = whole.isEmpty() ? new String[0] : BETWEEN.split(whole);
        List<Named> names = names();
        long namespaces = names.stream()
                .filter(Named::namespaced)
                .map(Named::namespace)
                .distinct()
                .count();
        for (int i = 0; i < texts.length; i++) {
            Named named = names.get(i);
            String prefix = named.namespaced() && namespaces > 1 ? named.namespace() + "_" : "";
            // A name may hold anything; the file still lies in the directory.
            String name = (prefix + named.file()).toLowerCase(Locale.ROOT).replace('/', '_');
            Files.writeString(directory.resolve(name), texts[i]);
        }
    }

    private record Named(boolean namespaced, String namespace, String file) {}

    private List<Named> names() {
        Schemas schemas = new Schemas(Limits.DEFAULT);
        List<Named> names = new ArrayList<>();
        for (JsonNode object : built.objects()) {
            Gvk gvk = Gvk.of(
                    object.path("apiVersion").asText(), object.path("kind").asText());
            JsonNode metadata = object.path("metadata");
            names.add(new Named(
                    !schemas.isClusterScoped(gvk),
                    metadata.path("namespace").asText("default"),
                    part(gvk.group()) + part(gvk.version()) + part(gvk.kind())
                            + metadata.path("name").asText() + ".yaml"));
        }
        return names;
    }

    private static String part(String text) {
        return text.isEmpty() ? "" : text + "_";
    }
}
