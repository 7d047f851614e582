package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app patch APP`
@Command(name = "patch", mixinStandardHelpOptions = true, description = "Patch an Application and show it.")
final class AppPatchCommand implements Callable<Integer> {
    /// The values of --type.
    enum Type {
        json,
        merge
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption server = new ConnectionOption();

    @Mixin
    private AppOption app = new AppOption();

    @Option(names = "--patch", required = true, paramLabel = "JSON", description = "The patch.")
    private String patch = "";

    @Option(names = "--type", defaultValue = "json", description = "One of ${COMPLETION-CANDIDATES}.")
    private Type type = Type.json;

    @Override
    public Integer call() {
        JsonNode patched = server.api()
                .patch(
                        app.ref().path("", ""),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("patch", patch)
                                .put("patchType", type.name()));
        Output.print(spec.commandLine().getOut(), Output.Format.yaml, patched);
        return ExitCode.OK;
    }
}
