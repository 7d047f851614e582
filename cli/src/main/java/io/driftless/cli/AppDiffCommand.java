package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app diff APP`
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Show what a sync would change; exit code 1 when that is something, 2 for wrong usage.")
final class AppDiffCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppOption app = new AppOption();

    @Mixin
    private RefreshFlags refresh = new RefreshFlags();

    @Mixin
    private LocalFlags local = new LocalFlags();

    @Mixin
    private SourceChoice source = new SourceChoice();

    @Option(names = "--revision", defaultValue = "", paramLabel = "REVISION", description = "Another revision of Git.")
    private String revision = "";

    @Option(
            names = "--exit-code",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Whether the exit code tells of differences (default: true).")
    private boolean exitCode = true;

    @Option(
            names = "--diff-exit-code",
            defaultValue = "1",
            paramLabel = "CODE",
            description = "The exit code that tells of differences (default: 1).")
    private int diffExitCode = ExitCode.FAILED;

    @Option(names = "--server-side-diff", description = "Ask the API server of the cluster what would change.")
    private boolean serverSide;

    @Mixin
    private SentFlags sent = new SentFlags();

    @Override
    public Integer call() {
        source.requireOnlyOne();
        if (sent.given() && !local.given()) {
            throw new CommandFailure(
                    ExitCode.MISUSED, "--server-side-generate needs --local: the directory whose files are sent");
        }
        if (local.given() && !revision.isEmpty()) {
            throw new CommandFailure(ExitCode.MISUSED, "--local and --revision are two sources: give one");
        }
        ApiClient api = server.api();
        ApplicationRef ref = app.ref();
        JsonNode known = api.get(ref.path("", refresh.query()));
        boolean found = Output.forMachines(server.output) ? fields(api, ref) : print(api, ref, known);
        return found && exitCode ? diffExitCode : ExitCode.OK;
    }

    private boolean print(ApiClient api, ApplicationRef ref, JsonNode known) {
        PrintWriter out = spec.commandLine().getOut();
        return new DiffPrinter(out).print(pairs(api, ref, known));
    }

    private List<ResourcePair> pairs(ApiClient api, ApplicationRef ref, JsonNode known) {
        boolean git = !local.given() && revision.isEmpty();
        List<? extends JsonNode> manifests =
                git ? List.of() : local.given() ? ofFiles(api, known) : ofRevision(api, ref);
        if (serverSide) {
            return ResourcePair.ofServer(api, ref, manifests);
        }
        return git ? ResourcePair.ofGit(api, ref) : ResourcePair.ofManifests(api, ref, known, manifests);
    }

    private List<? extends JsonNode> ofFiles(ApiClient api, JsonNode known) {
        return sent.given() ? sent.manifests(api, known, local.directory()) : local.manifests(api, known);
    }

    private List<JsonNode> ofRevision(ApiClient api, ApplicationRef ref) {
        List<JsonNode> found = new ArrayList<>();
        api.get(ref.path("/manifests", "revision=" + ApiClient.encode(revision)))
                .path("manifests")
                .forEach(text -> found.add(ApiClient.json(text.asText())));
        return found;
    }

    /// Field by field, as the server has compared them.
    private boolean fields(ApiClient api, ApplicationRef ref) {
        if (local.given() || serverSide || !revision.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.MISUSED, "-o json and -o yaml tell what differs from the newest render, and no more");
        }
        JsonNode resources = api.get(ref.path("/differences", "")).path("items");
        Output.print(spec.commandLine().getOut(), server.output, resources);
        return !resources.isEmpty();
    }
}
