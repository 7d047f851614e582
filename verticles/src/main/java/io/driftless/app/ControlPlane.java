package io.driftless.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Apply;
import io.driftless.events.GroupKind;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// What a cluster needs before it can hold Applications: the namespace and the custom resource definitions.
/// `deploy/install.yaml` brings them to a real cluster; the demo and the benchmarks let this class do it.
public final class ControlPlane {
    private static final List<String> DEFINITIONS = List.of(
            "applications.argoproj.io.yaml", "appprojects.argoproj.io.yaml", "applicationsets.argoproj.io.yaml");
    private static final List<GroupKind> KINDS = List.of(
            new GroupKind("argoproj.io", "Application"),
            new GroupKind("argoproj.io", "AppProject"),
            new GroupKind("argoproj.io", "ApplicationSet"));
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Apply APPLY = new Apply("driftless-install", true, false);

    private ControlPlane() {}

    /// Creates or updates them, and returns when the server serves the new kinds, which takes a moment. Safe to repeat.
    public static void install(Cluster cluster, String namespace) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "Namespace");
        object.putObject("metadata").put("name", namespace);
        cluster.apply(object, APPLY);
        for (String definition : DEFINITIONS) {
            cluster.apply(
                    GoYaml.read(definition, content("/crds/" + definition))
                            .getFirst()
                            .value(),
                    APPLY);
        }
        awaitServed(cluster);
    }

    private static void awaitServed(Cluster cluster) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (KINDS.stream().anyMatch(kind -> cluster.kind(kind).isEmpty())) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException(
                        "the API server does not serve argoproj.io/v1alpha1 " + LIMIT.toSeconds()
                                + " s after its definitions were applied; see: kubectl describe crd applications.argoproj.io");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static byte[] content(String resource) {
        try (InputStream stream = ControlPlane.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing from this build");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
