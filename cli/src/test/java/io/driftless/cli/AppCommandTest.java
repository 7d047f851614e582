package io.driftless.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a server can only say when containers run or an operation is under way.
class AppCommandTest {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String answer = "";

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI());
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(List.of(arguments).stream()
                        .map(word -> word.equals("SERVER")
                                ? "http://127.0.0.1:" + server.getAddress().getPort()
                                : word)
                        .toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    @Test
    void linesArePrintedUntilTheLastOne() {
        answer = """
                {"result":{"content":"one","last":false,"podName":"a"}}
                {"result":{"content":"two","last":false,"podName":"b"}}
                {"result":{"content":"","last":true,"podName":"b"}}
                """;
        String[] line = {
            "app",
            "logs",
            "web",
            "--server",
            "SERVER",
            "-f",
            "-p",
            "-c",
            "main",
            "--tail",
            "5",
            "--since-seconds",
            "60",
            "--filter",
            "o n",
            "--kind",
            "Deployment",
            "--group",
            "apps",
            "--name",
            "web",
            "--namespace",
            "shop"
        };
        assertThat(run(line)).isEqualTo(new Result(0, "one\ntwo\n", ""));
        assertThat(requests)
                .containsExactly(
                        "GET /api/v1/applications/web/logs?group=apps&kind=Deployment&resourceName=web"
                                + "&namespace=shop&container=main&follow=true&previous=true&tailLines=5&sinceSeconds=60&filter=o+n");
    }

    @Test
    void anErrorInTheMiddleEndsWith20() {
        answer = """
                {"result":{"content":"one","last":false,"podName":"a"}}
                {"error":{"grpc_code":14,"http_code":503,"message":"the cluster has gone"}}
                """;
        assertThat(run("app", "logs", "web", "--server", "SERVER"))
                .isEqualTo(new Result(20, "one\n", "driftless: the cluster has gone\n"));
    }

    @Test
    void anOperationIsTerminated() {
        answer = "{}";
        assertThat(run("app", "terminate-op", "shop/web", "--server", "SERVER"))
                .isEqualTo(new Result(0, "Application 'shop/web' operation terminating\n", ""));
        assertThat(requests).containsExactly("DELETE /api/v1/applications/web/operation?appNamespace=shop");
    }

    @Test
    void whatTheServerCannotDoIsRefused() {
        for (String command : List.of("add-source", "remove-source", "confirm-deletion")) {
            Result refused = run("app", command, "web", "--repo", "x");
            assertThat(refused.code()).as(command).isEqualTo(20);
            assertThat(refused.err()).contains(command, "not supported yet");
        }
    }
}
