package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftless app rollback APP [ID]`
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Deploy again what was deployed before, and wait; exit code 1 when that fails.")
final class AppRollbackCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppOption app = new AppOption();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            description = "As driftless app history says (default: that before the last).")
    private @Nullable Long id;

    @Option(names = "--prune", description = "Delete resources that were not there then.")
    private boolean prune;

    @Option(names = "--timeout", defaultValue = "0", description = "Seconds; 0 waits without limit.")
    private long timeoutSeconds;

    @Override
    public Integer call() {
        ApiClient api = server.api();
        ApplicationRef ref = app.ref();
        OperationWait wait = OperationWait.before(api, ref);
        long wanted = id == null ? previous(wait.known().at("/status/history")) : id;
        api.post(
                ref.path("/rollback", ""),
                JsonNodeFactory.instance.objectNode().put("id", wanted).put("prune", prune));
        JsonNode found = wait.await(
                timeoutSeconds, new WaitProgress(spec.commandLine().getErr(), Output.forMachines(server.output)));
        var out = spec.commandLine().getOut();
        if (Output.forMachines(server.output)) {
            Output.print(out, server.output, found);
        } else if (server.output == Output.Format.tree) {
            AppTree.print(out, found, api.get(ref.path("/resource-tree", "")));
        } else {
            AppSummary.print(out, found);
        }
        return found.at("/status/operationState/phase").asText().equals("Succeeded") ? ExitCode.OK : ExitCode.FAILED;
    }

    private long previous(JsonNode history) {
        if (history.size() < 2) {
            throw new CommandFailure(
                    ExitCode.API,
                    "application '" + app + "' was deployed less than twice: there is nothing to go back to");
        }
        return history.path(history.size() - 2).path("id").asLong();
    }
}
