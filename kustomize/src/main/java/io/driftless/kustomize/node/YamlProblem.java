package io.driftless.kustomize.node;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.scanner.ScannerException;

/// Says what is wrong with a text in the words people search for.
final class YamlProblem {
    private YamlProblem() {}

    static String of(MarkedYAMLException invalid) {
        Mark context = invalid.getContextMark();
        Mark mark = context != null && context.getLine() != 0 ? context : invalid.getProblemMark();
        int line = mark == null ? 0 : mark.getLine() + (invalid instanceof ScannerException ? 1 : 0);
        return "yaml: " + (line == 0 ? "" : "line " + line + ": ") + words(invalid);
    }

    private static String words(MarkedYAMLException invalid) {
        String problem = String.valueOf(invalid.getProblem());
        String context = String.valueOf(invalid.getContext());
        if (problem.startsWith("mapping values are not allowed")) {
            return "mapping values are not allowed in this context";
        }
        if (problem.startsWith("expected <block end>")) {
            return context.contains("collection") ? "did not find expected '-' indicator" : "did not find expected key";
        }
        if (problem.startsWith("expected ',' or '}'")) {
            return "did not find expected ',' or '}'";
        }
        if (problem.startsWith("expected ',' or ']'")) {
            return "did not find expected ',' or ']'";
        }
        if (problem.startsWith("expected the node content")) {
            return "did not find expected node content";
        }
        if (problem.startsWith("found character") && problem.contains("cannot start any token")) {
            return "found character that cannot start any token";
        }
        return problem;
    }
}
