package io.driftless.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `driftless app set APP`
@Command(name = "set", mixinStandardHelpOptions = true, description = "Change what an Application is to be.")
final class AppSetCommand extends OneApplication {
    @Mixin
    private SpecFlags flags = new SpecFlags();

    @Override
    public Integer call() {
        requireChange("set");
        ApplicationSpec known = ApplicationSpec.of(api(), app.ref());
        ObjectNode wanted = known.copy();
        flags.apply(wanted);
        known.replace(wanted, flags.validate);
        return ExitCode.OK;
    }
}
