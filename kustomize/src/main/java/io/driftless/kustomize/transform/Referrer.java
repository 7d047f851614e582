package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.ResId;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A resource that may name others, and the search for the one it means.
final class Referrer {
    private final Resource resource;
    private final List<Resource> all;
    private final Map<String, List<Resource>> byFormerName;
    private @Nullable Set<String> accountNamespaces;

    Referrer(Resource resource, List<Resource> all, Map<String, List<Resource>> byFormerName) {
        this.resource = resource;
        this.all = all;
        this.byFormerName = byFormerName;
    }

    Resource resource() {
        return resource;
    }

    void set(Node node, NameReferences.Row row) {
        if (node.isNull()) {
            return;
        }
        switch (node.kind()) {
            case SCALAR -> scalar(node, row);
            case MAP -> map(node, row);
            case LIST -> {
                for (Node item : node.items()) {
                    if (item.isScalar()) {
                        scalar(item, row);
                    } else if (item.isMap()) {
                        map(item, row);
                    }
                }
            }
            default -> throw new KustomizeException("node must be a scalar, sequence or map");
        }
    }

    private void scalar(Node node, NameReferences.Row row) {
        Resource found = find(node.text(), row, candidate -> true, Resource::name);
        if (found != null && !found.name().equals(node.text())) {
            Fields.setScalar(node, Node.untyped(found.name()));
        }
    }

    private void map(Node node, NameReferences.Row row) {
        Node name = Fields.get(node, "name");
        if (name == null) {
            throw new KustomizeException("path config error; no 'name' field in node");
        }
        Node namespace = Fields.get(node, "namespace");
        Resource found = find(
                name.text(),
                row,
                namespace == null ? candidate -> true : inNamespace(namespace.text(), name.text()),
                candidate -> candidate.name() + "\n" + candidate.namespace());
        if (found == null
                || (found.name().equals(name.text()) && found.namespace().isEmpty())) {
            return;
        }
        Fields.set(node, "name", Node.untyped(found.name()));
        if (!found.namespace().isEmpty()) {
            Fields.set(node, "namespace", Node.untyped(found.namespace()));
        }
    }

    /// Resources that once were in the namespace; those that are in it now where there is none of them.
    private Predicate<Resource> inNamespace(String namespace, String name) {
        Predicate<Resource> once = one -> isNamespaced(one.originalId())
                && one.originalId().effectiveNamespace().equals(namespace);
        boolean any =
                byFormerName.getOrDefault(name, List.of()).stream().anyMatch(one -> isVisible(one) && once.test(one));
        if (any || anyVisibleOnceIn(once)) {
            return once;
        }
        return one -> isNamespaced(one.currentId())
                && one.currentId().effectiveNamespace().equals(namespace);
    }

    private boolean anyVisibleOnceIn(Predicate<Resource> once) {
        for (Resource one : all) {
            if (isVisible(one) && once.test(one)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamespaced(ResId id) {
        return !id.effectiveNamespace().equals("_non_namespaceable_");
    }

    private @Nullable Resource find(
            String name, NameReferences.Row row, Predicate<Resource> extra, Function<Resource, String> identity) {
        List<Resource> named = byFormerName.get(name);
        if (named == null) {
            return null;
        }
        Gvk role = row.field().path().endsWith("roleRef/name") ? roleRef() : null;
        List<Resource> left = new ArrayList<>(named.size());
        for (Resource one : named) {
            if (isVisible(one)
                    && extra.test(one)
                    && wasKind(one, row.target())
                    && (role == null || wasKind(one, role))
                    && sharesNamespace(one)) {
                left.add(one);
            }
        }
        if (left.size() == 1) {
            return left.getFirst();
        }
        left.removeIf(one -> !sameAffixes(one, true));
        if (left.size() > 1) {
            left.removeIf(one -> !sameAffixes(one, false));
        }
        if (left.size() > 1 && left.stream().map(identity).distinct().count() > 1) {
            throw new KustomizeException("found multiple possible referrals: "
                    + left.stream().map(one -> one.currentId().toString()).collect(Collectors.joining(", ")));
        }
        return left.isEmpty() ? null : left.getFirst();
    }

    private static boolean wasKind(Resource one, Gvk kind) {
        for (ResId id : one.previousIds()) {
            if (id.gvk().isSelectedBy(kind)) {
                return true;
            }
        }
        return false;
    }

    /// Whether this resource can name `one` at all.
    private boolean isVisible(Resource one) {
        ResId mine = resource.currentId();
        ResId theirs = one.currentId();
        return mine.clusterScoped()
                || theirs.clusterScoped()
                || theirs.sameNamespace(mine)
                || accountNamespaces().contains(one.namespace());
    }

    private boolean sharesNamespace(Resource one) {
        ResId mine = resource.currentId();
        return mine.clusterScoped()
                || one.currentId().clusterScoped()
                || one.kind().equals("ServiceAccount")
                || mine.sameNamespace(one.currentId());
    }

    /// A RoleBinding may name service accounts of other namespaces.
    private Set<String> accountNamespaces() {
        Set<String> known = accountNamespaces;
        if (known == null) {
            known = new HashSet<>();
            Node subjects =
                    resource.kind().equals("RoleBinding") ? resource.node().get("subjects") : null;
            if (subjects != null && subjects.isList()) {
                for (Node subject : subjects.items()) {
                    Node kind = subject.get("kind");
                    Node namespace = subject.get("namespace");
                    if (namespace == null || kind == null || !kind.text().equals("ServiceAccount")) {
                        continue;
                    }
                    if (namespace.isNull() || !namespace.isScalar()) {
                        throw new KustomizeException(
                                "Invalid Input: namespace is blank for resource \"" + resource.currentId() + "\"\n");
                    }
                    known.add(namespace.text());
                }
            }
            accountNamespaces = known;
        }
        return known;
    }

    private @Nullable Gvk roleRef() {
        Node reference = resource.node().get("roleRef");
        Node group = reference == null ? null : reference.get("apiGroup");
        Node kind = reference == null ? null : reference.get("kind");
        return group == null || kind == null ? null : new Gvk(group.text(), "", kind.text());
    }

    private boolean sameAffixes(Resource one, boolean emptyFits) {
        return same(resource.prefixes(), one.prefixes(), emptyFits)
                && same(resource.suffixes(), one.suffixes(), emptyFits);
    }

    private static boolean same(List<String> a, List<String> b, boolean emptyFits) {
        if (a.isEmpty() || b.isEmpty()) {
            return emptyFits || a.size() == b.size();
        }
        int shared = Math.min(a.size(), b.size());
        return a.subList(a.size() - shared, a.size()).equals(b.subList(b.size() - shared, b.size()));
    }
}
