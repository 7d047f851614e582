package io.driftless.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
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
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String answer = "";

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI());
            String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (!sent.isEmpty()) {
                bodies.add(sent);
            }
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
            "--until-time",
            "2026-01-31T12:00:00Z",
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
                .containsExactly("GET /api/v1/applications/web/logs?group=apps&kind=Deployment&resourceName=web"
                        + "&namespace=shop&container=main&follow=true&previous=true&tailLines=5&sinceSeconds=60"
                        + "&untilTime=2026-01-31T12%3A00%3A00Z&filter=o+n");
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
    void everyFlagOfASyncIsPartOfItsRequest() throws IOException {
        answer = """
                {"metadata":{"name":"web","namespace":"argocd"},"status":{"resources":[
                  {"group":"apps","kind":"Deployment","namespace":"shop","name":"web"},
                  {"kind":"Service","namespace":"shop","name":"web"},
                  {"kind":"Service","namespace":"other","name":"web"}]}}
                """;
        assertThat(run(("app sync web --server SERVER --async --revision v1 --prune --dry-run --strategy apply --force"
                                + " --replace --server-side --apply-out-of-sync-only --sync-option PruneLast=true"
                                + " --info why=test --info who=me=you --retry-limit 3 --retry-backoff-duration 1s"
                                + " --retry-backoff-max-duration 1m --retry-backoff-factor 4 --resource *:*:shop/web"
                                + " --assumeYes --source-positions 1")
                        .split(" ")))
                .isEqualTo(new Result(0, "", ""));
        assertThat(new ObjectMapper().readTree(bodies.getFirst())).isEqualTo(new ObjectMapper().readTree("""
                        {"revision":"v1","prune":true,"dryRun":true,"strategy":{"apply":{"force":true}},
                         "syncOptions":{"items":["Replace=true","ServerSideApply=true","ApplyOutOfSyncOnly=true",
                           "PruneLast=true"]},
                         "infos":[{"name":"why","value":"test"},{"name":"who","value":"me=you"}],
                         "retryStrategy":{"limit":3,"backoff":{"duration":"1s","maxDuration":"1m","factor":4}},
                         "resources":[{"group":"apps","kind":"Deployment","namespace":"shop","name":"web"},
                           {"group":"","kind":"Service","namespace":"shop","name":"web"}]}
                        """));
    }

    @Test
    void resourcesAreChosenAndLeftOut() throws IOException {
        answer = """
                {"status":{"resources":[{"group":"apps","kind":"Deployment","namespace":"shop","name":"web"},
                  {"kind":"Service","namespace":"shop","name":"web"}]}}
                """;
        run("app", "sync", "web", "--server", "SERVER", "--async", "--resource", "!apps:Deployment:web");
        assertThat(new ObjectMapper().readTree(bodies.getFirst()).path("resources"))
                .isEqualTo(new ObjectMapper()
                        .readTree("[{\"group\":\"\",\"kind\":\"Service\",\"namespace\":\"shop\",\"name\":\"web\"}]"));
        assertThat(run("app", "sync", "web", "--server", "SERVER", "--resource", ":Deployment:web"))
                .isEqualTo(new Result(
                        1, "", "driftless: No matching app resources found for resource filter: :Deployment:web\n"));
        assertThat(run("app", "sync", "web", "--server", "SERVER", "--resource", "Deployment/web")
                        .code())
                .isEqualTo(20);
    }

    @Test
    void whatASyncCannotBeToldIsRefusedBeforeAnythingIsAsked() {
        for (String flags : List.of(
                "--strategy sometimes",
                "--retry-backoff-factor 2",
                "--info nothing",
                "--retry-refresh",
                "--source-positions 2",
                "--source-names a",
                "--revisions v1",
                "--resource x")) {
            Result refused = run(("app sync web --server SERVER " + flags).split(" "));
            assertThat(refused.code()).as(flags).isIn(1, 20);
            assertThat(refused.err()).as(flags).startsWith("driftless: ").hasLineCount(1);
        }
        assertThat(run("app", "sync", "--server", "SERVER").code()).isEqualTo(1);
        assertThat(run("app", "sync", "web", "-l", "a=b", "--server", "SERVER").code())
                .isEqualTo(1);
        assertThat(run("app", "wait", "web", "--hydrated", "--server", "SERVER").code())
                .isEqualTo(20);
        assertThat(run("app", "diff", "web", "--server-side-generate", "--server", "SERVER")
                        .code())
                .isEqualTo(20);
        assertThat(run("app", "diff", "web", "--no-such-flag").code()).isEqualTo(2);
        assertThat(requests).isEmpty();
    }

    @Test
    void applicationsAreDeletedAsAsked() {
        answer = "{\"items\":[{\"metadata\":{\"name\":\"a\",\"namespace\":\"argocd\"}}]}";
        assertThat(run("app", "delete", "-l", "x in (y)", "--project", "p", "--server", "SERVER")
                        .code())
                .isEqualTo(1);
        assertThat(run(
                        "app",
                        "delete",
                        "-l",
                        "x in (y)",
                        "-p",
                        "background",
                        "-N",
                        "argocd",
                        "-y",
                        "--server",
                        "SERVER"))
                .isEqualTo(new Result(0, "application 'a' deleted\n", ""));
        assertThat(run("app", "delete", "b", "c", "--cascade=false", "--server", "SERVER"))
                .isEqualTo(new Result(0, "application 'b' deleted\napplication 'c' deleted\n", ""));
        assertThat(requests)
                .containsExactly(
                        "GET /api/v1/applications?limit=500&continue=&selector=x+in+%28y%29&appNamespace=argocd",
                        "DELETE /api/v1/applications/a?appNamespace=argocd&cascade=true&propagationPolicy=background",
                        "DELETE /api/v1/applications/b?cascade=false",
                        "DELETE /api/v1/applications/c?cascade=false");
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
