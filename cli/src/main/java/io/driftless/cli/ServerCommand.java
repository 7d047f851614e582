package io.driftless.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.app.DriftlessServer;
import io.driftless.app.ServerOptions;
import io.driftless.app.Stage;
import io.driftless.app.WebPaths;
import io.driftless.auth.AuthMode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless server`
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Run the stages, all of them or some, until told to stop (SIGTERM).")
final class ServerCommand implements Callable<Integer> {
    private static final Duration START = Duration.ofSeconds(90);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Cluster that holds the Applications (default: the service account of the pod).")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", description = "Context of the kubeconfig (default: its current one).")
    private @Nullable String context;

    @Option(
            names = "--namespace",
            defaultValue = "argocd",
            description = "Namespace of the Applications (default: argocd).")
    private String namespace = "";

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            description = "Web port: webhook, API, events, page (default: ${DEFAULT-VALUE}).")
    private String listen = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".driftless",
            description = "Directory of Kafka's log and the mirrors.")
    private Path data = Path.of(".driftless");

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "A Kafka cluster (default: the embedded broker).")
    private @Nullable String kafka;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Kafka client properties: TLS, SASL and the like.")
    private @Nullable Path kafkaConfig;

    @Option(
            names = "--kafka-port",
            defaultValue = "0",
            description = "Port of the embedded broker (default: the last, or a free one).")
    private int kafkaPort;

    @Option(
            names = "--stages",
            defaultValue = "",
            paramLabel = "A,B",
            description = "Stages to run here (default: all).")
    private String stages = "";

    @Option(
            names = "--partitions",
            defaultValue = "8",
            description = "Partitions of the application topics (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--poll-seconds",
            defaultValue = "120",
            description = "How often repositories are looked at without a push.")
    private long pollSeconds;

    @Option(
            names = "--notifications",
            paramLabel = "FILE",
            description = "Webhooks to tell of syncs, health and errors (default: the log alone).")
    private @Nullable Path notifications;

    @Option(
            names = "--auth",
            paramLabel = "none|accounts",
            description = "Who is let in by the API: everybody, on a loopback address, or who logs in"
                    + " (default: none on a loopback address, accounts on any other).")
    private @Nullable String auth;

    @Option(names = "--insecure", description = "Serve accounts without TLS, for a proxy that does it.")
    private boolean insecure;

    @Option(
            names = "--application-namespaces",
            paramLabel = "A,B",
            description = "Further namespaces of Applications: names, globs, or /expressions/"
                    + " (default: application.namespaces of argocd-cmd-params-cm).")
    private @Nullable String applicationNamespaces;

    @Option(
            names = "--rootpath",
            paramLabel = "PATH",
            defaultValue = "",
            description = "Serve everything below this path (default: the root).")
    private String rootPath = "";

    @Option(
            names = "--basehref",
            paramLabel = "PATH",
            defaultValue = "",
            description = "Path below which browsers see the page, where a proxy takes it off (default: --rootpath).")
    private String baseHref = "";

    @Option(
            names = "--private-file-hosts",
            split = ",",
            paramLabel = "HOST[:PORT]",
            description = "Hosts of private networks whose files kustomizations may name (default: none).")
    private Set<String> privateFileHosts = Set.of();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "json prints one line when ready.")
    private Output.Format output = Output.Format.table;

    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx();
        DriftlessServer server = DriftlessServer.start(vertx, options());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    server.close();
                    stopped.countDown();
                }));
        server.awaitReady(START);
        announce(server);
        stopped.await();
        return ExitCode.OK;
    }

    private ServerOptions options() {
        ListenAddress address = ListenAddress.parse(listen);
        try {
            return new ServerOptions(
                    kubeconfig,
                    context,
                    namespace,
                    address.host(),
                    address.port(),
                    data,
                    kafka,
                    kafkaConfig,
                    kafkaPort,
                    Stage.parse(stages),
                    partitions,
                    Duration.ofSeconds(pollSeconds),
                    notifications,
                    privateFileHosts,
                    auth(address),
                    encrypted(address),
                    new WebPaths(rootPath, baseHref),
                    applicationNamespaces);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /// A process without the API has nothing to hide; probes and webhooks come as before.
    private boolean encrypted(ListenAddress address) {
        return auth(address) == AuthMode.ACCOUNTS
                && !insecure
                && Stage.parse(stages).contains(Stage.API);
    }

    private AuthMode auth(ListenAddress address) {
        if (auth == null) {
            return ServerOptions.loopback(address.host()) ? AuthMode.NONE : AuthMode.ACCOUNTS;
        }
        return switch (auth) {
            case "none" -> AuthMode.NONE;
            case "accounts" -> AuthMode.ACCOUNTS;
            default -> throw new IllegalArgumentException("--auth is none or accounts");
        };
    }

    private void announce(DriftlessServer server) {
        var out = spec.commandLine().getOut();
        if (Output.forMachines(output)) {
            ObjectNode ready = JsonNodeFactory.instance.objectNode();
            ready.put("ready", true);
            ready.put("web", server.web().toString());
            ready.put("kafka", server.kafka());
            out.println(ready);
        } else {
            out.println("Driftless is ready.");
            out.println("  web    " + server.web());
            out.println("  kafka  " + server.kafka());
        }
        out.flush();
    }
}
