package io.driftless.cli.kustomize;

import io.driftless.kustomize.FileTree;
import io.driftless.kustomize.HelmInflation;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases;
import org.jspecify.annotations.Nullable;

/// What the command cannot do yet. A build wraps a refusal in a sentence for each directory it is in, so the refusal
/// itself is kept here and told alone.
final class NotYet implements RemoteBases, HelmInflation {
    private @Nullable KustomizeException refused;

    static KustomizeException remote(String url) {
        return new KustomizeException("the remote base '" + url + "' is not supported yet by driftless kustomize:"
                + " clone the repository and name the directory");
    }

    /// The refusal that made a build fail, or what the build says itself.
    KustomizeException or(KustomizeException failure) {
        return refused == null ? failure : refused;
    }

    @Override
    public FileTree repository(Repository repository) {
        throw refuse(remote(repository.raw()));
    }

    @Override
    public byte[] file(String url) {
        refuse(remote(url));
        throw new NotAFile("'" + url + "' is not supported yet");
    }

    @Override
    public String inflate(Request request) {
        throw refuse(new KustomizeException("the chart '" + request.chart().name() + "' in helmCharts of "
                + request.tree().display(request.root()) + " is not supported yet by driftless kustomize:"
                + " render it with helm template and list the result under resources"));
    }

    private KustomizeException refuse(KustomizeException refusal) {
        if (refused == null) {
            refused = refusal;
        }
        return refusal;
    }
}
