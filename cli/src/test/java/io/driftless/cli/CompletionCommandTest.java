package io.driftless.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompletionCommandTest {
    @TempDir
    Path folder;

    private static String script(String shell) {
        CommandLine line = Main.commandLine();
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));
        assertThat(line.execute("completion", shell)).isZero();
        return out.toString();
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        Path bash = Path.of("/bin/bash");
        assumeTrue(Files.isExecutable(bash), "SKIPPED: there is no /bin/bash");
        Path script = Files.writeString(folder.resolve("completion"), script("bash"));
        String ask = "source " + script + "; COMP_WORDS=(driftless app sy); COMP_CWORD=2; _complete_driftless;"
                + " echo \"${COMPREPLY[@]}\"; COMP_WORDS=(driftless app wait --hea); COMP_CWORD=3; _complete_driftless;"
                + " echo \"${COMPREPLY[@]}\"";
        Process process = new ProcessBuilder(bash.toString(), "-c", ask).start();
        String answer = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answer.lines().toList()).first().isEqualTo("sync");
        assertThat(answer.lines().toList().getLast()).contains("--health");
    }

    @Test
    void fishAndZshGetScriptsOfTheirOwn() {
        assertThat(script("zsh")).startsWith("autoload -U +X bashcompinit && bashcompinit\n");
        assertThat(script("fish"))
                .contains(
                        "complete -c driftless -n '__fish_seen_subcommand_from app; and not __fish_seen_subcommand_from"
                                + " list get")
                .contains(" -a sync -d 'Sync")
                .contains("-l app-namespace -r");
    }
}
