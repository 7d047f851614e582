package io.driftless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `driftless cluster`, as far as it goes without starting one.
class ClusterCommandTest {
    @TempDir
    Path data;

    private record Result(int code, String out, String err) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Result(line.execute(arguments), out.toString(), err.toString());
    }

    @Test
    void whatToDoHasToBeSaid() {
        Result result = run("cluster");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("cluster up or cluster down").contains("Usage: driftless cluster");
    }

    @Test
    void whereNothingRunsThereIsNothingToEnd() {
        Result result = run("cluster", "down", "--data", data.toString());

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("No cluster runs on " + data + ".\n");
    }

    @Test
    void twoClustersDoNotShareADirectory() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        Files.writeString(
                data.resolve("cluster.json"),
                "{\"url\":\"https://127.0.0.1:1\",\"kubeconfig\":\"/k\",\"processes\":[{\"pid\":" + self.pid()
                        + ",\"command\":\"" + self.info().command().orElse("") + "\",\"startedMillis\":"
                        + self.info().startInstant().orElseThrow().toEpochMilli() + "}]}");

        Result result = run("cluster", "up", "--data", data.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("a cluster runs on " + data + " already, at https://127.0.0.1:1")
                .contains("driftless cluster down --data " + data);
    }

    @Test
    void aDemoHasOneCluster() {
        Result result = run("demo", "--cluster", "real", "--kubeconfig", "/k", "--data", data.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("--cluster real starts a cluster of its own: leave --kubeconfig out");
        assertThat(run("demo", "--cluster", "imaginary").code()).isEqualTo(1);
    }
}
