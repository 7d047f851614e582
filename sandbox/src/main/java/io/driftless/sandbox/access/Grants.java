package io.driftless.sandbox.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Nobody gives rights that they do not have.
public final class Grants {
    private Grants() {}

    /// What somebody who holds some rules lacks to give others, one line for each resource; empty where nothing.
    public static List<String> missing(List<Rule> held, List<Rule> given) {
        Map<String, Set<String>> lacking = new LinkedHashMap<>();
        for (Rule rule : given) {
            for (String verb : rule.verbs()) {
                rule.urls().stream()
                        .filter(url -> held.stream().noneMatch(h -> h.coversUrl(url, verb)))
                        .forEach(url -> add(lacking, "NonResourceURLs:[\"" + url + "\"]", verb));
                for (String group : rule.groups()) {
                    for (String resource : rule.resources()) {
                        resource(held, rule, group, resource, verb, lacking);
                    }
                }
            }
        }
        Set<String> lines = new TreeSet<>();
        lacking.forEach((what, verbs) -> lines.add("{" + what + ", Verbs:"
                + verbs.stream().map(Grants::quoted).collect(Collectors.joining(" ", "[", "]}"))));
        return new ArrayList<>(lines);
    }

    private static void resource(
            List<Rule> held, Rule rule, String group, String resource, String verb, Map<String, Set<String>> lacking) {
        String what = "APIGroups:[" + quoted(group) + "], Resources:[" + quoted(resource) + "]";
        for (String name : rule.names().isEmpty() ? List.of("") : rule.names()) {
            if (held.stream().noneMatch(h -> h.covers(group, resource, name, verb))) {
                add(lacking, name.isEmpty() ? what : what + ", ResourceNames:[" + quoted(name) + "]", verb);
            }
        }
    }

    private static void add(Map<String, Set<String>> lacking, String what, String verb) {
        lacking.computeIfAbsent(what, _ -> new LinkedHashSet<>()).add(verb);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
