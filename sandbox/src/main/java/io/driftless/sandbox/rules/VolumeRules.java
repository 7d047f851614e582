package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.model.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What makes the volumes of a pod invalid.
public final class VolumeRules {
    /// Where the content of a volume can be from, in the order in which the real server looks: the first counts, each
    /// other is one too many.
    private static final List<String> SOURCES = List.of(
            "emptyDir",
            "hostPath",
            "gitRepo",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "secret",
            "nfs",
            "iscsi",
            "glusterfs",
            "persistentVolumeClaim",
            "rbd",
            "flexVolume",
            "cinder",
            "cephfs",
            "flocker",
            "downwardAPI",
            "fc",
            "azureFile",
            "configMap",
            "vsphereVolume",
            "quobyte",
            "azureDisk",
            "portworxVolume",
            "photonPersistentDisk",
            "scaleIO",
            "storageos",
            "csi",
            "projected",
            "ephemeral",
            "image");
    /// The fields that a source cannot do without.
    private static final Map<String, List<String>> NEEDED = Map.ofEntries(
            Map.entry("hostPath", List.of("path")),
            Map.entry("gitRepo", List.of("repository")),
            Map.entry("gcePersistentDisk", List.of("pdName")),
            Map.entry("awsElasticBlockStore", List.of("volumeID")),
            Map.entry("secret", List.of("secretName")),
            Map.entry("configMap", List.of("name")),
            Map.entry("nfs", List.of("server", "path")),
            Map.entry("iscsi", List.of("targetPortal", "iqn")),
            Map.entry("glusterfs", List.of("endpoints", "path")),
            Map.entry("persistentVolumeClaim", List.of("claimName")),
            Map.entry("rbd", List.of("monitors", "image")),
            Map.entry("flexVolume", List.of("driver")),
            Map.entry("cinder", List.of("volumeID")),
            Map.entry("cephfs", List.of("monitors")),
            Map.entry("azureFile", List.of("secretName", "shareName")),
            Map.entry("azureDisk", List.of("diskName", "diskURI")),
            Map.entry("vsphereVolume", List.of("volumePath")),
            Map.entry("csi", List.of("driver")),
            Map.entry("ephemeral", List.of("volumeClaimTemplate")));
    private static final List<String> HOST_TYPES = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");
    private static final List<String> PULLS = List.of("Always", "IfNotPresent", "Never");

    private VolumeRules() {}

    /// Looks through the volumes of a pod and returns those that are in order, by name.
    static Map<String, JsonNode> add(Part spec) {
        Map<String, JsonNode> volumes = new HashMap<>();
        for (Part volume : spec.each("volumes")) {
            int before = volume.complaints().size();
            sources(volume);
            Part name = volume.in("name");
            if (name.needed()) {
                name.label();
            }
            if (volumes.containsKey(name.text())) {
                name.duplicate(name.text());
            }
            if (volume.complaints().size() == before) {
                volumes.put(name.text(), volume.value());
            }
        }
        return volumes;
    }

    private static void sources(Part volume) {
        if (volume.value().size() <= 2) {
            for (var source : volume.value().properties()) {
                if (!source.getKey().equals("name")) {
                    source(source.getKey(), volume.in(source.getKey()));
                }
            }
            return;
        }
        boolean found = false;
        for (String name : SOURCES) {
            if (volume.value().has(name)) {
                if (found) {
                    // The real server misspells one of them.
                    volume.in(name.equals("downwardAPI") ? "downwarAPI" : name)
                            .forbidden("may not specify more than 1 volume type");
                } else {
                    source(name, volume.in(name));
                }
                found = true;
            }
        }
    }

    private static void source(String name, Part source) {
        Part said = name.equals("gcePersistentDisk")
                ? Part.at(
                        source.path().replace("gcePersistentDisk", "persistentDisk"),
                        source.value(),
                        source.complaints())
                : source;
        NEEDED.getOrDefault(name, List.of()).forEach(field -> said.in(field).needed());
        switch (name) {
            case "emptyDir" -> {
                if (source.in("sizeLimit").text().startsWith("-")) {
                    source.in("sizeLimit").forbidden("SizeLimit field must be a valid resource quantity");
                }
            }
            case "hostPath" -> {
                MountRules.noStepsBack(source.in("path"), source.in("path"));
                source.in("type").oneOf(HOST_TYPES);
            }
            case "nfs" -> {
                if (!source.in("path").text().startsWith("/")) {
                    source.in("path").invalid("must be an absolute path");
                }
            }
            case "secret", "configMap" -> {
                source.with("defaultMode", VolumeRules::mode);
                items(source);
            }
            case "downwardAPI" -> {
                source.with("defaultMode", VolumeRules::mode);
                source.each("items").forEach(item -> downward(item, source));
            }
            case "projected" -> projected(source);
            case "csi" -> {
                if (!source.in("driver").text().isEmpty()) {
                    source.in("driver").subdomain();
                }
            }
            case "ephemeral" -> source.with("volumeClaimTemplate", claim -> ClaimRules.template(claim.in("spec")));
            case "image" -> source.in("pullPolicy").oneOf(PULLS);
            default -> {}
        }
    }

    private static void mode(Part mode) {
        if (mode.number() < 0 || mode.number() > 0777) {
            mode.invalid("must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    private static void items(Part source) {
        for (Part item : source.each("items")) {
            item.in("key").needed();
            MountRules.file(item.in("path"), item.in("path"));
            item.with("mode", VolumeRules::mode);
        }
    }

    /// The real server does not tell which item it is.
    private static void downward(Part item, Part source) {
        MountRules.file(item.in("path"), source.in("path"));
        JsonNode value = item.value();
        Part said = Part.at(source.path(), value, source.complaints());
        if (value.has("fieldRef")) {
            DownwardRules.file(said.in("fieldRef"));
            if (value.has("resourceFieldRef")) {
                said.invalid("\"resource\"", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (value.has("resourceFieldRef")) {
            DownwardRules.resource(said.in("resourceFieldRef"), true);
        } else {
            said.required("one of fieldRef and resourceFieldRef is required");
        }
        said.with("mode", VolumeRules::mode);
    }

    private static void projected(Part projected) {
        projected.with("defaultMode", VolumeRules::mode);
        Set<String> paths = new HashSet<>();
        for (Part source : projected.each("sources")) {
            for (String named : List.of("secret", "configMap")) {
                source.with(named, one -> {
                    one.in("name").needed();
                    items(one);
                    one.value()
                            .path("items")
                            .forEach(item ->
                                    path(projected, item, paths, one.in("name").text()));
                });
            }
            source.with(
                    "downwardAPI",
                    one -> one.each("items").forEach(item -> {
                        downward(item, one);
                        path(projected, item.value(), paths, "downwardAPI");
                    }));
            source.with("serviceAccountToken", one -> token(projected, one));
            if (source.value().size() > 1) {
                source.forbidden("may not specify more than 1 volume type per source");
            }
        }
    }

    private static void path(Part projected, JsonNode item, Set<String> paths, String of) {
        String path = item.path("path").asText();
        if (!path.isEmpty() && !paths.add(path)) {
            projected.invalid(Json.quoted(of), "conflicting duplicate paths");
        }
    }

    private static void token(Part projected, Part token) {
        token.with("expirationSeconds", seconds -> {
            if (seconds.number() < 600) {
                seconds.invalid("may not specify a duration less than 10 minutes");
            } else if (seconds.number() > 1L << 32) {
                seconds.invalid("may not specify a duration larger than 2^32 seconds");
            }
        });
        MountRules.file(token.in("path"), projected.in("path"));
    }
}
