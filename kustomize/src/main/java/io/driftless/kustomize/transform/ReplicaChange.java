package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Entries.Replica;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import java.util.List;
import java.util.stream.Collectors;

/// Sets the number of replicas of the resources of one name, which must exist.
public final class ReplicaChange implements Transformer {
    private final Replica replica;
    private final List<FieldSpec> specs;

    public ReplicaChange(Replica replica, List<FieldSpec> specs) {
        this.replica = replica;
        this.specs = specs;
    }

    @Override
    public void transform(ResMap map) {
        boolean found = false;
        for (FieldSpec spec : specs) {
            for (Resource resource : map.matchingAnyId(
                    id -> id.name().equals(replica.name()) && id.gvk().isSelectedBy(spec.gvk()))) {
                found = true;
                FieldWalker.one(resource, spec, this::set, Kind.SCALAR, Tag.INT);
            }
        }
        if (!found) {
            throw new KustomizeException("resource with name " + replica.name()
                    + " does not match a config with the following GVK "
                    + specs.stream().map(spec -> spec.gvk().toString()).collect(Collectors.joining(" ", "[", "]")));
        }
    }

    private void set(Node field) {
        Fields.setScalar(field, Node.scalar(Long.toString(replica.count()), Tag.INT, Style.PLAIN));
    }
}
