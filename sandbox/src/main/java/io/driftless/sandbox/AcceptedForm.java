package io.driftless.sandbox;

import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The form of an answer that a client likes best of those there are, as its `Accept` says (RFC 9110,
/// section 12.5.1, with the parameters `as`, `g` and `v` of Kubernetes).
///
/// @param version of the API that the shape belongs to, such as `v1`; empty for objects as they are
record AcceptedForm(Shape shape, String version) {
    /// Objects as they are, as JSON.
    static final AcceptedForm PLAIN = new AcceptedForm(Shape.AS_IT_IS, "");

    /// What becomes of the objects.
    enum Shape {
        AS_IT_IS,
        TABLE,
        METADATA,
        METADATA_LIST,
        GROUPS
    }

    /// What an address can answer with.
    enum Offer {
        /// Objects, lists of them, and what is made of either.
        OBJECTS,
        /// Changes, one a line.
        CHANGES,
        /// Documents that have one form.
        DOCUMENTS,
        /// Documents of discovery that can also be had all in one.
        GROUPS
    }

    private record Clause(String media, Map<String, String> parameters) {
        double quality() {
            try {
                return Double.parseDouble(parameters.getOrDefault("q", "1"));
            } catch (NumberFormatException e) {
                return 1;
            }
        }

        boolean json() {
            return media.equals("application/json") || media.equals("*/*");
        }

        boolean yaml() {
            return media.equals("application/yaml");
        }

        boolean protobuf() {
            return media.startsWith("application/vnd.kubernetes.protobuf");
        }
    }

    /// Null where there is none that the client accepts.
    static @Nullable AcceptedForm of(HttpServerRequest request, Offer offer) {
        String accept = accept(request);
        if (simple(accept)) {
            return PLAIN;
        }
        boolean other = false;
        for (Clause clause : clauses(accept)) {
            Shape shape = shape(clause.parameters, offer);
            if (shape == null) {
                continue;
            }
            if (clause.json() || (clause.yaml() && offer != Offer.CHANGES)) {
                return shape == Shape.AS_IT_IS
                        ? PLAIN
                        : new AcceptedForm(shape, clause.parameters.getOrDefault("v", ""));
            }
            other |= clause.protobuf() && shape == Shape.AS_IT_IS;
        }
        // The sandbox has no objects in protobuf; who accepts nothing else gets JSON, and its type says so.
        return other ? PLAIN : null;
    }

    /// The same, where it is known already that there is one.
    static AcceptedForm accepted(HttpServerRequest request, Offer offer) {
        return Objects.requireNonNullElse(of(request, offer), PLAIN);
    }

    /// Whether what is known of the client's wishes speaks for YAML, for a refusal too.
    static boolean prefersYaml(HttpServerRequest request) {
        String accept = accept(request);
        if (simple(accept)) {
            return false;
        }
        for (Clause clause : clauses(accept)) {
            if (clause.json() || clause.yaml() || clause.protobuf()) {
                return clause.yaml();
            }
        }
        return false;
    }

    /// Whether a client accepts one of the types that objects and documents have, whatever their form.
    static boolean knownType(HttpServerRequest request) {
        String accept = accept(request);
        return simple(accept)
                || clauses(accept).stream().anyMatch(clause -> clause.json() || clause.yaml() || clause.protobuf());
    }

    static String accept(HttpServerRequest request) {
        String accept = request.getHeader("accept");
        return accept == null ? "" : accept;
    }

    /// The version of the API that Tables and metadata are of.
    String apiVersion() {
        return "meta.k8s.io/" + version;
    }

    private static boolean simple(String accept) {
        return accept.isEmpty() || accept.equals("application/json") || accept.equals("*/*");
    }

    private static @Nullable Shape shape(Map<String, String> parameters, Offer offer) {
        String as = parameters.get("as");
        if (as == null) {
            return Shape.AS_IT_IS;
        }
        String group = parameters.getOrDefault("g", "");
        String version = parameters.getOrDefault("v", "");
        if (offer == Offer.GROUPS) {
            boolean all = as.equals("APIGroupDiscoveryList") && group.equals("apidiscovery.k8s.io");
            return all && version.equals("v2") ? Shape.GROUPS : null;
        }
        boolean known = group.equals("meta.k8s.io") && (version.equals("v1") || version.equals("v1beta1"));
        if (offer == Offer.DOCUMENTS || !known) {
            return null;
        }
        return switch (as) {
            case "Table" -> Shape.TABLE;
            case "PartialObjectMetadata" -> Shape.METADATA;
            case "PartialObjectMetadataList" -> Shape.METADATA_LIST;
            default -> null;
        };
    }

    /// Those that a client likes better first.
    private static List<Clause> clauses(String accept) {
        List<Clause> out = new ArrayList<>();
        for (String clause : accept.split(",")) {
            String[] parts = clause.split(";");
            Map<String, String> parameters = new HashMap<>();
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
                            parts[i].substring(equals + 1).strip());
                }
            }
            out.add(new Clause(parts.length == 0 ? "" : parts[0].strip(), parameters));
        }
        out.sort(Comparator.comparingDouble(Clause::quality).reversed());
        return out;
    }
}
