package io.driftless.cli.kustomize;

import io.driftless.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/// One run of the command line in this process: its code and what it printed.
record Run(int code, String out, String err) {
    static Run of(Path directory, List<String> arguments) {
        return of(directory, System.getenv("PATH"), arguments);
    }

    /// @param programs folders where programs are looked for
    static Run of(Path directory, String programs, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        KustomizeCommand kustomize =
                (KustomizeCommand) line.getSubcommands().get("kustomize").getCommand();
        kustomize.workIn(directory);
        kustomize.findProgramsIn(programs);
        int code = line.execute(
                Stream.concat(Stream.of("kustomize"), arguments.stream()).toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    /// A copy of a folder for a run to work on.
    static Path copy(Path from, Path to) throws IOException {
        Path real = Files.createDirectories(to).toRealPath();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copied = real.resolve(from.relativize(file).toString());
                Files.createDirectories(copied.getParent());
                Files.copy(file, copied);
            }
        }
        return real;
    }

    /// Folders of stored outcomes.
    static List<Path> cases(String kind) throws IOException {
        try (Stream<Path> cases = Files.list(Path.of("src/test/resources/kustomize", kind))) {
            return cases.filter(Files::isDirectory).sorted().toList();
        }
    }

    /// The arguments of a stored case; quotes hold one together.
    static List<String> arguments(Path stored, Path directory) throws IOException {
        String command = Files.readString(stored.resolve("command.txt")).strip();
        return java.util.regex.Pattern.compile("'([^']*)'|(\\S+)")
                .matcher(command.replace("{dir}", directory.toString()))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }
}
