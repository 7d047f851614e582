package io.driftless.contract;

/// Objects that many cases need.
final class Manifests {
    private Manifests() {}

    /// A Deployment with one replica; the labels are `app: NAME`.
    static String deployment(String name, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec: {replicas: 1, selector: {matchLabels: {app: %1$s}},
                  template: {metadata: {labels: {app: %1$s}}, spec: {containers: [{name: main, image: "%2$s"}]}}}
                """.formatted(name, image);
    }
}
