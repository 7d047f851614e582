package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Warnings about files of a volume that are in each other's way.
public final class VolumePathAdvice {
    private record File(String path, String from) {}

    private VolumePathAdvice() {}

    static void add(JsonNode volume, List<String> out) {
        String name = "volume \"" + volume.path("name").asText() + "\" (";
        if (volume.has("secret")) {
            String secret =
                    "Secret \"" + volume.path("secret").path("secretName").asText() + "\"";
            overlaps(name + secret + ")", files(volume.path("secret"), ""), out);
        }
        if (volume.has("configMap")) {
            String map = "ConfigMap \"" + volume.path("configMap").path("name").asText() + "\"";
            overlaps(name + map + ")", files(volume.path("configMap"), ""), out);
        }
        if (volume.has("downwardAPI")) {
            overlaps(name + "DownwardAPI)", files(volume.path("downwardAPI"), ""), out);
        }
        if (volume.has("projected")) {
            projected(name + "Projected)", volume.path("projected").path("sources"), out);
        }
    }

    private static void projected(String volume, JsonNode sources, List<String> out) {
        List<File> files = new ArrayList<>();
        for (JsonNode source : sources) {
            if (source.isEmpty()) {
                out.add(volume + " has no sources provided");
            }
            files.addAll(files(
                    source.path("secret"),
                    " (Secret \"" + source.path("secret").path("name").asText() + "\")"));
            files.addAll(files(
                    source.path("configMap"),
                    " (ConfigMap \"" + source.path("configMap").path("name").asText() + "\")"));
            files.addAll(files(source.path("downwardAPI"), " (DownwardAPI)"));
            if (source.has("serviceAccountToken")) {
                files.add(
                        new File(source.path("serviceAccountToken").path("path").asText(), " (ServiceAccountToken)"));
            }
        }
        overlaps(volume, files, out);
    }

    private static List<File> files(JsonNode source, String from) {
        List<File> files = new ArrayList<>();
        source.path("items")
                .forEach(item -> files.add(new File(item.path("path").asText(), from)));
        return files;
    }

    private static void overlaps(String volume, List<File> files, List<String> out) {
        for (int i = 1; i < files.size(); i++) {
            File later = files.get(i);
            for (File earlier : files.subList(0, i)) {
                if (later.path().equals(earlier.path())
                        || later.path().startsWith(earlier.path() + "/")
                        || earlier.path().startsWith(later.path() + "/")) {
                    out.add(volume + ": overlapping paths: \"" + later.path() + "\"" + later.from() + " with \""
                            + earlier.path() + "\"" + earlier.from());
                }
            }
        }
    }
}
