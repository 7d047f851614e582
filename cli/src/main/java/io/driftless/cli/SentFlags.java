package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cli.local.FolderArchive;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;

/// Files of this machine that the server renders.
final class SentFlags {
    private static final int PIECE_BYTES = 256 * 1024;

    @Option(
            names = "--server-side-generate",
            description = "Have the server render the files of --local, which is the root of the repository then.")
    private boolean generate;

    @Option(
            names = "--local-include",
            defaultValue = "*.yaml,*.yml,*.json",
            split = ",",
            paramLabel = "GLOB",
            description = "Which files it gets, by their names; repeatable (default: *.yaml, *.yml, *.json).")
    private List<String> included = List.of();

    boolean given() {
        return generate;
    }

    /// What the Application would deploy from there; fails with exit code 20 saying why it would deploy nothing.
    List<JsonNode> manifests(ApiClient api, JsonNode app, String folder) {
        byte[] archive = archive(folder);
        List<ObjectNode> messages = new ArrayList<>();
        messages.add(JsonNodeFactory.instance.objectNode());
        messages.getFirst()
                .putObject("query")
                .put("name", app.at("/metadata/name").asText(""))
                .put("appNamespace", app.at("/metadata/namespace").asText(""))
                .put("checksum", checksum(archive));
        for (int at = 0; at < archive.length; at += PIECE_BYTES) {
            byte[] piece = Arrays.copyOfRange(archive, at, Math.min(archive.length, at + PIECE_BYTES));
            ObjectNode message = JsonNodeFactory.instance.objectNode();
            message.putObject("chunk").put("chunk", piece);
            messages.add(message);
        }
        List<JsonNode> found = new ArrayList<>();
        api.postLines("/api/v1/applications/manifestsWithFiles", messages)
                .path("manifests")
                .forEach(text -> found.add(ApiClient.json(text.asText())));
        return found;
    }

    private byte[] archive(String folder) {
        try {
            List<PathMatcher> globs = included.stream().map(SentFlags::glob).toList();
            return FolderArchive.of(
                    Path.of(folder), name -> globs.stream().anyMatch(glob -> glob.matches(Path.of(name))));
        } catch (IllegalArgumentException refused) {
            throw new CommandFailure(ExitCode.API, String.valueOf(refused.getMessage()));
        }
    }

    /// A pattern as programs in Go read it: braces mean themselves, and `^` is what is not.
    private static PathMatcher glob(String pattern) {
        String glob = pattern.replace("{", "\\{").replace("}", "\\}").replace("[^", "[!");
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException invalid) {
            throw new IllegalArgumentException("--local-include " + pattern + ": " + invalid.getDescription(), invalid);
        }
    }

    private static String checksum(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
