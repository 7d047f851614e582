package io.driftless.sandbox.rules;

import io.driftless.objects.Quantities;
import io.driftless.sandbox.model.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What makes a reference to a field of the pod itself invalid, or to what a container may use.
public final class DownwardRules {
    private static final List<String> VARIABLES = List.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final List<String> FILES =
            List.of("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid");
    /// Further fields that pods can be told apart by, though no container is told of them.
    private static final Set<String> SELECTED = Set.of(
            "metadata.annotations",
            "metadata.labels",
            "spec.restartPolicy",
            "spec.schedulerName",
            "status.phase",
            "spec.hostNetwork",
            "status.nominatedNodeName",
            "spec.initContainers");
    private static final List<String> RESOURCES = List.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");
    private static final List<String> OF_CPU = List.of("1m", "1");
    private static final List<String> OF_BYTES =
            List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

    private DownwardRules() {}

    static void variable(Part reference) {
        field(reference, VARIABLES);
    }

    static void file(Part reference) {
        field(reference, FILES);
    }

    private static void field(Part reference, List<String> supported) {
        Part path = reference.in("fieldPath");
        String version = reference.in("apiVersion").text();
        String text = path.text();
        if (version.isEmpty()) {
            reference.in("apiVersion").required("");
        } else if (text.isEmpty()) {
            path.required("");
        } else if (!version.equals("v1")) {
            path.invalid("error converting fieldPath: unsupported pod version: " + version);
        } else if (text.endsWith("']") && text.contains("['")) {
            entry(
                    reference,
                    text.substring(0, text.indexOf("['")),
                    text.substring(text.indexOf("['") + 2, text.length() - 2));
        } else if (!supported.contains(text)) {
            if (SELECTED.contains(text) || VARIABLES.contains(text)) {
                path.unsupported(supported);
            } else {
                path.invalid("error converting fieldPath: field label not supported: " + text);
            }
        }
    }

    private static void entry(Part reference, String map, String key) {
        switch (map) {
            case "metadata.annotations", "metadata.labels" -> Names.key(reference.path(), key, reference.complaints());
            default ->
                reference
                        .in("fieldPath")
                        .invalid("error converting fieldPath: field label does not support subscript: "
                                + reference.in("fieldPath").text());
        }
    }

    /// @param named whether the container has to be said
    static void resource(Part reference, boolean named) {
        Part resource = reference.in("resource");
        if (named && !reference.in("containerName").needed()) {
            return;
        }
        if (!resource.needed()) {
            return;
        }
        if (!RESOURCES.contains(resource.text()) && !huge(resource.text())) {
            resource.unsupported(RESOURCES);
            return;
        }
        divisor(reference, resource.text());
    }

    private static boolean huge(String resource) {
        return Stream.of("limits.hugepages-", "requests.hugepages-").anyMatch(resource::startsWith);
    }

    private static void divisor(Part reference, String resource) {
        String divisor = reference.in("divisor").text();
        boolean none = divisor.isEmpty()
                || Quantities.parse(divisor).orElse(BigDecimal.ZERO).signum() == 0;
        String what = resource.substring(resource.indexOf('.') + 1);
        if (what.equals("cpu")) {
            if (!none && !OF_CPU.contains(divisor)) {
                reference
                        .in("divisor")
                        .invalid(
                                Json.quoted(resource),
                                "only divisor's values 1m and 1 are supported with the cpu resource");
            }
        } else if (!none && !OF_BYTES.contains(divisor)) {
            String name = what.equals("ephemeral-storage")
                    ? "local ephemeral storage"
                    : what.equals("memory") ? what : "hugepages";
            reference
                    .in("divisor")
                    .invalid(
                            Json.quoted(resource),
                            "only divisor's values " + String.join(", ", OF_BYTES) + " are supported with the " + name
                                    + " resource");
        }
    }
}
