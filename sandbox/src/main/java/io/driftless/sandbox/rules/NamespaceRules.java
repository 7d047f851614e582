package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What makes namespaces invalid: what holds them, their phase, labels about the security of pods.
public final class NamespaceRules {
    private static final String SECURITY = "pod-security.kubernetes.io/";
    private static final List<String> LEVELS = List.of("privileged", "baseline", "restricted");

    private NamespaceRules() {}

    static void add(JsonNode object, @Nullable JsonNode before, List<Violation> out) {
        security(object.path("metadata").path("labels"), out);
        JsonNode finalizers = object.path("spec").path("finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            finalizer(
                    "spec.finalizers" + (before == null ? "" : "[" + i + "]"),
                    finalizers.get(i).asText(),
                    out);
        }
        if (before != null && !before.path("status").equals(object.path("status"))) {
            phase(object, out);
        }
    }

    private static void finalizer(String field, String name, List<Violation> out) {
        Names.key(field, name, out);
        if (!name.contains("/") && !name.equals("kubernetes")) {
            out.add(Names.invalid(field, name, "name is neither a standard finalizer name nor is it fully qualified"));
        }
    }

    private static void phase(JsonNode object, List<Violation> out) {
        boolean leaving = object.path("metadata").has("deletionTimestamp");
        String wanted = leaving ? "Terminating" : "Active";
        String phase = object.path("status").path("phase").asText();
        if (!phase.equals(wanted)) {
            out.add(Names.invalid(
                    "status.Phase",
                    phase,
                    "may only be '" + wanted + "' if `deletionTimestamp` is " + (leaving ? "not " : "") + "empty"));
        }
    }

    private static void security(JsonNode labels, List<Violation> out) {
        for (String mode : List.of("enforce", "audit", "warn")) {
            String level = SECURITY + mode;
            if (labels.has(level) && !LEVELS.contains(labels.path(level).asText())) {
                out.add(Names.invalid(
                        "metadata.labels[" + level + "]",
                        labels.path(level).asText(),
                        "must be one of " + String.join(", ", LEVELS)));
            }
            String version = level + "-version";
            if (labels.has(version) && !version(labels.path(version).asText())) {
                out.add(Names.invalid(
                        "metadata.labels[" + version + "]",
                        labels.path(version).asText(),
                        "must be \"latest\" or \"v1.x\""));
            }
        }
    }

    private static boolean version(String text) {
        return text.equals("latest")
                || text.startsWith("v1.")
                        && text.length() > 3
                        && text.substring(3).chars().allMatch(Character::isDigit)
                        && (text.length() == 4 || text.charAt(3) != '0');
    }

    /// Preconditions are looked at where namespaces are marked, not where they are stored.
    public static void precondition(ResourceType type, String name, String liveUid, long liveVersion, JsonNode wanted) {
        String uid = wanted.path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(liveUid)) {
            throw ApiError.conflict(
                    type,
                    name,
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + liveUid);
        }
        String version = wanted.path("resourceVersion").asText();
        if (!version.isEmpty() && !version.equals(Long.toString(liveVersion))) {
            throw ApiError.conflict(
                    type,
                    name,
                    "Precondition failed: ResourceVersion in precondition: " + version
                            + ", ResourceVersion in object meta: " + liveVersion);
        }
    }

    /// Whether a list holds a text.
    public static boolean has(JsonNode list, String text) {
        for (JsonNode item : list) {
            if (item.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }
}
