package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/// What is said on `clusters`, keyed by server URL; a tombstone says that the cluster is no longer a destination.
public sealed interface ClusterEvent extends Event {
    String server();

    @Override
    default String key() {
        return server();
    }

    @EventType("cluster-declared.v1")
    @JsonClassDescription("A cluster is a destination; its credential stays in the Secret named here.")
    record ClusterDeclared(
            @JsonPropertyDescription("API server URL as Applications write it.")
            String server,

            @JsonPropertyDescription("Name as Applications write it.")
            String name,

            @JsonPropertyDescription(
                    "Secret that opens it, as namespace/name; empty for the control plane's own cluster.")
            String secret,

            @JsonPropertyDescription("Namespaces that may be managed; empty for all.")
            List<String> namespaces)
            implements ClusterEvent {
        public ClusterDeclared {
            Check.present("server", server);
            Check.noBar("server", server);
            Check.present("name", name);
            secret = secret == null ? "" : secret;
            namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        }
    }
}
