package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `driftless app patch APP`
@Command(name = "patch", mixinStandardHelpOptions = true, description = "Patch an Application and show it.")
final class AppPatchCommand extends OneApplication {
    /// The values of --type.
    enum Type {
        json,
        merge
    }

    @Option(names = "--patch", required = true, paramLabel = "JSON", description = "The patch.")
    private String patch = "";

    @Option(names = "--type", defaultValue = "json", description = "One of ${COMPLETION-CANDIDATES}.")
    private Type type = Type.json;

    @Override
    public Integer call() {
        JsonNode patched = api().patch(
                        app.ref().path("", ""),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("patch", patch)
                                .put("patchType", type.name()));
        Output.print(out(), Output.Format.yaml, patched);
        return ExitCode.OK;
    }
}
