package io.driftless.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Commands of `argocd app` that the server has nothing for yet. Whatever they are given, they say so with exit code
/// 20.
abstract class AppNotYet implements Callable<Integer> {
    @Unmatched
    @SuppressWarnings("UnusedVariable") // Taken, lest it be called wrong usage.
    private List<String> arguments = new ArrayList<>();

    private final String what;

    private AppNotYet(String what) {
        this.what = what;
    }

    @Override
    public final Integer call() {
        throw new CommandFailure(ExitCode.API, what + " are not supported yet");
    }

    /// `driftless app add-source`
    @Command(name = "add-source", hidden = true)
    static final class AddSource extends AppNotYet {
        AddSource() {
            super("add-source: Applications of several sources");
        }
    }

    /// `driftless app remove-source`
    @Command(name = "remove-source", hidden = true)
    static final class RemoveSource extends AppNotYet {
        RemoveSource() {
            super("remove-source: Applications of several sources");
        }
    }

    /// `driftless app confirm-deletion`
    @Command(name = "confirm-deletion", hidden = true)
    static final class ConfirmDeletion extends AppNotYet {
        ConfirmDeletion() {
            super("confirm-deletion: deletions that wait for a confirmation");
        }
    }
}
