package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
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

    @Mixin
    private TimeoutOption timeout = new TimeoutOption();

    @Override
    public Integer call() {
        ApiClient api = server.api();
        ApplicationRef ref = app.ref();
        OperationWait wait = OperationWait.before(api, ref);
        long wanted = id == null ? previous(wait.known().at("/status/history")) : id;
        api.post(
                ref.path("/rollback", ""),
                JsonNodeFactory.instance.objectNode().put("id", wanted).put("prune", prune));
        var out = spec.commandLine().getOut();
        JsonNode found = wait.await(timeout, new WaitProgress(out, List.of(), !Output.forPeople(server.output)));
        new AppView(out, server.output, api, ref).waited(found, true);
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
