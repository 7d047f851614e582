package io.driftless.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text that a command is given.
final class InputText {
    private InputText() {}

    /// @param file empty or `-` for standard input
    static String read(String file) {
        try {
            return file.isEmpty() || file.equals("-")
                    ? new String(System.in.readAllBytes(), UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.API, "cannot read " + (file.isEmpty() ? "standard input" : file));
        }
    }
}
