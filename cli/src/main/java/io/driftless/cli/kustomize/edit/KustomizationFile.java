package io.driftless.cli.kustomize.edit;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Kustomization;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The kustomization file of a directory, opened to change its values.
public final class KustomizationFile {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final String EMPTY = "kustomization.yaml is empty";
    private final Path path;
    private final KustomizationText text;
    private final Node old;
    private final Node values;

    private KustomizationFile(Path path, KustomizationText text, Node old) {
        this.path = path;
        this.text = text;
        this.old = old;
        this.values = old.copy();
    }

    /// Reads the file; fails where it is not one that can be built.
    public static KustomizationFile in(Path directory) {
        List<String> found = NAMES.stream()
                .filter(name -> Files.isRegularFile(directory.resolve(name)))
                .toList();
        if (found.isEmpty()) {
            throw new KustomizeException("Missing kustomization file 'kustomization.yaml'.\n");
        }
        if (found.size() > 1) {
            throw new KustomizeException("Found multiple kustomization file: [" + String.join(" ", found) + "]\n");
        }
        Path path = directory.resolve(found.getFirst());
        String content = read(path);
        check(content, directory);
        Node file = NodeReader.firstOld(content, Limits.DEFAULT);
        return new KustomizationFile(path, KustomizationText.of(content), FieldValues.of(file));
    }

    private static void check(String content, Path directory) {
        try {
            Kustomization.read(content, directory.toString(), Limits.DEFAULT);
        } catch (KustomizeException invalid) {
            // An empty file is where an edit begins.
            if (!EMPTY.equals(invalid.getMessage())) {
                throw invalid;
            }
        }
    }

    private static String read(Path path) {
        try {
            if (Files.size(path) > Limits.DEFAULT.fileBytes()) {
                throw new KustomizeException(path + " is larger than the " + Limits.DEFAULT.fileBytes()
                        + " bytes a kustomization file may have");
            }
            String content = Files.readString(path, StandardCharsets.UTF_8);
            return content.startsWith("\uFEFF") ? content.substring(1) : content;
        } catch (IOException unreadable) {
            throw new KustomizeException("open " + path + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /// The values of the file, to be changed.
    public Node values() {
        return values;
    }

    /// Writes the file with its changed values.
    public void save() {
        Node kind = values.get("kind");
        if (kind == null) {
            values.put("kind", Node.text("Kustomization"));
        }
        if (values.get("apiVersion") == null) {
            values.put(
                    "apiVersion",
                    Node.text(
                            kind != null && kind.text().equals("Component")
                                    ? "kustomize.config.k8s.io/v1alpha1"
                                    : Kustomization.VERSION));
        }
        try {
            Files.writeString(path, text.with(old, FieldValues.of(values)));
        } catch (IOException refused) {
            throw new KustomizeException("open " + path + ": " + refused.getMessage(), refused);
        }
    }
}
