package io.driftless.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// The real argocd-mcp, which knows nothing of Driftless, spoken to as a language model does: JSON-RPC on its standard
/// input and output. `src/test/argocd-mcp/install` installs it.
final class ArgoCdMcp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "argocd-mcp-0.9.0";
    private final Process process;
    private final OutputStream in;
    private final BufferedReader out;
    private int calls;

    private ArgoCdMcp(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
        this.out = process.inputReader(UTF_8);
    }

    /// What a tool gave back.
    record Result(boolean failed, String text) {
        JsonNode json() throws IOException {
            assertThat(failed).as(text).isFalse();
            return JSON.readTree(text);
        }
    }

    /// For [org.junit.jupiter.api.condition.EnabledIf].
    static boolean present() {
        return Files.isRegularFile(program()) && node();
    }

    private static boolean node() {
        try {
            Process node = new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return node.waitFor(20, TimeUnit.SECONDS) && node.exitValue() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path program() {
        String named = System.getenv("DRIFTLESS_ARGOCD_MCP");
        if (named != null) {
            return Path.of(named);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("driftless").resolve(VERSION).resolve("node_modules/argocd-mcp/dist/index.js");
    }

    /// A token of `admin`, asked for as argocd-mcp asks for everything.
    static String login(URI server, String password) throws IOException {
        String body = JSON.createObjectNode()
                .put("username", "admin")
                .put("password", password)
                .toString();
        ProcessBuilder builder = new ProcessBuilder(
                "node",
                "-e",
                "fetch(process.argv[1], {method: 'POST', headers: {'Content-Type': 'application/json'}, body:"
                        + " process.argv[2]}).then(answer => answer.json()).then(session =>"
                        + " console.log(session.token))",
                server.resolve("/api/v1/session").toString(),
                body);
        builder.environment().put("NODE_TLS_REJECT_UNAUTHORIZED", "0");
        try (BufferedReader token =
                builder.redirectError(ProcessBuilder.Redirect.DISCARD).start().inputReader(UTF_8)) {
            return String.valueOf(token.readLine());
        }
    }

    static ArgoCdMcp start(URI server, String token, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("node", program().toString(), "stdio");
        builder.environment().put("ARGOCD_BASE_URL", server.toString());
        builder.environment().put("ARGOCD_API_TOKEN", token);
        // The certificate of the stand is its own.
        builder.environment().put("NODE_TLS_REJECT_UNAUTHORIZED", "0");
        ArgoCdMcp mcp = new ArgoCdMcp(builder.redirectError(log.toFile()).start());
        ObjectNode hello = JSON.createObjectNode().put("protocolVersion", "2025-03-26");
        hello.putObject("capabilities");
        hello.putObject("clientInfo").put("name", "tests").put("version", "1");
        mcp.ask("initialize", hello);
        mcp.send(JSON.createObjectNode().put("jsonrpc", "2.0").put("method", "notifications/initialized"));
        return mcp;
    }

    Set<String> tools() throws IOException {
        Set<String> names = new TreeSet<>();
        ask("tools/list", JSON.createObjectNode())
                .path("tools")
                .forEach(tool -> names.add(tool.path("name").asText()));
        return names;
    }

    /// Calls a tool.
    ///
    /// @param arguments JSON
    Result call(String tool, String arguments) throws IOException {
        ObjectNode parameters = JSON.createObjectNode().put("name", tool);
        parameters.set("arguments", JSON.readTree(arguments));
        JsonNode answer = ask("tools/call", parameters);
        return new Result(
                answer.path("isError").asBoolean(), answer.at("/content/0/text").asText());
    }

    private JsonNode ask(String method, ObjectNode parameters) throws IOException {
        int id = ++calls;
        ObjectNode request =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
        request.set("params", parameters);
        send(request);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            JsonNode answer = JSON.readTree(line);
            if (answer.path("id").asInt() == id) {
                assertThat(answer.path("error").isMissingNode())
                        .as(answer.toString())
                        .isTrue();
                return answer.path("result");
            }
        }
        throw new IOException("argocd-mcp ended before it answered " + method + " " + List.of(parameters));
    }

    private void send(JsonNode message) throws IOException {
        in.write((message + "\n").getBytes(UTF_8));
        in.flush();
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
