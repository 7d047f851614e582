package io.driftless.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `driftless app …`
@Command(
        name = "app",
        mixinStandardHelpOptions = true,
        description = "Look at and act on Applications.",
        subcommands = {
            AppListCommand.class,
            AppGetCommand.class,
            AppSyncCommand.class,
            AppDiffCommand.class,
            AppWaitCommand.class,
            AppDeleteCommand.class,
            AppCreateCommand.class,
            AppSetCommand.class,
            AppUnsetCommand.class,
            AppPatchCommand.class,
            AppEditCommand.class,
            AppHistoryCommand.class,
            AppRollbackCommand.class,
            AppTerminateCommand.class,
            AppManifestsCommand.class,
            AppResourcesCommand.class,
            AppPatchResourceCommand.class,
            AppDeleteResourceCommand.class,
            AppLogsCommand.class,
            AppActionsCommand.class
        })
final class AppCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "add-source", hidden = true, description = "Not supported yet.")
    int addSource(@Mixin AnyArguments arguments) {
        throw notYet("add-source: Applications of several sources");
    }

    @Command(name = "remove-source", hidden = true, description = "Not supported yet.")
    int removeSource(@Mixin AnyArguments arguments) {
        throw notYet("remove-source: Applications of several sources");
    }

    @Command(name = "confirm-deletion", hidden = true, description = "Not supported yet.")
    int confirmDeletion(@Mixin AnyArguments arguments) {
        throw notYet("confirm-deletion: deletions that wait for a confirmation");
    }

    private static CommandFailure notYet(String what) {
        return new CommandFailure(ExitCode.API, what + " are not supported yet");
    }
}
