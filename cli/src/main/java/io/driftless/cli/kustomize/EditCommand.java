package io.driftless.cli.kustomize;

import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `driftless kustomize edit …`
@Command(
        name = "edit",
        mixinStandardHelpOptions = true,
        description = "Edit the kustomization file of the current directory; comments and order stay.",
        subcommands = {EditSetCommand.class, EditAddCommand.class, EditRemoveCommand.class})
final class EditCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private KustomizeCommand kustomize;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    KustomizeCommand kustomize() {
        return kustomize;
    }

    /// Says what was not done although nothing is wrong.
    void note(String text) {
        spec.commandLine().getErr().println(text);
    }

    /// Edits the file and writes it once all of the edit is done.
    int edit(Consumer<KustomizationFile> change) {
        KustomizationFile file = KustomizationFile.in(kustomize.directory());
        String before = file.source().text();
        change.accept(file);
        // What changes nothing does not add the version and kind a file may lack either.
        if (!file.source().text().equals(before)) {
            file.save();
        }
        return 0;
    }
}
