package io.driftless.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.driftless.cli.FakeApi.Result;
import io.driftless.http.Door;
import io.driftless.http.SelfSigned;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a command meets around it: a server that proves nothing or is of another time, a configuration that others may
/// read, output that nobody takes.
@Timeout(120)
class SurroundingsTest {
    private static final Map<String, String> PLAIN = Map.of();
    private static final String LOGIN = "{\"token\":\"t\",\"Version\":\"v3.4.6+driftless.%s\",\"items\":[]}";

    @TempDir
    Path home;

    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void x12AServerThatNobodyVouchesForIsRefusedWithARemedy() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Door door = Door.open(
                            vertx, "127.0.0.1", 0, SelfSigned.make(List.of("127.0.0.1"), Instant.now()), List.of())
                    .await();
            String server = "https://127.0.0.1:" + door.port();
            Result refused = CommandProcess.run(home, PLAIN, "app", "list", "--server", server);
            assertThat(refused.code()).isEqualTo(20);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err())
                    .startsWith("driftless: " + server + " does not prove who it is")
                    .contains("argocd-server-tls", "--insecure");
            assertThat(refused.err().lines()).hasSize(1);
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void x12AServerTwoMinorsAwayIsToldOfOnceAtTheLogin() throws Exception {
        api.answer = LOGIN.formatted("0.3.1");
        String[] login = {"login", api.url(), "--username", "admin", "--password", "p"};

        Result newer = CommandProcess.run(home, PLAIN, login);

        assertThat(newer.code()).isZero();
        assertThat(newer.out())
                .isEqualTo("'admin:login' logged in successfully\nContext '" + api.url() + "' updated\n");
        assertThat(newer.err())
                .isEqualTo(
                        "driftless: warning: " + api.url() + " is Driftless 0.3.1, this client is 0.1.0: they may"
                                + " misunderstand each other. Use a client of the server's version, at most one minor apart.\n");
        assertThat(api.requests).containsExactly("POST /api/v1/session", "GET /api/version");
        Path file = home.resolve("driftless/config.json");
        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(rights(file.getParent())).isEqualTo("rwx------");

        Result list = CommandProcess.run(home, PLAIN, "app", "list", "-o", "json");
        assertThat(list.err()).isEmpty();
        assertThat(api.requests.subList(2, api.requests.size()))
                .as("no other command waits for the version")
                .noneMatch(request -> request.contains("/api/version"));
    }

    @Test
    void x12VersionsAreComparedAsNumbersAndOnlyOfDriftless() {
        assertThat(warned("0.3.0")).isTrue();
        assertThat(warned("0.10.0")).isTrue();
        assertThat(warned("1.1.0")).isTrue();
        assertThat(warned("0.2.9")).isFalse();
        assertThat(warned("0.1.0-rc1")).isFalse();
        assertThat(warned("0.0.7")).isFalse();
        for (String other : List.of("v3.9.0", "v3.4.6+abc", "", "v3.4.6+driftless", "v3.4.6+driftless.99999999999.1")) {
            assertThat(new ServerVersion("s", other).warning()).as(other).isEmpty();
        }
    }

    private static boolean warned(String release) {
        return new ServerVersion("s", "v3.4.6+driftless." + release).warning().isPresent();
    }

    @Test
    void x12TheVersionOfANamedServerIsShownAndAWarningKeepsOutOfIt() throws IOException {
        api.answer = LOGIN.formatted("0.3.1");
        Result version = api.run("version", "-o", "json");
        assertThat(version.code()).isZero();
        assertThat(new ObjectMapper().readTree(version.out()).path("server").asText())
                .isEqualTo("v3.4.6+driftless.0.3.1");
        assertThat(version.err()).contains("is Driftless 0.3.1, this client is 0.1.0");
    }

    @Test
    void x12AConfigurationThatOthersMayReadIsToldOfUntilItIsClosed() throws Exception {
        api.answer = LOGIN.formatted("0.1.0");
        Path file = Files.createDirectories(home.resolve("driftless")).resolve("config.json");
        Files.writeString(
                file, "{\"current\":\"" + api.url() + "\",\"servers\":{\"" + api.url() + "\":{\"token\":\"t\"}}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        Result warned = CommandProcess.run(home, PLAIN, "app", "list", "-o", "json");
        assertThat(warned.code()).isZero();
        assertThat(warned.out()).isEqualToIgnoringWhitespace("[]");
        assertThat(warned.err())
                .isEqualTo("driftless: warning: " + file + " holds your tokens and others may open it; to prevent that:"
                        + " chmod 600 " + file + "\n");

        assertThat(CommandProcess.run(home, PLAIN, "context", api.url()).err()).contains("chmod 600");
        assertThat(rights(file)).as("written anew").isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThat(CommandProcess.run(home, PLAIN, "context").err()).isEmpty();
    }

    @Test
    void x12NothingIsColoured() throws Exception {
        Map<String, String> forced = Map.of("CLICOLOR_FORCE", "1", "TERM", "xterm-256color", "NO_COLOR", "1");
        for (String line : List.of("app --help", "app list --no-such")) {
            Result printed = CommandProcess.run(home, forced, line.split(" "));
            assertThat(printed.out() + printed.err()).as(line).isNotEmpty().doesNotContain("\u001b");
        }
    }

    @Test
    void x12AListThatIsReadNoFurtherEndsQuietlyWith141() throws Exception {
        api.answer = IntStream.range(0, 3000)
                .mapToObj(i -> "{\"metadata\":{\"name\":\"app-" + i + "\",\"namespace\":\"argocd\"}}")
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
        for (String format : List.of("table", "json")) {
            try (CommandProcess list =
                    CommandProcess.start(home, PLAIN, "app", "list", "-o", format, "--server", api.url())) {
                assertThat(list.firstLine()).isNotEmpty();
                assertThat(list.end()).as(format).isEqualTo(new Result(141, "", ""));
            }
        }
    }

    @Test
    void x12LogsThatAreReadNoFurtherEndQuietlyWith141() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer endless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endless.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write("{\"result\":{\"content\":\"a line\"}}\n".getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
            } catch (IOException clientHasGone) {
                over.countDown();
            }
        });
        endless.start();
        String server = "http://127.0.0.1:" + endless.getAddress().getPort();
        try (CommandProcess logs = CommandProcess.start(home, PLAIN, "app", "logs", "web", "-f", "--server", server)) {
            assertThat(logs.firstLine()).isEqualTo("a line");
            assertThat(logs.end()).isEqualTo(new Result(141, "", ""));
            over.await();
        } finally {
            endless.stop(0);
        }
    }

    @Test
    void x12HelpThatIsNotReadEndsQuietlyWith141() throws Exception {
        try (CommandProcess help = CommandProcess.start(home, PLAIN, "help")) {
            help.closeOutput();
            assertThat(help.end()).isEqualTo(new Result(141, "", ""));
        }
    }

    @Test
    void anOutputThatCannotBeWrittenIsAFailure() throws Exception {
        File full = new File("/dev/full");
        assumeThat(full).exists();
        ProcessBuilder version = CommandProcess.builder(home, PLAIN, "version").redirectOutput(full);
        try (CommandProcess command = CommandProcess.start(version)) {
            Result ended = command.end();
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).startsWith("driftless: the output cannot be written: ");
        }
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
