package io.driftless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VersionCommandTest {
    @Test
    void namesDriftlessKustomizeAndJava() throws IOException {
        assertThat(run("version")).contains("driftless", "0.1.0", "kustomize", "v5.8.1", "java");
        JsonNode versions = new ObjectMapper().readTree(run("version", "-o", "json"));
        assertThat(versions.path("driftless").asText()).isEqualTo("0.1.0");
        assertThat(versions.path("kustomize").asText()).isEqualTo("v5.8.1");
        assertThat(versions.path("java").asText()).isEqualTo(Runtime.version().toString());
        assertThat(run("--version")).isEqualTo("driftless 0.1.0\n");
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(Main.commandLine().setOut(new PrintWriter(out, true)).execute(arguments))
                .isZero();
        return out.toString();
    }
}
