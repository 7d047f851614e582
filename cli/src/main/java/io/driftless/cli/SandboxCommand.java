package io.driftless.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless sandbox`
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Run the sandbox cluster alone, until told to stop (SIGTERM).")
final class SandboxCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--kubeconfig-out",
            paramLabel = "FILE",
            required = true,
            description = "Where a kubeconfig is written once the sandbox is ready.")
    private Path kubeconfig = Path.of("kubeconfig");

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            description = "Address of the API server, on the loopback address (default: a free port).")
    private String listen = "";

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "Where every write goes, one line of JSON each (default: the last ones in memory alone).")
    private @Nullable Path audit;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "json prints one line when ready.")
    private Output.Format output = Output.Format.table;

    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx();
        Sandbox sandbox = start(vertx, options());
        try {
            writeKubeconfig(sandbox);
        } catch (IOException e) {
            sandbox.close();
            throw new CommandFailure(
                    ExitCode.FAILED, "the kubeconfig cannot be written to " + kubeconfig + ": " + reason(e));
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    sandbox.close();
                    stopped.countDown();
                }));
        announce(sandbox);
        stopped.await();
        return ExitCode.OK;
    }

    private SandboxOptions options() {
        ListenAddress address = ListenAddress.parse(listen);
        try {
            if (!InetAddress.getByName(address.host()).isLoopbackAddress()) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "the sandbox asks nobody for a password, so it listens on the loopback address only: --listen "
                                + listen + " is another; use 127.0.0.1:PORT");
            }
            SandboxOptions options = new SandboxOptions(address.host(), address.port());
            return audit == null ? options : options.audited(audit);
        } catch (UnknownHostException e) {
            throw new CommandFailure(ExitCode.FAILED, "--listen " + listen + ": there is no host " + address.host());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.FAILED, "--listen " + listen + ": a port is a number from 0 to 65535");
        }
    }

    private Sandbox start(Vertx vertx, SandboxOptions options) {
        try {
            return Sandbox.start(vertx, options).await();
        } catch (Exception e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "the sandbox cannot start on " + listen + ": " + reason(e)
                            + (audit == null ? "" : " (audit log " + audit + ")"));
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException && !(e instanceof java.net.BindException)
                ? e.getClass().getSimpleName() + ": " + e.getMessage()
                : String.valueOf(e.getMessage());
    }

    /// Whoever waits for the file never reads a half of it.
    private void writeKubeconfig(Sandbox sandbox) throws IOException {
        Path whole = kubeconfig.toAbsolutePath();
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        sandbox.writeKubeconfig(part);
        Files.move(part, whole, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private void announce(Sandbox sandbox) {
        var out = spec.commandLine().getOut();
        if (Output.forMachines(output)) {
            ObjectNode ready = JsonNodeFactory.instance.objectNode();
            ready.put("ready", true);
            ready.put("url", sandbox.url().toString());
            ready.put("kubeconfig", kubeconfig.toString());
            out.println(ready);
        } else {
            out.println("The sandbox is ready.");
            out.println("  server      " + sandbox.url());
            out.println("  kubeconfig  " + kubeconfig);
        }
        out.flush();
    }
}
