package io.driftless.objects.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// Adds to what the parser says is wrong what a person can do about it.
final class YamlRemedy {
    private YamlRemedy() {}

    static InvalidYaml of(String file, MarkedYAMLException invalid) {
        Mark mark = invalid.getProblemMark() == null ? invalid.getContextMark() : invalid.getProblemMark();
        String problem = String.valueOf(invalid.getProblem());
        int line = mark == null ? 0 : mark.getLine() + 1;
        int column = mark == null ? 0 : mark.getColumn() + 1;
        return new InvalidYaml(file, line, column, "not valid YAML: " + problem + "; " + remedy(problem));
    }

    private static String remedy(String problem) {
        if (problem.contains("TAB")) {
            return "indent with spaces instead of tabs";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "put the value in quotes if it contains a colon, or check the indentation";
        }
        if (problem.contains("cannot start any token")) {
            return "put the value in quotes";
        }
        if (problem.contains("unexpected end of stream")) {
            return "close the open quote or bracket";
        }
        return "check indentation, quotes and brackets near this line";
    }
}
