package io.driftless.kustomize.build;

import io.driftless.kustomize.FileTree;
import io.driftless.kustomize.KustomizeOptions;
import io.driftless.kustomize.RemoteBases.Repository;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.patch.Schemas;
import io.driftless.kustomize.transform.HashSuffix;
import io.driftless.kustomize.transform.Metadata;
import io.driftless.kustomize.transform.NameReferences;
import io.driftless.kustomize.transform.SortOrder;
import io.driftless.kustomize.transform.VarReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One build from the root kustomization on: gathers, then does what is done once for all resources.
public final class Build {
    private final KustomizeOptions options;
    private final String version;
    private final List<String> warnings = new ArrayList<>();

    public Build(KustomizeOptions options, String version) {
        this.options = options;
        this.version = version;
    }

    public List<String> warnings() {
        return warnings;
    }

    public ResMap run(FileTree tree, String directory) {
        return run(Loader.at(tree, directory, options.anyFile(), options.remote(), budget()));
    }

    public ResMap run(Repository repository) {
        return run(Loader.at(repository, options.remote(), budget()));
    }

    private Budget budget() {
        return new Budget(options.limits());
    }

    private ResMap run(Loader loader) {
        Schemas schemas = new Schemas(options.limits());
        Target target = Target.load(loader, schemas, new Charts(options.helm()), warnings);
        target.useSchema(true);
        Accumulator all = target.accumulateRoot();
        ResMap map = all.resources();
        new HashSuffix().transform(map);
        new NameReferences(all.config().nameReferences()).transform(map);
        if (!all.vars().isEmpty()) {
            VarReferences.of(
                            all.vars(),
                            map,
                            all.config().get(io.driftless.kustomize.model.TransformerConfig.Set.VAR_REFERENCE))
                    .transform(map);
        }
        dropLocal(map);
        map.changed();
        sort(map, target);
        finish(map, target);
        return map;
    }

    /// Objects that only configure tools do not leave the build.
    private static void dropLocal(ResMap map) {
        List<Resource> left = new ArrayList<>(map.size());
        for (Resource resource : map.resources()) {
            String local = resource.annotation("config.kubernetes.io/local-config");
            if (local == null || local.equals("false")) {
                ResourceReader.Objects.check(resource.node());
                left.add(resource);
            }
        }
        if (left.size() < map.size()) {
            map.replaceAllUnchecked(left);
        }
    }

    private void sort(ResMap map, Target target) {
        if (target.file().sortOptions() != null) {
            SortOrder.of(target.file().sortOptions()).transform(map);
        } else if (options.order() == KustomizeOptions.Order.LEGACY) {
            SortOrder.legacy().transform(map);
        }
    }

    private void finish(ResMap map, Target target) {
        List<String> metadata = target.file().buildMetadata();
        if (options.managedBy() || metadata.contains("managedByLabel")) {
            new Metadata(
                            Map.of("app.kubernetes.io/managed-by", "kustomize-" + version),
                            List.of(new FieldSpec(Gvk.ANY, "metadata/labels", true)))
                    .transform(map);
        }
        boolean origins = metadata.contains("originAnnotations");
        boolean transformations = metadata.contains("transformerAnnotations");
        for (Resource resource : map.resources()) {
            Notes.remove(resource, origins, transformations);
        }
    }
}
