package io.driftless.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftless cluster …`: the clusters that a server deploys to, and a real one on this machine.
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Clusters that are deployed to; up and down make a real one on this machine.",
        subcommands = {ClusterUpCommand.class, ClusterDownCommand.class})
final class ClusterCommand implements Runnable {
    /// Where a cluster of this machine keeps its files when nobody says otherwise.
    static final String DATA = ".driftless/cluster";

    private static final String PATH = "/api/v1/clusters";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: cluster list, get, rotate-auth or rm, cluster up or cluster down");
    }

    static Path absolute(Path data) {
        return data.toAbsolutePath().normalize();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List clusters.")
    int list(@Mixin ServerOption server) {
        Output.list(
                out(),
                server.output,
                server.api().get(PATH).path("items"),
                List.of("SERVER", "NAME", "STATUS", "MESSAGE", "PROJECT"),
                cluster -> List.of(
                        cluster.path("server").asText(""),
                        cluster.path("name").asText(""),
                        cluster.at("/connectionState/status").asText(""),
                        cluster.at("/connectionState/message").asText(""),
                        cluster.path("project").asText("")),
                0);
        return ExitCode.OK;
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Show a cluster.")
    int get(@Mixin ServerOption server, @Parameters(paramLabel = "SERVER/NAME") String cluster) {
        Output.print(
                out(),
                Output.forMachines(server.output) ? server.output : Output.Format.yaml,
                server.api().get(path(cluster)));
        return ExitCode.OK;
    }

    @Command(
            name = "rotate-auth",
            mixinStandardHelpOptions = true,
            description = "Reach a cluster with another token of its service account; the old one ends.")
    int rotate(@Mixin ServerOption server, @Parameters(paramLabel = "SERVER/NAME") String cluster) {
        server.api().post(path(cluster, "/rotate-auth"), JsonNodeFactory.instance.objectNode());
        out().println("Cluster '" + cluster + "' rotated auth");
        return ExitCode.OK;
    }

    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Forget a cluster; what runs there stays.")
    int remove(@Mixin ServerOption server, @Parameters(paramLabel = "SERVER/NAME") String cluster) {
        server.api().delete(path(cluster));
        out().println("Cluster '" + cluster + "' removed");
        return ExitCode.OK;
    }

    private static String path(String cluster) {
        return path(cluster, "");
    }

    private static String path(String cluster, String action) {
        String type = cluster.contains("://") ? "url" : "name";
        return PATH + '/' + ApiClient.encode(cluster) + action + "?id.type=" + type;
    }
}
