package io.driftless.cli.kustomize;

import io.driftless.kustomize.HelmInflation;
import io.driftless.kustomize.KustomizeException;
import org.jspecify.annotations.Nullable;

/// What the command cannot do yet. A build wraps a refusal in a sentence for each directory it is in, so the refusal
/// itself is kept here and told alone.
final class NotYet implements HelmInflation {
    private @Nullable KustomizeException refused;

    /// The refusal that made a build fail, or what the build says itself.
    KustomizeException or(KustomizeException failure) {
        return refused == null ? failure : refused;
    }

    @Override
    public String inflate(Request request) {
        KustomizeException refusal = new KustomizeException("the chart '"
                + request.chart().name() + "' in helmCharts of "
                + request.tree().display(request.root()) + " is not supported yet by driftless kustomize:"
                + " render it with helm template and list the result under resources");
        if (refused == null) {
            refused = refusal;
        }
        throw refusal;
    }
}
