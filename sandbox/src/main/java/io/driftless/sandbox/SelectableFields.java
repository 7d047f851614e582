package io.driftless.sandbox;

import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fields that objects of a type can be selected by: name and namespace, and a few more of some types.
final class SelectableFields {
    private static final Set<String> COMMON = Set.of("metadata.name", "metadata.namespace");
    private static final Map<String, List<String>> MORE = Map.ofEntries(
            Map.entry(
                    "pods",
                    List.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.nominatedNodeName")),
            Map.entry("secrets", List.of("type")),
            Map.entry("namespaces", List.of("status.phase")),
            Map.entry("nodes", List.of("spec.unschedulable")),
            Map.entry("services", List.of("spec.clusterIP", "spec.type")),
            Map.entry("replicationcontrollers", List.of("status.replicas")),
            Map.entry("certificatesigningrequests.certificates.k8s.io", List.of("spec.signerName")),
            Map.entry("jobs.batch", List.of("status.successful")),
            Map.entry("events", events()));

    private SelectableFields() {}

    private static List<String> events() {
        return List.of(
                "involvedObject.kind",
                "involvedObject.namespace",
                "involvedObject.name",
                "involvedObject.uid",
                "involvedObject.apiVersion",
                "involvedObject.resourceVersion",
                "involvedObject.fieldPath",
                "regarding.kind",
                "regarding.namespace",
                "regarding.name",
                "regarding.uid",
                "reportingController",
                "reason",
                "reportingComponent",
                "source",
                "type");
    }

    /// @throws ApiError 400 where objects of the type are not selected by the field
    static void check(ResourceType type, String field) {
        Set<String> known = of(type);
        if (!known.contains(field)) {
            if (type.id().equals("jobs.batch")) {
                throw ApiError.badRequest("field label " + Json.quoted(field) + " not supported for Job");
            }
            throw ApiError.badRequest(
                    MORE.containsKey(type.id()) || type.custom() != null
                            ? "field label not supported: " + field
                            : Json.quoted(field) + " is not a known field selector: only "
                                    + known.stream().sorted().map(Json::quoted).collect(Collectors.joining(", ")));
        }
    }

    private static Set<String> of(ResourceType type) {
        if (type.custom() != null) {
            return Stream.concat(
                            COMMON.stream(),
                            type.custom()
                                    .path("selectableFields")
                                    .valueStream()
                                    .map(f -> f.path("jsonPath").asText().replaceFirst("^\\.", "")))
                    .collect(Collectors.toSet());
        }
        List<String> more = MORE.getOrDefault(type.id(), List.of());
        return Stream.concat(COMMON.stream(), more.stream()).collect(Collectors.toSet());
    }
}
