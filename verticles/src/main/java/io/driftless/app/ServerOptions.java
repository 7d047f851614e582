package io.driftless.app;

import io.driftless.auth.AuthMode;
import io.driftless.events.ApplicationSpec.Destination;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything a process is told, checked once.
///
/// @param kubeconfig cluster of the control plane; null for the service account of the pod
/// @param context context of the kubeconfig; null for its current one
/// @param namespace namespace of Applications, cluster Secrets and `argocd-secret`
/// @param host address of the web port
/// @param port web port; 0 takes a free one
/// @param data directory of mirrors and, with the embedded broker, of Kafka's log
/// @param kafka `host:port` of a Kafka cluster; null starts the embedded broker
/// @param kafkaProperties file with client properties (TLS, SASL); null for none
/// @param kafkaPort port of the embedded broker; 0 takes the one used before or a free one
/// @param stages which stages run here
/// @param partitions partitions of every application topic, the same for all processes
/// @param pollInterval how often repositories are looked at without a push
/// @param notifications file that names the webhooks to tell, see [SubscriptionFile]; null for the log alone
/// @param privateFileHosts hosts of private networks, as `host` or `host:port`, whose files kustomizations may name
/// @param auth who is let in by the API
/// @param tls whether the web port is encrypted
/// @param paths where the web port is seen by its clients
/// @param applicationNamespaces further namespaces with Applications, as patterns; null for what the ConfigMap
/// `argocd-cmd-params-cm` says
public record ServerOptions(
        @Nullable Path kubeconfig,
        @Nullable String context,
        String namespace,
        String host,
        int port,
        Path data,
        @Nullable String kafka,
        @Nullable Path kafkaProperties,
        int kafkaPort,
        Set<Stage> stages,
        int partitions,
        Duration pollInterval,
        @Nullable Path notifications,
        Set<String> privateFileHosts,
        AuthMode auth,
        boolean tls,
        WebPaths paths,
        @Nullable String applicationNamespaces) {
    public static final int DEFAULT_PARTITIONS = 8;
    public static final String IN_CLUSTER = Destination.IN_CLUSTER;

    public ServerOptions {
        if (namespace.isBlank()) {
            throw new IllegalArgumentException("--namespace must name the namespace of the Applications");
        }
        if (port < 0 || port > 65_535 || kafkaPort < 0 || kafkaPort > 65_535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535");
        }
        if (partitions < 1 || partitions > 1024) {
            throw new IllegalArgumentException("--partitions is a number from 1 to 1024");
        }
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("--stages must name at least one stage");
        }
        if (pollInterval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("repositories are polled at most once a second");
        }
        if (auth == AuthMode.NONE && stages.contains(Stage.API) && !loopback(host)) {
            throw new IllegalArgumentException(
                    "--auth none is for a loopback address: on " + host + " anybody could do anything");
        }
        stages = Set.copyOf(EnumSet.copyOf(stages));
        privateFileHosts = Set.copyOf(privateFileHosts);
    }

    /// Seen at the root, with the namespaces that the ConfigMap says.
    public ServerOptions(
            @Nullable Path kubeconfig,
            @Nullable String context,
            String namespace,
            String host,
            int port,
            Path data,
            @Nullable String kafka,
            @Nullable Path kafkaProperties,
            int kafkaPort,
            Set<Stage> stages,
            int partitions,
            Duration pollInterval,
            @Nullable Path notifications,
            Set<String> privateFileHosts,
            AuthMode auth,
            boolean tls) {
        this(
                kubeconfig,
                context,
                namespace,
                host,
                port,
                data,
                kafka,
                kafkaProperties,
                kafkaPort,
                stages,
                partitions,
                pollInterval,
                notifications,
                privateFileHosts,
                auth,
                tls,
                WebPaths.NONE,
                null);
    }

    /// For a loopback address: without webhooks to tell, files of private networks, accounts and encryption.
    public ServerOptions(
            @Nullable Path kubeconfig,
            @Nullable String context,
            String namespace,
            String host,
            int port,
            Path data,
            @Nullable String kafka,
            @Nullable Path kafkaProperties,
            int kafkaPort,
            Set<Stage> stages,
            int partitions,
            Duration pollInterval) {
        this(
                kubeconfig,
                context,
                namespace,
                host,
                port,
                data,
                kafka,
                kafkaProperties,
                kafkaPort,
                stages,
                partitions,
                pollInterval,
                null,
                Set.of(),
                AuthMode.NONE,
                false);
    }

    /// Whether only this machine reaches an address.
    public static boolean loopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    boolean allStages() {
        return stages.size() == Stage.values().length;
    }
}
