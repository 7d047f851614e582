package io.driftless.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What there is to render: the tutorial's overlay, many like it, and overlays of many resources.
final class KustomizeTrees {
    private static final String OVERLAYS = "apps/myapp/overlays/";
    private static final String PRODUCTION = OVERLAYS + "production/";
    private static final List<String> KINDS = List.of("""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: app-%1$d
              labels: {app: app-%1$d}
            spec:
              replicas: 2
              selector:
                matchLabels: {app: app-%1$d}
              template:
                metadata:
                  labels: {app: app-%1$d}
                spec:
                  containers:
                  - name: main
                    image: registry.example.com/app:1.0.%1$d
                    ports:
                    - containerPort: 8080
                    env:
                    - name: LEVEL
                      valueFrom:
                        configMapKeyRef: {name: settings-%1$d, key: level}
                    resources:
                      limits: {cpu: 500m, memory: 256Mi}
            """, """
            apiVersion: v1
            kind: Service
            metadata:
              name: app-%1$d
            spec:
              selector: {app: app-%1$d}
              ports:
              - name: http
                port: 80
                targetPort: 8080
            """, """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings-%1$d
            data:
              level: "info"
              number: "%1$d"
            """);
    private static final String OVERLAY = """
            resources:
            - ../base
            namespace: target
            namePrefix: x-
            commonLabels:
              environment: production
            images:
            - name: registry.example.com/app
              newTag: "2.0"
            """;

    /// A figure's files on disk and the directories to render in it.
    record Tree(Path root, List<String> directories) {}

    private KustomizeTrees() {}

    static Tree tutorial(Path root, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            write(root, file.getKey(), file.getValue());
        }
        return new Tree(root, List.of(PRODUCTION.substring(0, PRODUCTION.length() - 1)));
    }

    /// The tutorial's overlay `count` times on the same base, each under its own name.
    static Tree overlays(Path root, Map<String, byte[]> files, int count) throws IOException {
        tutorial(root, files);
        List<String> directories = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                if (file.getKey().startsWith(PRODUCTION)) {
                    write(root, file.getKey().replace(PRODUCTION, OVERLAYS + "e" + i + "/"), file.getValue());
                }
            }
            directories.add(OVERLAYS + "e" + i);
        }
        return new Tree(root, directories);
    }

    /// An overlay with prefix, namespace, labels and an image on a base of so many resources.
    static Tree resources(Path root, int count) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append("---\n").append(KINDS.get(i % KINDS.size()).formatted(i / KINDS.size()));
        }
        write(root, "base/kustomization.yaml", "resources: [all.yaml]\n".getBytes(UTF_8));
        write(root, "base/all.yaml", all.toString().getBytes(UTF_8));
        write(root, "overlay/kustomization.yaml", OVERLAY.getBytes(UTF_8));
        return new Tree(root, List.of("overlay"));
    }

    private static void write(Path root, String path, byte[] content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
