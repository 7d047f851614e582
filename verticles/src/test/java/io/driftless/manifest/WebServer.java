package io.driftless.manifest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A web server with files that change, and what it was asked.
public final class WebServer implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();

    private record Page(int status, String header, String value, byte[] body) {}

    public WebServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// The address of a path.
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public void file(String path, String etag, String content) {
        pages.put(path, new Page(200, "ETag", etag, content.getBytes(StandardCharsets.UTF_8)));
    }

    public void redirect(String path, String to) {
        pages.put(path, new Page(302, "Location", to, new byte[0]));
    }

    public void fail(String path, int status) {
        pages.put(path, new Page(status, "X-Reason", "test", new byte[0]));
    }

    /// Passes requests for a path on, as a proxy of a Git host would.
    public void forward(String path, String to) {
        server.createContext(path, exchange -> forward(exchange, to));
    }

    private void forward(HttpExchange exchange, String to) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(query == null ? to : to + "?" + query))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        for (String header : List.of("Git-Protocol", "Content-Type", "Accept")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofByteArray());
            exchange.getResponseHeaders()
                    .add(
                            "Content-Type",
                            answer.headers().firstValue("Content-Type").orElse(""));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /// `path status` of every answer, in order.
    public List<String> answers() {
        return answers;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Page page = pages.getOrDefault(path, new Page(404, "X-Reason", "none", new byte[0]));
        boolean same = page.status() == 200
                && !page.value().isEmpty()
                && page.value().equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        int status = same ? 304 : page.status();
        answers.add(path + " " + status);
        exchange.getResponseHeaders().add(page.header(), page.value());
        exchange.sendResponseHeaders(status, same || page.body().length == 0 ? -1 : page.body().length);
        if (!same) {
            exchange.getResponseBody().write(page.body());
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
