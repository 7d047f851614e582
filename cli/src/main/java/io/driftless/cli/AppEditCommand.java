package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.GoYaml;
import picocli.CommandLine.Command;

/// `driftless app edit APP`
@Command(
        name = "edit",
        mixinStandardHelpOptions = true,
        description = "Edit the spec of an Application with the program that EDITOR names.")
final class AppEditCommand extends OneApplication {
    @Override
    public Integer call() {
        ApplicationSpec known = ApplicationSpec.of(api(), app.ref());
        try (TextEditor editor = TextEditor.on(app.ref().name(), GoYaml.write(known.spec()))) {
            JsonNode wanted = GoYaml.readOne(editor.file(), editor.edited());
            if (!(wanted instanceof ObjectNode object)) {
                throw editor.keeping(new CommandFailure(ExitCode.API, "a spec is an object"));
            }
            if (object.equals(known.spec())) {
                err().println("nothing was changed");
                return ExitCode.OK;
            }
            try {
                known.replace(object, true);
            } catch (CommandFailure refused) {
                throw editor.keeping(refused);
            }
        }
        out().println("application '" + app + "' edited");
        return ExitCode.OK;
    }
}
