package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What makes it invalid how a container gets at the volumes of its pod: as files, or as devices.
public final class MountRules {
    private static final List<String> PROPAGATIONS = List.of("Bidirectional", "HostToContainer", "None");
    private static final List<String> READ_ONLY = List.of("Disabled", "Enabled", "IfPossible");
    private static final List<String> BLOCKS = List.of("persistentVolumeClaim", "ephemeral");
    private static final String STEPS_BACK = "must not contain '..'";

    private MountRules() {}

    static void add(Part container, Map<String, JsonNode> volumes) {
        mounts(container, volumes);
        devices(container, volumes);
    }

    private static void mounts(Part container, Map<String, JsonNode> volumes) {
        Set<String> taken = new HashSet<>();
        boolean privileged =
                container.value().path("securityContext").path("privileged").asBoolean();
        for (Part mount : container.each("volumeMounts")) {
            Part name = mount.in("name");
            Part path = mount.in("mountPath");
            name.needed();
            if (!volumes.containsKey(name.text())) {
                name.notFound("");
            }
            path.needed();
            if (!taken.add(path.text())) {
                path.invalid("must be unique");
            }
            apart(container, "volumeDevices", "devicePath", name, path);
            // What follows is told of all mounts, without the number of one.
            Part all = container.in("volumeMounts");
            Part sub = mount.in("subPath");
            Part expression = mount.in("subPathExpr");
            if (!sub.text().isEmpty()) {
                descending(sub, all.in("subPath"));
            }
            if (!expression.text().isEmpty()) {
                if (!sub.text().isEmpty()) {
                    expression.invalid("subPathExpr and subPath are mutually exclusive");
                }
                descending(expression, all.in("subPathExpr"));
            }
            mount.with("mountPropagation", value -> propagation(value, all.in("mountPropagation"), privileged));
            mount.with("recursiveReadOnly", value -> readOnly(mount.value(), value, all.in("recursiveReadOnly")));
        }
    }

    private static void propagation(Part value, Part said, boolean privileged) {
        ServiceRules.oneOf(said.path(), value.value(), PROPAGATIONS, said.complaints());
        if (value.text().equals("Bidirectional") && !privileged) {
            said.forbidden("Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private static void readOnly(JsonNode mount, Part value, Part said) {
        ServiceRules.oneOf(said.path(), value.value(), READ_ONLY, said.complaints());
        boolean wished = READ_ONLY.indexOf(value.text()) > 0;
        if (wished && !mount.path("readOnly").asBoolean()) {
            said.forbidden("may only be specified when readOnly is true");
        }
        if (wished
                && !List.of("", "None").contains(mount.path("mountPropagation").asText())) {
            said.forbidden("may only be specified when mountPropagation is None or not specified");
        }
    }

    private static void devices(Part container, Map<String, JsonNode> volumes) {
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (Part device : container.each("volumeDevices")) {
            Part name = device.in("name");
            Part path = device.in("devicePath");
            name.needed();
            if (!names.add(name.text())) {
                name.invalid("must be unique");
            }
            JsonNode volume = volumes.get(name.text());
            if (volume == null) {
                name.notFound("");
            } else if (BLOCKS.stream().noneMatch(volume::has)) {
                name.invalid("can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            }
            if (path.needed() && !paths.add(path.text())) {
                path.invalid("must be unique");
            }
            if (stepsBack(path.text())) {
                path.invalid("can not contain backsteps ('..')");
            }
            apart(container, "volumeMounts", "mountPath", name, path);
        }
    }

    /// Complains about a volume, or a path, that is in the other list too.
    private static void apart(Part container, String list, String field, Part name, Part path) {
        for (JsonNode other : container.value().path(list)) {
            if (other.path("name").asText().equals(name.text())) {
                name.invalid("must not already exist in " + list);
            }
            if (other.path(field).asText().equals(path.text())) {
                path.invalid("must not already exist as a path in " + list);
            }
        }
    }

    /// Complains about a path that leads out of where it begins.
    ///
    /// @param said where that is said to be
    static void descending(Part path, Part said) {
        if (path.text().startsWith("/")) {
            said.invalid(Json.quoted(path.text()), "must be a relative path");
        }
        noStepsBack(path, said);
    }

    static void noStepsBack(Part path, Part said) {
        if (stepsBack(path.text())) {
            said.invalid(Json.quoted(path.text()), STEPS_BACK);
        }
    }

    /// The same, of names of files that must not look like those that a volume keeps for itself.
    static void file(Part path, Part said) {
        if (path.text().isEmpty()) {
            said.required("");
            return;
        }
        descending(path, said);
        if (path.text().startsWith("..") && !path.text().startsWith("../")) {
            said.invalid(Json.quoted(path.text()), "must not start with '..'");
        }
    }

    private static boolean stepsBack(String path) {
        return path.contains("..") && List.of(path.split("/")).contains("..");
    }
}
