package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;

/// What makes the paths of a rule of an ingress invalid.
public final class IngressPathRules {
    private static final List<JsonNode> TYPES =
            List.of(TextNode.valueOf("Exact"), TextNode.valueOf("ImplementationSpecific"), TextNode.valueOf("Prefix"));

    private IngressPathRules() {}

    static void add(String at, JsonNode paths, List<Violation> out) {
        if (paths.isEmpty()) {
            out.add(Violation.required(at, ""));
        }
        for (int i = 0; i < paths.size(); i++) {
            path(at + "[" + i + "].", paths.get(i), out);
        }
    }

    private static void path(String at, JsonNode path, List<Violation> out) {
        JsonNode type = path.path("pathType");
        if (type.isMissingNode()) {
            out.add(Violation.required(at + "pathType", "pathType must be specified"));
        } else if (!TYPES.contains(type)) {
            out.add(Violation.unsupported(at + "pathType", type, TYPES));
        } else if (!type.asText().equals("ImplementationSpecific")) {
            absolute(at + "path", path.path("path").asText(), out);
        }
        IngressRules.backend(at + "backend", path.path("backend"), out);
    }

    private static void absolute(String at, String path, List<Violation> out) {
        if (!path.startsWith("/")) {
            out.add(Names.invalid(at, path, "must be an absolute path"));
            return;
        }
        for (String part : List.of("//", "/./", "/../", "%2f", "%2F")) {
            if (path.contains(part)) {
                out.add(Names.invalid(at, path, "must not contain '" + part + "'"));
            }
        }
        for (String end : List.of("/..", "/.")) {
            if (path.endsWith(end)) {
                out.add(Names.invalid(at, path, "cannot end with '" + end + "'"));
            }
        }
    }
}
