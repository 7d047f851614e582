package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.yaml.Document;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app create -f FILE`
@Command(name = "create", mixinStandardHelpOptions = true, description = "Create Applications from a file.")
final class AppCreateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "YAML or JSON file with Applications; - for standard input.")
    private String file = "";

    @Option(names = "--upsert", description = "Overwrite an Application of the same name.")
    private boolean upsert;

    @Option(
            names = "--validate",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            description = "Look whether the source is there and can be rendered (default: true).")
    private boolean validate = true;

    @Override
    public Integer call() throws IOException {
        byte[] text = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        for (Document document : GoYaml.read(file, text)) {
            JsonNode created = server.api()
                    .post("/api/v1/applications?upsert=" + upsert + "&validate=" + validate, document.value());
            var out = spec.commandLine().getOut();
            if (Output.forMachines(server.output)) {
                Output.print(out, server.output, created);
            } else {
                out.println(
                        "application '" + created.path("metadata").path("name").asText() + "' created");
                out.flush();
            }
        }
        return ExitCode.OK;
    }
}
