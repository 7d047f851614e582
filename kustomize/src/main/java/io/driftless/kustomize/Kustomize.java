package io.driftless.kustomize;

import io.driftless.kustomize.RemoteBases.Repository;
import io.driftless.kustomize.build.Build;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Builds kustomizations as `kustomize build` of [#VERSION] does.
///
/// A build reads only through its [FileTree] and [RemoteBases], writes nothing, starts nothing, and
/// ends within its limits; whatever goes wrong with what it reads is a [KustomizeException].
public final class Kustomize {
    /// The version of the reference whose behaviour this is.
    public static final String VERSION = "v5.8.1";

    private Kustomize() {}

    public static Built build(FileTree tree, String directory) {
        return build(tree, directory, KustomizeOptions.DEFAULT);
    }

    /// Builds the kustomization in a directory of the tree.
    public static Built build(FileTree tree, String directory, KustomizeOptions options) {
        return build(tree, directory, options, warning -> {});
    }

    /// The same; what the reference would have warned about is told even where the build then fails.
    public static Built build(FileTree tree, String directory, KustomizeOptions options, Consumer<String> warnings) {
        return build(options, warnings, "'" + tree.display(directory) + "'", build -> build.run(tree, directory));
    }

    /// Builds the kustomization in a directory of a Git repository, fetched by the options' [RemoteBases].
    public static Built build(Repository repository, KustomizeOptions options, Consumer<String> warnings) {
        return build(options, warnings, "'" + repository.raw() + "'", build -> build.run(repository));
    }

    private static Built build(
            KustomizeOptions options, Consumer<String> warnings, String what, Function<Build, ResMap> run) {
        Build build = new Build(options, VERSION);
        try {
            ResMap map = run.apply(build);
            List<Node> objects = new ArrayList<>(map.size());
            for (Resource resource : map.resources()) {
                objects.add(resource.node());
            }
            return new Built(objects, List.copyOf(build.warnings()));
        } catch (StackOverflowError tooDeep) {
            throw new KustomizeException("the build of " + what + " is nested too deeply");
        } finally {
            build.warnings().forEach(warnings);
        }
    }
}
