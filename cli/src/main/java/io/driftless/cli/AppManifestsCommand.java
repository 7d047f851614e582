package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.yaml.GoYaml;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app manifests APP`
@Command(name = "manifests", mixinStandardHelpOptions = true, description = "Print the manifests of an Application.")
final class AppManifestsCommand implements Callable<Integer> {
    /// The values of --source.
    enum Source {
        git,
        live
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption server = new ConnectionOption();

    @Mixin
    private AppOption app = new AppOption();

    @Option(names = "--source", defaultValue = "git", description = "One of ${COMPLETION-CANDIDATES}.")
    private Source source = Source.git;

    @Option(names = "--revision", defaultValue = "", description = "Another revision of Git.")
    private String revision = "";

    @Mixin
    private LocalFlags local = new LocalFlags();

    @Mixin
    private SourceChoice choice = new SourceChoice();

    @Override
    public Integer call() {
        choice.requireOnlyOne();
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode manifest : manifests(server.api(), app.ref())) {
            out.println("---");
            out.println(GoYaml.write(SortedFields.of(manifest)));
        }
        out.flush();
        return ExitCode.OK;
    }

    private List<JsonNode> manifests(ApiClient api, ApplicationRef ref) {
        List<JsonNode> found = new ArrayList<>();
        if (local.given()) {
            found.addAll(local.manifests(api, api.get(ref.path("", ""))));
            return found;
        }
        if (source == Source.git && !revision.isEmpty()) {
            api.get(ref.path("/manifests", "revision=" + ApiClient.encode(revision)))
                    .path("manifests")
                    .forEach(text -> found.add(ApiClient.json(text.asText())));
            return found;
        }
        String field = source == Source.live ? "liveState" : "targetState";
        for (JsonNode item : api.get(ref.path("/managed-resources", "")).path("items")) {
            JsonNode manifest = ApiClient.json(item.path(field).asText("null"));
            if (manifest.isObject()) {
                found.add(manifest);
            }
        }
        return found;
    }
}
