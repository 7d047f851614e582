package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.Document;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftless app create APP` and `driftless app create -f FILE`
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Create an Application from flags, or Applications from a file.")
final class AppCreateCommand implements Callable<Integer> {
    private static final String FINALIZER = "resources-finalizer.argocd.argoproj.io";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Mixin
    private SpecFlags flags = new SpecFlags();

    @Parameters(paramLabel = "APP", arity = "0..1", defaultValue = "", description = "name or namespace/name")
    private String name = "";

    @Option(
            names = {"-f", "--file"},
            defaultValue = "",
            paramLabel = "FILE",
            description = "YAML or JSON file with Applications; - for standard input. Flags change what it says.")
    private String file = "";

    @Option(names = "--upsert", description = "Overwrite an Application of the same name.")
    private boolean upsert;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "A label of the Application; repeatable.")
    private List<String> labels = List.of();

    @Option(names = "--annotations", paramLabel = "KEY=VALUE", description = "An annotation of it; repeatable.")
    private List<String> annotations = List.of();

    @Option(names = "--set-finalizer", description = "Delete what it deployed when it is deleted.")
    private boolean finalizer;

    @Override
    public Integer call() throws IOException {
        for (ObjectNode application : wanted()) {
            complete(application);
            create(application);
        }
        return ExitCode.OK;
    }

    private List<ObjectNode> wanted() throws IOException {
        if (file.isEmpty() && name.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "name the Application to create, or a file with -f FILE");
        }
        if (file.isEmpty()) {
            ObjectNode application = JsonNodeFactory.instance
                    .objectNode()
                    .put("apiVersion", "argoproj.io/v1alpha1")
                    .put("kind", "Application");
            application.putObject("metadata");
            application.putObject("spec");
            return List.of(application);
        }
        byte[] text = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        return GoYaml.read(file, text).stream().map(this::application).toList();
    }

    private ObjectNode application(Document document) {
        if (document.value() instanceof ObjectNode application) {
            return application;
        }
        throw new CommandFailure(
                ExitCode.FAILED, file + ", line " + document.line() + ": not an Application but another value");
    }

    /// Adds what the command line says.
    private void complete(ObjectNode application) {
        ObjectNode metadata = application.withObjectProperty("metadata");
        if (!name.isEmpty()) {
            ApplicationRef ref = ApplicationRef.parse(name);
            String known = metadata.path("name").asText("");
            if (!known.isEmpty() && !known.equals(ref.name())) {
                throw new CommandFailure(
                        ExitCode.FAILED, file + " holds the Application " + known + ", not " + ref.name());
            }
            metadata.put("name", ref.name());
            if (!ref.namespace().isEmpty()) {
                metadata.put("namespace", ref.namespace());
            }
        }
        if (!namespace.namespace.isEmpty()) {
            metadata.put("namespace", namespace.namespace);
        }
        KeyValue.putAll("--label", labels, metadata, "labels");
        KeyValue.putAll("--annotations", annotations, metadata, "annotations");
        if (finalizer) {
            metadata.withArrayProperty("finalizers").add(FINALIZER);
        }
        flags.apply(application.withObjectProperty("spec"));
    }

    private void create(ObjectNode application) {
        ApiClient api = server.api();
        Optional<JsonNode> before = api.find(ApplicationRef.of(application).path("", ""));
        JsonNode created =
                api.post("/api/v1/applications?upsert=" + upsert + "&validate=" + flags.validate, application);
        var out = spec.commandLine().getOut();
        if (Output.forMachines(server.output)) {
            Output.print(out, server.output, created);
        } else {
            String what = before.map(known -> same(known, created) ? "unchanged" : "updated")
                    .orElse("created");
            out.println("application '" + created.at("/metadata/name").asText() + "' " + what);
            out.flush();
        }
    }

    private static boolean same(JsonNode before, JsonNode after) {
        return List.of("/spec", "/metadata/labels", "/metadata/annotations", "/metadata/finalizers").stream()
                .allMatch(part -> before.at(part).equals(after.at(part)));
    }
}
