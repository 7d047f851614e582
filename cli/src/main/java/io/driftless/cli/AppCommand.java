package io.driftless.cli;

import picocli.CommandLine.Command;

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
            AppGetResourceCommand.class,
            AppPatchResourceCommand.class,
            AppDeleteResourceCommand.class,
            AppLogsCommand.class,
            AppActionsCommand.class,
            AppNotYet.AddSource.class,
            AppNotYet.RemoveSource.class,
            AppNotYet.ConfirmDeletion.class
        })
final class AppCommand extends CommandGroup {}
