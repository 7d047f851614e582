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
            AppCreateCommand.class
        })
final class AppCommand extends CommandGroup {}
