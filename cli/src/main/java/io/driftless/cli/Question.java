package io.driftless.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Asks whoever sits at the terminal.
record Question(PrintWriter out) {
    /// Whether there is somebody to ask.
    static boolean canBeAsked() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// Asks until the answer is `y` or `n`; fails with exit code 20 when there is none.
    boolean yes(String question) {
        // Not closed: standard input belongs to the process.
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (true) {
            out.print(question);
            out.flush();
            switch (answer(in)) {
                case "y", "yes" -> {
                    return true;
                }
                case "n", "no" -> {
                    return false;
                }
                default -> out.println("Please answer y or n.");
            }
        }
    }

    private static String answer(BufferedReader in) {
        try {
            String line = in.readLine();
            if (line == null) {
                throw new CommandFailure(ExitCode.API, "there was no answer: standard input has ended");
            }
            return line.strip().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.API, "standard input cannot be read: " + e.getMessage());
        }
    }
}
