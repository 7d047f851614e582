package io.driftless.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftless.events.ResourceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Applications of six objects each. Every edition of an application changes all six.
final class Workload {
    /// The annotation in which an object says which edition it is of.
    static final String EDITION = "bench.driftless.io/edition";

    /// The six kinds.
    static final List<String> KINDS = List.of(
            "/ServiceAccount",
            "/ConfigMap",
            "/Service",
            "apps/Deployment",
            "networking.k8s.io/Ingress",
            "policy/PodDisruptionBudget");

    private final String namespace;

    Workload(String namespace) {
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    /// Of an application and its objects: no other workload has it.
    String name(int app) {
        return namespace + '-' + app;
    }

    String directory(int app) {
        return "apps/" + name(app);
    }

    List<ResourceId> objects(int app) {
        return KINDS.stream()
                .map(kind -> ResourceId.parse(kind + ':' + namespace + '/' + name(app)))
                .toList();
    }

    /// The Application of this number.
    ResourceId application(int app, String controlPlaneNamespace) {
        return ResourceId.parse("argoproj.io/Application:" + controlPlaneNamespace + '/' + name(app));
    }

    /// The one that makes the cluster's own controllers work.
    ResourceId deployment(int app) {
        return objects(app).get(KINDS.indexOf("apps/Deployment"));
    }

    /// The files of an application in an edition.
    Map<String, byte[]> files(int app, String edition) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        documents(app, edition)
                .forEach((kind, text) -> files.put(directory(app) + '/' + kind + ".yaml", text.getBytes(UTF_8)));
        return files;
    }

    /// The manifests of an application in an edition, by kind.
    Map<String, String> documents(int app, String edition) {
        String name = name(app);
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put("serviceaccount", head("v1", "ServiceAccount", name, edition));
        documents.put("configmap", head("v1", "ConfigMap", name, edition) + "data:\n  edition: \"" + edition + "\"\n");
        documents.put(
                "service",
                head("v1", "Service", name, edition) + "spec:\n  selector:\n    app: " + name
                        + "\n  ports:\n    - name: http\n      port: 80\n      targetPort: 8080\n");
        documents.put(
                "deployment",
                head("apps/v1", "Deployment", name, edition)
                        + "spec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: "
                        + name + "\n  template:\n    metadata:\n      labels:\n        app: " + name
                        + "\n    spec:\n      serviceAccountName: " + name
                        + "\n      containers:\n        - name: web\n          image: registry.example/web:" + edition
                        + "\n          ports:\n            - containerPort: 8080\n          resources:\n            requests:\n"
                        + "              cpu: 100m\n              memory: 64Mi\n");
        documents.put(
                "ingress",
                head("networking.k8s.io/v1", "Ingress", name, edition) + "spec:\n  rules:\n    - host: " + name
                        + ".example\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n"
                        + "            backend:\n              service:\n                name: " + name
                        + "\n                port:\n                  name: http\n");
        documents.put(
                "poddisruptionbudget",
                head("policy/v1", "PodDisruptionBudget", name, edition)
                        + "spec:\n  maxUnavailable: 1\n  selector:\n    matchLabels:\n      app: " + name + "\n");
        return documents;
    }

    private String head(String apiVersion, String kind, String name, String edition) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n  namespace: "
                + namespace + "\n  annotations:\n    " + EDITION + ": \"" + edition + "\"\n";
    }

    /// The Application that deploys it, automated with self-heal.
    String application(int app, String repository, String controlPlaneNamespace) {
        return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: " + name(app)
                + "\n  namespace: "
                + controlPlaneNamespace + "\nspec:\n  project: default\n  source:\n    repoURL: " + repository
                + "\n    path: " + directory(app) + "\n    targetRevision: main\n  destination:\n"
                + "    server: https://kubernetes.default.svc\n    namespace: " + namespace
                + "\n  syncPolicy:\n    automated:\n      prune: true\n      selfHeal: true\n"
                + "    syncOptions:\n      - CreateNamespace=true\n";
    }
}
