package io.driftless.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The `gitops-config` tree that the demo serves (`deploy/demo/gitops-config`).
public final class GitOpsTree {
    static final String PRODUCTION = "apps/myapp/overlays/production/kustomization.yaml";
    private static final String PLACEHOLDER = "GITOPS_CONFIG_URL";
    private static final String ROOT = "gitops-config";
    private static final Pattern NEW_TAG = Pattern.compile("(newTag: *)(\\S+)");

    private GitOpsTree() {}

    /// All files, with the repository's own URL in the Applications.
    public static Map<String, byte[]> files(String repositoryUrl) {
        Map<String, byte[]> files = new TreeMap<>();
        readResources()
                .forEach((path, content) -> files.put(
                        path,
                        new String(content, UTF_8)
                                .replace(PLACEHOLDER, repositoryUrl)
                                .getBytes(UTF_8)));
        return files;
    }

    /// One file of the tree.
    static byte[] file(String path, String repositoryUrl) {
        byte[] content = files(repositoryUrl).get(path);
        if (content == null) {
            throw new IllegalStateException("the demo's tree has no " + path);
        }
        return content;
    }

    /// The production overlay with another image tag.
    static byte[] withNewTag(byte[] kustomization, String tag) {
        Matcher matcher = NEW_TAG.matcher(new String(kustomization, UTF_8));
        if (!matcher.find()) {
            throw new IllegalStateException(PRODUCTION + " sets no newTag");
        }
        return matcher.replaceFirst("$1" + Matcher.quoteReplacement(tag)).getBytes(UTF_8);
    }

    private static Map<String, byte[]> readResources() {
        try {
            URI root =
                    GitOpsTree.class.getResource("/" + ROOT + "/root-app.yaml").toURI();
            if (root.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
                    return read(jar.getPath(ROOT));
                }
            }
            return read(Path.of(root).resolveSibling(""));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the demo's tree", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot find the demo's tree", e);
        }
    }

    private static Map<String, byte[]> read(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
