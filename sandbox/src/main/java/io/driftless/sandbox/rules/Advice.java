package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Warnings about objects that are accepted as they are, though hardly meant so.
public final class Advice {
    /// The finalizers that an object of a defined kind had before it was written.
    public static final ScopedValue<JsonNode> HELD = ScopedValue.newInstance();

    private static final String MADE = "Pod names and hostnames";

    private Advice() {}

    /// @param created whether the object was not there before
    public static List<String> about(ResourceType type, JsonNode object, boolean created) {
        List<String> out = new ArrayList<>();
        if (type.custom() != null) {
            finalizers(object.path("metadata").path("finalizers"), out);
        }
        switch (type.id()) {
            case "secrets" -> {
                if (object.path("type").asText().equals("kubernetes.io/tls")) {
                    certificate(object.path("data"), out);
                }
            }
            case "services" -> service(object.path("spec"), out);
            case "ingresses.networking.k8s.io" -> {
                if (created && object.path("metadata").path("annotations").has("kubernetes.io/ingress.class")) {
                    out.add(
                            "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName'"
                                    + " instead");
                }
            }
            case "endpointslices.discovery.k8s.io" -> {
                if (object.path("addressType").asText().equals("FQDN")) {
                    out.add("spec.addressType: FQDN endpoints are deprecated");
                }
            }
            case "deployments.apps", "replicasets.apps", "jobs.batch" -> {
                named(object, MADE, out);
                template(object, out);
            }
            case "statefulsets.apps" -> {
                template(object, out);
                if (object.path("spec").path("revisionHistoryLimit").asInt() < 0) {
                    out.add(
                            "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is"
                                    + " recommended");
                }
            }
            case "daemonsets.apps" -> template(object, out);
            case "persistentvolumeclaims" -> {
                if (object.path("metadata").path("annotations").has(ClaimRules.OLDER_CLASS)) {
                    out.add("metadata.annotations[" + ClaimRules.OLDER_CLASS
                            + "]: deprecated since v1.8; use \"storageClassName\" attribute instead");
                }
                for (String part : List.of("requests", "limits")) {
                    JsonNode amounts = object.path("spec").path("resources").path(part);
                    PodAdvice.fraction("spec.resources." + part, "storage", amounts, out);
                }
            }
            case "cronjobs.batch" -> {
                named(object, MADE, out);
                PodAdvice.add(
                        "spec.jobTemplate.spec.template.spec", object.at("/spec/jobTemplate/spec/template/spec"), out);
            }
            case "podtemplates" ->
                PodAdvice.add("template.spec", object.path("template").path("spec"), out);
            case "pods" -> {
                named(object, "the Pod's hostname", out);
                PodAdvice.add("spec", object.path("spec"), out);
            }
            default -> {}
        }
        return out;
    }

    /// Finalizers of defined kinds may be no more than a name.
    private static void finalizers(JsonNode finalizers, List<String> out) {
        finalizers.forEach(finalizer -> {
            String name = finalizer.asText();
            boolean old = HELD.isBound() && NamespaceRules.has(HELD.get(), name);
            if (!old && !name.contains("/") && !MetadataRules.STANDARD_FINALIZERS.contains(name)) {
                out.add("metadata.finalizers: " + Json.quoted(name)
                        + ": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer"
                        + " writers");
            }
        });
    }

    /// Whether there is something like a certificate with its key; whether they fit is not looked at.
    private static void certificate(JsonNode data, List<String> out) {
        if (!pem(data.path("tls.crt").asText())) {
            out.add("tls: failed to find any PEM data in certificate input");
        } else if (!pem(data.path("tls.key").asText())) {
            out.add("tls: failed to find any PEM data in key input");
        }
    }

    private static boolean pem(String encoded) {
        return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    private static void template(JsonNode object, List<String> out) {
        PodAdvice.add("spec.template.spec", object.path("spec").path("template").path("spec"), out);
    }

    private static void service(JsonNode spec, List<String> out) {
        if (!spec.path("externalIPs").isEmpty()) {
            out.add("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
        }
        if (spec.path("clusterIP").asText().equals("None")
                && spec.path("sessionAffinity").asText().equals("ClientIP")) {
            out.add("spec.SessionAffinity is ignored for headless services");
        }
        if (spec.has("externalName") && !spec.path("type").asText().equals("ExternalName")) {
            out.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
        if (spec.path("trafficDistribution").asText().equals("PreferClose")) {
            out.add("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
        }
    }

    /// Names of what makes pods should do for the names of hosts.
    private static void named(JsonNode object, String use, List<String> out) {
        List<Violation> wrong = new ArrayList<>();
        Part.at("", object.path("metadata").path("name"), wrong).label();
        if (!wrong.isEmpty()) {
            List<String> why = wrong.stream()
                    .map(one -> one.message().substring(one.message().indexOf(": ", "Invalid value: ".length()) + 2))
                    .toList();
            out.add("metadata.name: this is used in " + use
                    + ", which can result in surprising behavior; a DNS label is" + " recommended: ["
                    + String.join(" ", why) + "]");
        }
    }
}
