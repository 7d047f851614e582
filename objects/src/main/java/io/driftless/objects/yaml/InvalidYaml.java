package io.driftless.objects.yaml;

/// A file that cannot be read as YAML or JSON. The message names file, line, column, what is wrong
/// and what to do; it never quotes a value, as that may be a Secret's.
public final class InvalidYaml extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final int line;
    private final int column;
    private final String problem;

    /// `line` and `column` count from 1; 0 where the file as a whole is meant.
    public InvalidYaml(String file, int line, int column, String problem) {
        super(file + (line > 0 ? " line " + line + ", column " + column : "") + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /// What is wrong and the remedy, without the place.
    public String problem() {
        return problem;
    }
}
