package io.driftless.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.kustomize.Kustomize;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless version`
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description =
                "Show the versions of Driftless, of the Kustomize it renders like, of Java, and of a server that is named.")
final class VersionCommand implements Callable<Integer> {
    static final String DRIFTLESS = "0.1.0";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption connection = new ConnectionOption();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table, json or yaml.")
    private Output.Format output = Output.Format.table;

    @Override
    public Integer call() {
        ObjectNode versions = JsonNodeFactory.instance.objectNode();
        versions.put("driftless", DRIFTLESS);
        versions.put("kustomize", Kustomize.VERSION);
        versions.put("java", Runtime.version().toString());
        if (!connection.server.isEmpty()) {
            ServerVersion server = ServerVersion.ask(connection.api());
            versions.put("server", server.text());
            server.warning().ifPresent(spec.commandLine().getErr()::println);
        }
        var out = spec.commandLine().getOut();
        if (Output.forMachines(output)) {
            Output.print(out, output, versions);
        } else {
            Output.table(
                    out,
                    List.of("NAME", "VERSION"),
                    versions.properties().stream()
                            .map(version ->
                                    List.of(version.getKey(), version.getValue().asText()))
                            .toList());
        }
        return ExitCode.OK;
    }
}
