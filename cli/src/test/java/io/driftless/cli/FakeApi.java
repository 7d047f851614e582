package io.driftless.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that says what it was told to say, and remembers what it was asked.
final class FakeApi implements AutoCloseable {
    /// Method and address of each request.
    final List<String> requests = new CopyOnWriteArrayList<>();

    final List<String> bodies = new CopyOnWriteArrayList<>();

    /// The answer to everything but streams of Applications.
    volatile String answer = "";

    volatile String streamed = "";
    private final HttpServer server;

    /// What a command did.
    record Result(int code, String out, String err) {}

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI());
            String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (!sent.isEmpty()) {
                bodies.add(sent);
            }
            boolean stream = exchange.getRequestURI().getPath().startsWith("/api/v1/stream/");
            byte[] body = (stream ? streamed : answer).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// A command whose arguments hold no blanks.
    Result run(String line) {
        return run(line.split(" "));
    }

    /// A command that talks to this server.
    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add("--server=" + url());
        int code = Main.commandLine(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
