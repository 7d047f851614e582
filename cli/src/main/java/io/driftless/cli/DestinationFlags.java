package io.driftless.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where an Application is deployed to. A cluster goes by its address or its name; giving one forgets the other.
final class DestinationFlags {
    @Option(names = "--dest-server", paramLabel = "URL", description = "Address of the cluster.")
    private @Nullable String server;

    @Option(names = "--dest-name", paramLabel = "NAME", description = "Name of the cluster.")
    private @Nullable String name;

    @Option(names = "--dest-namespace", paramLabel = "NAMESPACE", description = "Namespace on the cluster.")
    private @Nullable String namespace;

    void apply(ObjectNode destination) {
        if (server != null && name == null) {
            destination.remove("name");
        } else if (name != null && server == null) {
            destination.remove("server");
        }
        Fields.put(destination, "server", server);
        Fields.put(destination, "name", name);
        Fields.put(destination, "namespace", namespace);
    }
}
