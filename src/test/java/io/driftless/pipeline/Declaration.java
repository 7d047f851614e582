package io.driftless.pipeline;

/// An Application as YAML, with what a test leaves unsaid filled in.
///
/// @param spec further lines of the spec, at its indentation
/// @param finalizer whether deleting it deletes what it deployed
record Declaration(
        String name,
        String repository,
        String path,
        String revision,
        String namespace,
        String spec,
        boolean finalizer) {
    static final String AUTOMATED = "syncPolicy: {automated: {prune: true, selfHeal: true}, "
            + "syncOptions: [CreateNamespace=true], retry: {limit: 2, backoff: {duration: 1s, maxDuration: 2s}}}";
    static final String MANUAL = "syncPolicy: {syncOptions: [CreateNamespace=true]}";

    /// Of the same name as its repository and its namespace.
    static Declaration automated(Repository repository) {
        return new Declaration(repository.name(), repository.url(), ".", "main", repository.name(), AUTOMATED, false);
    }

    static Declaration manual(Repository repository) {
        return automated(repository).withSpec(MANUAL);
    }

    Declaration withSpec(String lines) {
        return new Declaration(name, repository, path, revision, namespace, lines, finalizer);
    }

    Declaration withPath(String other) {
        return new Declaration(name, repository, other, revision, namespace, spec, finalizer);
    }

    Declaration withRevision(String other) {
        return new Declaration(name, repository, path, other, namespace, spec, finalizer);
    }

    Declaration withRepository(String url) {
        return new Declaration(name, url, path, revision, namespace, spec, finalizer);
    }

    Declaration named(String other) {
        return new Declaration(other, repository, path, revision, other, spec, finalizer);
    }

    Declaration withFinalizer() {
        return new Declaration(name, repository, path, revision, namespace, spec, true);
    }

    /// In the namespace that Driftless has of its own.
    String yaml() {
        return yaml(Stand.NAMESPACE);
    }

    String yaml(String home) {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata:
                  name: %s
                  namespace: %s
                  finalizers: [%s]
                spec:
                  project: default
                  source: {repoURL: "%s", targetRevision: "%s", path: "%s"}
                  destination: {server: "https://kubernetes.default.svc", namespace: %s}
                %s
                """.formatted(
                        name,
                        home,
                        finalizer ? "resources-finalizer.argocd.argoproj.io" : "",
                        repository,
                        revision,
                        path,
                        namespace,
                        spec.isEmpty() ? "" : spec.indent(2).stripTrailing());
    }

    /// The Secret that declares a cluster.
    ///
    /// @param config what connects to it, as JSON
    static String cluster(String name, String namespace, String server, String config) {
        return """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: %s
                  namespace: %s
                  labels: {argocd.argoproj.io/secret-type: cluster}
                stringData:
                  name: %s
                  server: %s
                  config: '%s'
                """.formatted(name, namespace, name, server, config);
    }
}
