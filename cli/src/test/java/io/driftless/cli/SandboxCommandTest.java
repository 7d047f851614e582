package io.driftless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `driftless sandbox` where it cannot start: one line says what is wrong and what to do, and nothing is left running.
@Timeout(60)
class SandboxCommandTest {
    @TempDir
    Path folder;

    private record Result(int code, String out, String err) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Result(line.execute(arguments), out.toString(), err.toString());
    }

    private Result sandbox(String... further) {
        String[] arguments = new String[further.length + 3];
        arguments[0] = "sandbox";
        arguments[1] = "--kubeconfig-out";
        arguments[2] = folder.resolve("kubeconfig").toString();
        System.arraycopy(further, 0, arguments, 3, further.length);
        return run(arguments);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            Result result = sandbox("--listen", address);

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains("the sandbox cannot start on " + address)
                    .contains("in use");
            assertThat(folder.resolve("kubeconfig")).doesNotExist();
        }
    }

    @Test
    void aKubeconfigThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Path inside = file.resolve("kubeconfig");

        Result result = run("sandbox", "--kubeconfig-out", inside.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("the kubeconfig cannot be written to " + inside);
    }

    @Test
    void anAuditLogThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Path inside = file.resolve("audit.jsonl");

        Result result = sandbox("--audit", inside.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("the sandbox cannot start").contains("audit log " + inside);
        assertThat(folder.resolve("kubeconfig")).doesNotExist();
    }

    @Test
    void itListensOnTheLoopbackAddressAlone() {
        Result result = sandbox("--listen", "0.0.0.0:0");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("listens on the loopback address only")
                .contains("127.0.0.1:PORT");
    }

    @Test
    void addressesThatAreNoneAreRefused() {
        for (String address :
                new String[] {"127.0.0.1:70000", "127.0.0.1:port", "no.such.host.invalid:1", "127.0.0.1"}) {
            Result result = sandbox("--listen", address);

            assertThat(result.code()).as(address).isEqualTo(1);
            assertThat(result.err()).as(address).contains(address.replaceFirst(":.*", ""));
            assertThat(result.err().lines().filter(line -> line.contains("\tat ")))
                    .isEmpty();
        }
    }

    @Test
    void theFileOfTheKubeconfigIsAsked() {
        Result result = run("sandbox");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("--kubeconfig-out");
        assertThat(sandbox("--colour", "red").err()).contains("--colour");
    }
}
