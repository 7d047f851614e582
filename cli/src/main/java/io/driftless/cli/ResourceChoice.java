package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Which resources of an Application are meant: `[!]GROUP:KIND:[NAMESPACE/]NAME`, where `*` is anything and a missing
/// namespace is any.
///
/// @param without whether those are meant that do not match
record ResourceChoice(String group, String kind, String namespace, String name, boolean without) {
    /// Fails with exit code 20, as `argocd` does.
    static ResourceChoice parse(String text) {
        boolean without = text.startsWith("!");
        String[] parts = (without ? text.substring(1) : text).split(":", -1);
        String[] name = parts[parts.length - 1].split("/", -1);
        if (parts.length != 3 || name.length > 2) {
            throw new CommandFailure(ExitCode.API, "resource should have GROUP:KIND:NAME, but instead got: " + text);
        }
        return name.length == 1
                ? new ResourceChoice(parts[0], parts[1], "", name[0], without)
                : new ResourceChoice(parts[0], parts[1], name[0], name[1], without);
    }

    static List<ResourceChoice> parse(List<String> texts) {
        return texts.stream().map(ResourceChoice::parse).toList();
    }

    /// Whether any of the choices means this one; without a choice all are meant.
    static boolean means(ResourceStates resource, List<ResourceChoice> choices) {
        return choices.isEmpty()
                || choices.stream()
                        .anyMatch(choice ->
                                choice.means(resource.group(), resource.kind(), resource.namespace(), resource.name()));
    }

    /// The same of a resource as a status or a tree names it.
    static boolean means(JsonNode resource, List<ResourceChoice> choices) {
        ResourceRef ref = ResourceRef.of(resource);
        return choices.isEmpty()
                || choices.stream()
                        .anyMatch(choice -> choice.means(ref.group(), ref.kind(), ref.namespace(), ref.name()));
    }

    private boolean means(String itsGroup, String itsKind, String itsNamespace, String itsName) {
        boolean same = same(group, itsGroup)
                && same(kind, itsKind)
                && same(name, itsName)
                && (namespace.isEmpty() || same(namespace, itsNamespace));
        return same != without;
    }

    private static boolean same(String wanted, String value) {
        return wanted.equals("*") || wanted.equals(value);
    }
}
