package io.driftless.localcluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A running cluster of real programs: etcd, API server, controller manager, scheduler, and kwok as its one node.
/// Workloads become ready at once; nothing runs in them. Its processes end with it, and with this JVM unless they
/// were to outlive it.
public final class LocalCluster implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String NODE = "node-0";
    private static final String TAKEN = "address already in use";
    private final LocalClusterOptions options;
    private final Pki pki;
    private final Ports ports;
    private final URI url;
    private final List<ClusterProcess> processes = new ArrayList<>();
    private final Guardian guardian = Guardian.start();
    private @Nullable Path kubeconfig;

    private LocalCluster(LocalClusterOptions options, Pki pki) {
        this.options = options;
        this.pki = pki;
        this.ports = Ports.free(options.port());
        this.url = URI.create("https://127.0.0.1:" + ports.apiServer());
    }

    /// Returns once workloads are scheduled and become ready. Fails with [LocalClusterException], leaving no process.
    public static LocalCluster start(ClusterBinaries binaries, LocalClusterOptions options)
            throws InterruptedException {
        if (!binaries.missing().isEmpty()) {
            throw new LocalClusterException(binaries.remedy());
        }
        try {
            return attempt(binaries, options);
        } catch (LocalClusterException e) {
            // A port that was free a moment ago may be somebody else's now; all of them are looked for anew.
            if (options.port() == 0 && String.valueOf(e.getMessage()).contains(TAKEN)) {
                return attempt(binaries, options);
            }
            throw e;
        }
    }

    private static LocalCluster attempt(ClusterBinaries binaries, LocalClusterOptions options)
            throws InterruptedException {
        LocalCluster cluster =
                new LocalCluster(options, Pki.create(options.data().resolve("pki")));
        boolean up = false;
        try {
            cluster.bringUp(binaries);
            if (options.outlives()) {
                cluster.guardian.close();
            }
            up = true;
            return cluster;
        } finally {
            if (!up) {
                cluster.close();
            }
        }
    }

    private void bringUp(ClusterBinaries binaries) throws InterruptedException {
        Flags flags = new Flags(options.data(), ports, pki);
        Path admin =
                Kubeconfig.write(pki.file("admin.kubeconfig"), url, pki.users().certificatePem(), pki.admin());
        ClusterProcess etcd = run(binaries, "etcd", flags.etcd());
        try (Requests store = etcdRequests()) {
            etcd.await("it serves", LIMIT, () -> store.ok("/health"));
        }
        ClusterProcess apiServer = run(binaries, "kube-apiserver", apiServer(flags));
        try (Requests api = new Requests(url, tls(pki.admin()))) {
            apiServer.await("it is ready", LIMIT, () -> api.ok("/readyz"));
            ClusterProcess controllers = run(binaries, "kube-controller-manager", flags.controllers(admin));
            ClusterProcess scheduler = run(binaries, "kube-scheduler", flags.scheduler(admin));
            ClusterProcess kwok = run(binaries, "kwok", flags.kwok(admin, stages()));
            api.post("/api/v1/nodes", node());
            kwok.await("the node is ready", LIMIT, () -> ready(api.get("/api/v1/nodes/" + NODE)));
            controllers.await(
                    "the node takes pods and has service accounts to run them as",
                    LIMIT,
                    () -> api.get("/api/v1/nodes/" + NODE).at("/spec/taints").isEmpty()
                            && api.ok("/api/v1/namespaces/default/serviceaccounts/default"));
            scheduler.await("it serves", LIMIT, this::schedulerServes);
        }
        Path wanted = options.kubeconfig();
        kubeconfig = Kubeconfig.write(
                wanted == null ? options.data().resolve("kubeconfig") : wanted,
                url,
                pki.users().certificatePem(),
                pki.admin());
    }

    private List<String> apiServer(Flags flags) {
        if (!options.audited()) {
            return flags.apiServer();
        }
        List<String> arguments = new ArrayList<>(flags.apiServer());
        arguments.addAll(ServerAudit.in(options.data()).flags());
        return arguments;
    }

    private ClusterProcess run(ClusterBinaries binaries, String name, List<String> arguments) {
        ClusterProcess process = ClusterProcess.start(binaries, name, options.data(), arguments);
        processes.add(process);
        guardian.watch(process.handle());
        return process;
    }

    private boolean schedulerServes() {
        try (java.net.Socket socket = new java.net.Socket()) {
            socket.connect(new java.net.InetSocketAddress("127.0.0.1", ports.scheduler()), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path stages() {
        try (InputStream in = LocalCluster.class.getResourceAsStream("stages.yaml")) {
            Path file = options.data().resolve("stages.yaml");
            if (in == null) {
                throw new IllegalStateException("stages.yaml is not beside the classes");
            }
            return Files.write(file, in.readAllBytes());
        } catch (IOException e) {
            throw new LocalClusterException("cannot write to " + options.data() + ": " + e.getMessage(), e);
        }
    }

    private static ObjectNode node() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("apiVersion", "v1").put("kind", "Node");
        node.putObject("metadata").put("name", NODE).putObject("labels").put("kubernetes.io/hostname", NODE);
        return node;
    }

    private static boolean ready(JsonNode node) {
        for (JsonNode condition : node.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private Requests etcdRequests() {
        return new Requests(
                URI.create("https://127.0.0.1:" + ports.etcd()), pki.etcd().trusting(pki.etcdClient()));
    }

    /// The address of the API server, without a trailing slash.
    public URI url() {
        return url;
    }

    /// The kubeconfig of a user who may do everything.
    public Path kubeconfig() {
        if (kubeconfig == null) {
            throw new IllegalStateException("the cluster is not up");
        }
        return kubeconfig;
    }

    /// Where it keeps its files and logs.
    public Path data() {
        return options.data();
    }

    /// Who may do everything.
    public Identity admin() {
        return pki.admin();
    }

    /// Somebody with no rights but those that are given to the name or to these groups.
    public Identity user(String name, List<String> groups) {
        return pki.users().client(name, groups);
    }

    /// For connections to the API server as `identity`, or as nobody.
    public SSLContext tls(@Nullable Identity identity) {
        return pki.users().trusting(identity);
    }

    /// The requests to write that the API server has answered so far, where it was started with an audit log.
    public List<JsonNode> writes() {
        return options.audited() ? ServerAudit.in(options.data()).events() : List.of();
    }

    /// Makes etcd forget all revisions before this one, as it does by itself every few minutes.
    public void compact(long revision) {
        try (Requests store = etcdRequests()) {
            store.post(
                    "/v3/kv/compaction",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("revision", String.valueOf(revision))
                            .put("physical", true));
        }
    }

    /// The processes, in the order in which they were started.
    public List<ProcessHandle> processes() {
        return processes.stream().map(ClusterProcess::handle).toList();
    }

    /// Ends all processes and waits for that. The files stay.
    @Override
    public void close() {
        Stopping.stop(processes());
        guardian.close();
    }
}
