package io.driftless.kustomize;

import io.driftless.kustomize.node.Limits;

/// How a build is done; the defaults are those of `kustomize build`.
///
/// @param anyFile lifts the rule that files lie in or below the directory of their kustomization
/// @param order whether resources are sorted when the kustomization does not say
/// @param managedBy adds the label that names the tool
/// @param remote where remote bases come from
/// @param helm how charts are rendered
/// @param limits what a build may cost
public record KustomizeOptions(
        boolean anyFile, Order order, boolean managedBy, RemoteBases remote, HelmInflation helm, Limits limits) {

    /// The order of the output where `sortOptions` is absent.
    public enum Order {
        LEGACY,
        NONE
    }

    public static final KustomizeOptions DEFAULT =
            new KustomizeOptions(false, Order.LEGACY, false, RemoteBases.NONE, HelmInflation.DISABLED, Limits.DEFAULT);

    public KustomizeOptions withAnyFile(boolean any) {
        return new KustomizeOptions(any, order, managedBy, remote, helm, limits);
    }

    public KustomizeOptions withOrder(Order other) {
        return new KustomizeOptions(anyFile, other, managedBy, remote, helm, limits);
    }

    public KustomizeOptions withManagedBy(boolean label) {
        return new KustomizeOptions(anyFile, order, label, remote, helm, limits);
    }

    public KustomizeOptions withRemote(RemoteBases bases) {
        return new KustomizeOptions(anyFile, order, managedBy, bases, helm, limits);
    }

    public KustomizeOptions withHelm(HelmInflation inflation) {
        return new KustomizeOptions(anyFile, order, managedBy, remote, inflation, limits);
    }

    public KustomizeOptions withLimits(Limits other) {
        return new KustomizeOptions(anyFile, order, managedBy, remote, helm, other);
    }
}
