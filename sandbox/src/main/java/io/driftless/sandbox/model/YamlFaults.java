package io.driftless.sandbox.model;

import org.yaml.snakeyaml.composer.ComposerException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.scanner.ScannerException;

/// What is wrong with a text that is no YAML, in the words of the real server where they are known.
final class YamlFaults {
    private YamlFaults() {}

    static String told(YAMLException fault) {
        if (!(fault instanceof MarkedYAMLException marked) || marked.getProblem() == null) {
            return "yaml: " + fault.getMessage();
        }
        String problem = marked.getProblem();
        if (fault instanceof ComposerException && problem.startsWith("found undefined alias ")) {
            return "yaml: unknown anchor '" + problem.substring("found undefined alias ".length()) + "' referenced";
        }
        int line = line(marked);
        return "yaml: " + (line > 0 ? "line " + line + ": " : "") + words(problem, String.valueOf(marked.getContext()));
    }

    /// As the real server counts: from 1 where a word cannot be read, else from 0, and no line where that is 0; the end
    /// of
    /// the text is a line of its own.
    private static int line(MarkedYAMLException fault) {
        Mark mark = fault.getProblemMark();
        if (mark == null) {
            return 0;
        }
        if (fault instanceof ScannerException) {
            return mark.getLine() == 0 ? 0 : mark.getLine() + 1;
        }
        boolean end = fault.getProblem().contains("<stream end>");
        return mark.getLine() + (end && mark.getColumn() > 0 ? 1 : 0);
    }

    private static String words(String problem, String context) {
        if (problem.startsWith("expected the node content")) {
            return "did not find expected node content";
        }
        if (problem.startsWith("expected ',' or")) {
            return "did not find " + problem.substring(0, problem.indexOf(", but got"));
        }
        if (problem.startsWith("expected <block end>")) {
            return "did not find expected " + (context.contains("mapping") ? "key" : "'-' indicator");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return "mapping values are not allowed in this context";
        }
        return problem.startsWith("found character") && problem.contains("cannot start any token")
                ? "found character that cannot start any token"
                : problem;
    }
}
