package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// One entry of `spec.ignoreDifferences`: fields of some objects that do not count.
///
/// @param group API group, where `*` stands for any text
/// @param kind kind, where `*` stands for any text
/// @param name name of the object; empty for any
/// @param namespace namespace of the object; empty for any
/// @param jsonPointers RFC 6901 pointers
/// @param jqPathExpressions paths in the language of jq
/// @param managedFieldsManagers field managers whose fields do not count
public record IgnoreRule(
        String group,
        String kind,
        String name,
        String namespace,
        List<String> jsonPointers,
        List<String> jqPathExpressions,
        List<String> managedFieldsManagers) {
    public IgnoreRule {
        jsonPointers = List.copyOf(jsonPointers);
        jqPathExpressions = List.copyOf(jqPathExpressions);
        managedFieldsManagers = List.copyOf(managedFieldsManagers);
    }

    /// The entries of `spec.ignoreDifferences`.
    public static List<IgnoreRule> list(JsonNode declared) {
        List<IgnoreRule> rules = new ArrayList<>();
        for (JsonNode rule : declared) {
            rules.add(new IgnoreRule(
                    rule.path("group").asText(""),
                    rule.path("kind").asText(""),
                    rule.path("name").asText(""),
                    rule.path("namespace").asText(""),
                    texts(rule.path("jsonPointers")),
                    texts(rule.path("jqPathExpressions")),
                    texts(rule.path("managedFieldsManagers"))));
        }
        return rules;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /// Whether the rule is meant for this object.
    public boolean concerns(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText("");
        int slash = apiVersion.indexOf('/');
        JsonNode metadata = object.path("metadata");
        return like(group, slash < 0 ? "" : apiVersion.substring(0, slash))
                && like(kind, object.path("kind").asText(""))
                && (name.isEmpty() || name.equals(metadata.path("name").asText("")))
                && (namespace.isEmpty()
                        || namespace.equals(metadata.path("namespace").asText("")));
    }

    /// Matches without backtracking further than the last star, so that no pattern can take long.
    private static boolean like(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
