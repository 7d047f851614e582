package io.driftless.sandbox.custom.cel;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// An expression that cannot be read, or that has no value for what it is asked about.
public final class CelException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String WIDE = "\uff0e";
    private static final int NOWHERE = Integer.MAX_VALUE;
    private static final int LONGEST_LINE = 16_384;
    private final transient List<Problem> problems;

    /// @param at where in the expression; negative where that is not known
    record Problem(String message, int at) {}

    public CelException(String message) {
        this(message, -1);
    }

    CelException(String message, int at) {
        this(List.of(new Problem(message, at)));
    }

    CelException(List<Problem> problems) {
        super(problems.getFirst().message(), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /// One that is at no place of the expression, for it is about all of it.
    static CelException nowhere(String message) {
        return new CelException(message, NOWHERE);
    }

    List<Problem> problems() {
        return problems;
    }

    /// Whether it is told where in the expression it is wrong.
    public boolean isPlaced() {
        return problems.getFirst().at() >= 0;
    }

    /// What is wrong with an expression, each with the line that it is in and a mark below the
    /// place.
    public String at(String text) {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::at))
                .map(problem -> shown(text, problem))
                .collect(Collectors.joining("\n"));
    }

    private static String shown(String text, Problem problem) {
        if (problem.at() < 0) {
            return problem.message();
        }
        if (problem.at() == NOWHERE) {
            return "ERROR: <input>:-1:0: " + problem.message();
        }
        int at = Math.min(problem.at(), text.length());
        int start = text.lastIndexOf('\n', at - 1) + 1;
        int line = (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
        int end = text.indexOf('\n', start);
        String row = text.substring(start, end < 0 ? text.length() : end).replace('\t', ' ');
        int column = text.codePointCount(start, at);
        String told = "ERROR: <input>:" + line + ":" + (column + 1) + ": " + problem.message();
        if (row.length() > LONGEST_LINE) {
            return told;
        }
        StringBuilder mark = new StringBuilder();
        row.codePoints().limit(column).forEach(c -> mark.append(c < 128 ? "." : WIDE));
        boolean wide = at - start < row.length() && row.codePointAt(at - start) >= 128;
        return told + "\n | " + row + "\n | " + mark + (wide ? "\uff3e" : "^");
    }
}
