package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.yaml.GoYaml;
import java.io.PrintWriter;
import java.util.List;

/// Prints what differs, one resource after the other: lines as `diff` writes them, or what the program makes of them
/// that `KUBECTL_EXTERNAL_DIFF` names.
final class DiffPrinter {
    private final PrintWriter out;
    private final String program;

    DiffPrinter(PrintWriter out) {
        this(out, System.getProperty("driftless.diff", System.getenv().getOrDefault("KUBECTL_EXTERNAL_DIFF", "")));
    }

    /// @param program with its arguments; empty for none
    DiffPrinter(PrintWriter out, String program) {
        this.out = out;
        this.program = program;
    }

    /// Whether there was anything to print.
    boolean print(List<ResourcePair> pairs) {
        for (ResourcePair pair : pairs) {
            ResourceRef resource = pair.resource();
            out.println();
            out.println("===== " + resource.group() + '/' + resource.kind() + ' ' + resource.namespace() + '/'
                    + resource.name() + " ======");
            String live = text(pair.live());
            String target = text(pair.target());
            out.print(
                    program.isEmpty()
                            ? TextDiff.of(live, target)
                            : ExternalDiff.of(program, resource.name(), live, target));
        }
        out.flush();
        return !pairs.isEmpty();
    }

    private static String text(JsonNode object) {
        return object.isNull() ? "" : GoYaml.write(SortedFields.of(object));
    }
}
