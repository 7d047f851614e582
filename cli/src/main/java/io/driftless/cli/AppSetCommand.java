package io.driftless.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `driftless app set APP`
@Command(name = "set", mixinStandardHelpOptions = true, description = "Change what an Application is to be.")
final class AppSetCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption server = new ConnectionOption();

    @Mixin
    private AppOption app = new AppOption();

    @Mixin
    private SpecFlags flags = new SpecFlags();

    @Override
    public Integer call() {
        ApiClient api = server.api();
        ApplicationSpec known = ApplicationSpec.of(api, app.ref());
        ObjectNode wanted = known.copy();
        flags.apply(wanted);
        if (!GivenOptions.any(spec)) {
            throw new CommandFailure(ExitCode.FAILED, "nothing to set: give at least one of the options of app set");
        }
        known.replace(wanted, flags.validate);
        return ExitCode.OK;
    }
}
