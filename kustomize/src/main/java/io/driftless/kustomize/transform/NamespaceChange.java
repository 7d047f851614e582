package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.BuildNotes;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.ResId;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sets the namespace of everything that is not known to be cluster-scoped, of subjects called `default`, and of the
/// fields the specs name.
public final class NamespaceChange implements Transformer {
    private static final FieldSpec OWN = new FieldSpec(Gvk.ANY, "metadata/namespace", true);

    /// Which subjects of role bindings get the namespace.
    public enum Subjects {
        DEFAULT_ONLY,
        ALL_SERVICE_ACCOUNTS,
        NONE;

        public static Subjects parse(String text) {
            return switch (text) {
                case "", "defaultOnly" -> DEFAULT_ONLY;
                case "allServiceAccounts" -> ALL_SERVICE_ACCOUNTS;
                case "none" -> NONE;
                default ->
                    throw new KustomizeException("invalid value \"" + text + "\" for setRoleBindingSubjects: "
                            + "must be one of \"defaultOnly\", \"none\" or \"allServiceAccounts\"");
            };
        }
    }

    private final String namespace;
    private final List<FieldSpec> specs;
    private final boolean unsetOnly;
    private final Subjects subjects;

    public NamespaceChange(String namespace, List<FieldSpec> specs, boolean unsetOnly, Subjects subjects) {
        this.namespace = namespace;
        this.specs = specs;
        this.unsetOnly = unsetOnly;
        this.subjects = subjects;
    }

    @Override
    public void transform(ResMap map) {
        if (namespace.isEmpty()) {
            return;
        }
        Map<ResId.Key, Integer> counts = new HashMap<>();
        for (Resource resource : map.resources()) {
            counts.merge(resource.currentId().key(), 1, Integer::sum);
        }
        for (Resource resource : map.resources()) {
            if (resource.isGone() || "true".equals(resource.annotation(BuildNotes.HELM_GENERATED))) {
                continue;
            }
            counts.merge(resource.currentId().key(), -1, Integer::sum);
            resource.rememberId();
            change(resource);
            ResId id = resource.currentId();
            if (counts.merge(id.key(), 1, Integer::sum) > 1) {
                throw new KustomizeException("namespace transformation produces ID conflict: "
                        + map.matchingAnyId(id::means).stream()
                                .map(Resource::currentId)
                                .toList());
            }
        }
    }

    /// Changes one resource.
    void change(Resource resource) {
        String version = resource.apiVersion();
        String kind = resource.kind();
        if (!resource.currentId().clusterScoped()) {
            try {
                FieldWalker.one(resource, OWN, this::set, Kind.SCALAR, Tag.NONE);
            } catch (FieldWalker.WrongField wrong) {
                throw wrong;
            }
        }
        boolean binding = kind.equals("RoleBinding") || kind.equals("ClusterRoleBinding");
        if (binding) {
            subjects(resource.node().get("subjects"));
        }
        for (FieldSpec spec : specs) {
            boolean covered = spec.path().equals("metadata/namespace")
                    || (spec.path().equals("metadata/name") && !version.equals("v1"))
                    || (binding
                            && spec.path().equals("subjects/namespace")
                            && isBinding(spec.gvk().kind()));
            if (!covered) {
                set(resource, spec);
            }
        }
    }

    private static boolean isBinding(String kind) {
        return kind.equals("RoleBinding") || kind.equals("ClusterRoleBinding");
    }

    private void set(Resource resource, FieldSpec spec) {
        try {
            FieldWalker.one(resource, spec, this::set, Kind.SCALAR, Tag.STR);
        } catch (FieldWalker.WrongField wrong) {
            throw wrong.within(
                    wrong.actual() != Kind.SCALAR
                            ? "namespace field specs must target scalar nodes"
                            : "namespace transformation failed");
        } catch (KustomizeException failed) {
            throw failed.within("namespace transformation failed");
        }
    }

    private void set(Node field) {
        if (unsetOnly && !field.isEmpty() && field.isScalar() && !field.text().isEmpty()) {
            return;
        }
        Fields.setScalar(field, Node.scalar(namespace, Tag.STR, Style.PLAIN));
    }

    private void subjects(@Nullable Node list) {
        if (list == null || list.isNull() || subjects == Subjects.NONE) {
            return;
        }
        list.expect(Kind.LIST);
        for (Node subject : list.items()) {
            String field = subjects == Subjects.DEFAULT_ONLY ? "name" : "kind";
            String wanted = subjects == Subjects.DEFAULT_ONLY ? "default" : "ServiceAccount";
            Node found = Fields.get(subject, field);
            if (found != null && !found.isNull() && found.text().equals(wanted)) {
                Node target = Fields.lookUp(subject, List.of("namespace"), Kind.SCALAR);
                if (target != null) {
                    set(target);
                }
            }
        }
    }
}
