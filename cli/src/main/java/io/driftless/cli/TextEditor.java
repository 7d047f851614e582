package io.driftless.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Text in a file of its own that a person edits, with the program of `EDITOR`, or `vi`. Closing forgets the text.
final class TextEditor implements AutoCloseable {
    private final Path file;
    private boolean kept;

    private TextEditor(Path file) {
        this.file = file;
    }

    /// @param name tells the file from others
    static TextEditor on(String name, String text) {
        try {
            Path file = Files.createTempFile(name.replaceAll("[^A-Za-z0-9.-]", "-") + "-", ".yaml");
            return new TextEditor(Files.writeString(file, text));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.API, "cannot write a file to edit: " + e.getMessage());
        }
    }

    String file() {
        return file.toString();
    }

    /// The text once the editor has ended; fails with exit code 20 when it ends with an error.
    String edited() {
        List<String> command = new ArrayList<>(program());
        command.add(file());
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new CommandFailure(
                        ExitCode.API, "the editor " + String.join(" ", program()) + " ended with exit code " + code);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.API, "cannot edit with " + command.getFirst() + " (" + e.getMessage() + "): set EDITOR");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.API, "interrupted");
        }
    }

    /// The failure, with the place where the text stays.
    CommandFailure keeping(CommandFailure failure) {
        kept = true;
        return new CommandFailure(failure.exitCode(), failure.getMessage() + "; what you wrote is kept in " + file());
    }

    private static List<String> program() {
        // A property lets a program that embeds the command line choose.
        String editor = System.getProperty("driftless.editor", System.getenv().getOrDefault("EDITOR", ""));
        return List.of((editor.isBlank() ? "vi" : editor).strip().split("\\s+"));
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
