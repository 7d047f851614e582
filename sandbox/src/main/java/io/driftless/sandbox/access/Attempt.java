package io.driftless.sandbox.access;

import java.util.List;
import java.util.Locale;

/// What somebody wants to do: something with a resource, or with a path that is none. Unused parts are empty.
public record Attempt(
        String verb, String group, String resource, String subresource, String namespace, String name, String path) {

    /// @param parts of the path, decoded
    /// @param query what the query asks for
    public static Attempt of(String method, String path, List<String> parts, Query query) {
        boolean core = parts.size() >= 3 && parts.getFirst().equals("api");
        boolean grouped = parts.size() >= 4 && parts.getFirst().equals("apis");
        if (!core && !grouped) {
            return onPath(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT), path);
        }
        List<String> rest = parts.subList(core ? 2 : 3, parts.size());
        boolean underWatch = rest.size() > 1 && rest.getFirst().equals("watch");
        rest = underWatch ? rest.subList(1, rest.size()) : rest;
        String namespace = "";
        if (rest.size() > 1 && rest.getFirst().equals("namespaces")) {
            namespace = rest.get(1);
            boolean inside = rest.size() > 2 && !List.of("status", "finalize").contains(rest.get(2));
            rest = inside ? rest.subList(2, rest.size()) : rest;
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String verb = verb(method, name, query.watch() || underWatch);
        boolean many = List.of("list", "watch", "deletecollection").contains(verb);
        return new Attempt(
                verb,
                core ? "" : parts.get(1),
                rest.getFirst(),
                rest.size() > 2 ? rest.get(2) : "",
                namespace,
                name.isEmpty() && many ? query.name() : name,
                "");
    }

    /// @param watch whether changes are asked for
    /// @param name the only name that is asked for, by a field selector
    public record Query(boolean watch, String name) {}

    /// To reach a path that is no resource.
    public static Attempt onPath(String verb, String path) {
        return new Attempt(verb, "", "", "", "", "", path);
    }

    private static String verb(String method, String name, boolean watch) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> watch ? "watch" : name.isEmpty() ? "list" : "get";
        };
    }

    /// Whether it is about a path that is no resource.
    public boolean ofPath() {
        return resource.isEmpty();
    }

    /// The resource as rules name it.
    public String target() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /// The same with another verb.
    public Attempt doing(String other) {
        return new Attempt(other, group, resource, subresource, namespace, name, path);
    }

    /// Why it is refused, without what it is about.
    public String refusal(User user) {
        if (ofPath()) {
            return "User \"" + user.name() + "\" cannot " + verb + " path \"" + path + "\"";
        }
        return "User \"" + user.name() + "\" cannot " + verb + " resource \"" + target() + "\" in API group \"" + group
                + "\" " + (namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"");
    }
}
