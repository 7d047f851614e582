package io.driftless.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Apply;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// What a cluster needs before it can hold Applications: the namespace and the custom resource definitions.
/// `deploy/install.yaml` brings them to a real cluster; the demo and the benchmarks let this class do it.
public final class ControlPlane {
    private static final List<String> DEFINITIONS = List.of(
            "applications.argoproj.io.yaml", "appprojects.argoproj.io.yaml", "applicationsets.argoproj.io.yaml");
    private static final Apply APPLY = new Apply("driftless-install", true, false);

    private ControlPlane() {}

    /// Creates or updates them; safe to repeat.
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
