package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.kustomize.Built;
import io.driftless.kustomize.Kustomize;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.KustomizeOptions;
import io.driftless.kustomize.node.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A Kustomize build of one directory, with the Application's own kustomize options on top.
final class KustomizeSource {
    private static final Pattern CREDENTIALS = Pattern.compile("://[^/@\\s'\"]*@");
    private static final int DEEPEST_NESTING = 200;
    private static final int MOST_ALIASES = 200_000;
    private static final int DEEPEST_BASES = 150;

    private KustomizeSource() {}

    static List<Manifest> render(BoundedFiles files, RemoteSources remotes, String root, RenderRequest request) {
        String file = RootKustomization.path(files, root);
        RepositoryTree tree = new RepositoryTree(files, RootKustomization.replaced(files, root, request), "/");
        List<Manifest> manifests = new ArrayList<>();
        long size = 0;
        for (JsonNode object :
                build(tree, root, file, options(remotes, files.limits())).objects()) {
            size += NodeSize.of(object);
            if (size > files.limits().outputBytes()) {
                throw new RefusedRender(file + ": the build gives more than "
                        + files.limits().outputBytes() + " bytes, which is beyond the limit; split the application");
            }
            if (object instanceof ObjectNode map) {
                manifests.add(new Manifest(map, file, 0));
            }
        }
        return manifests;
    }

    private static Built build(RepositoryTree tree, String root, String file, KustomizeOptions options) {
        try {
            Built built = Kustomize.build(tree, root, options);
            built.check();
            return built;
        } catch (KustomizeException refused) {
            throw new RefusedRender(file + ": " + withoutCredentials(String.valueOf(refused.getMessage())));
        }
    }

    /// The text with what stands before the `@` of an address taken out.
    static String withoutCredentials(String text) {
        return CREDENTIALS.matcher(text).replaceAll("://");
    }

    private static KustomizeOptions options(RemoteSources remotes, RenderLimits limits) {
        return KustomizeOptions.DEFAULT
                .withLimits(new Limits(
                        limits.fileBytes(),
                        limits.totalBytes(),
                        DEEPEST_NESTING,
                        MOST_ALIASES,
                        limits.directories(),
                        DEEPEST_BASES,
                        limits.objects()))
                .withRemote(new RemoteBaseTrees(remotes, limits))
                .withHelm(request -> {
                    throw new KustomizeException("helmCharts: the chart \""
                            + request.chart().name() + "\" cannot be rendered: Helm charts are not supported yet");
                });
    }
}
