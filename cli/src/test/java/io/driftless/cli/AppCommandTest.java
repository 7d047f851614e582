package io.driftless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.cli.FakeApi.Result;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a server can only say when containers run or an operation is under way.
class AppCommandTest {
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
    void linesArePrintedUntilTheLastOne() {
        api.answer = """
                {"result":{"content":"one","last":false,"podName":"a"}}
                {"result":{"content":"two","last":false,"podName":"b"}}
                {"result":{"content":"","last":true,"podName":"b"}}
                """;
        String[] line = {
            "app",
            "logs",
            "web",
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
        assertThat(api.run(line)).isEqualTo(new Result(0, "one\ntwo\n", ""));
        assertThat(api.requests)
                .containsExactly("GET /api/v1/applications/web/logs?group=apps&kind=Deployment&resourceName=web"
                        + "&namespace=shop&container=main&follow=true&previous=true&tailLines=5&sinceSeconds=60"
                        + "&untilTime=2026-01-31T12%3A00%3A00Z&filter=o+n");
    }

    @Test
    void anErrorInTheMiddleEndsWith20() {
        api.answer = """
                {"result":{"content":"one","last":false,"podName":"a"}}
                {"error":{"grpc_code":14,"http_code":503,"message":"the cluster has gone"}}
                """;
        assertThat(api.run("app", "logs", "web"))
                .isEqualTo(new Result(20, "one\n", "driftless: the cluster has gone\n"));
    }

    @Test
    void anOperationIsTerminated() {
        api.answer = "{}";
        assertThat(api.run("app", "terminate-op", "shop/web"))
                .isEqualTo(new Result(0, "Application 'shop/web' operation terminating\n", ""));
        assertThat(api.requests).containsExactly("DELETE /api/v1/applications/web/operation?appNamespace=shop");
    }

    private static String healthOf(String health) {
        return "{\"metadata\":{\"name\":\"web\",\"namespace\":\"argocd\"},\"status\":{\"health\":{\"status\":\""
                + health
                + "\"},\"resources\":[{\"group\":\"apps\",\"kind\":\"Deployment\",\"name\":\"web\",\"status\":\"Synced\","
                + "\"health\":{\"status\":\"" + health + "\"}}]}}";
    }

    private static String event(String health) {
        return "   {\"result\":{\"type\":\"MODIFIED\",\"application\":" + healthOf(health) + "}}\n";
    }

    @Test
    void aWaitForHealthEndsWithTheFirstResourceThatLosesIt() {
        api.answer = healthOf("Progressing");
        api.streamed = event("Progressing") + event("Degraded") + event("Healthy");
        Result lost = api.run("app", "wait", "web", "--health");
        assertThat(lost.code()).isEqualTo(20);
        assertThat(lost.err())
                .contains(
                        "application 'web' health state of Deployment/web has transitioned from Progressing to Degraded");
        assertThat(lost.out().lines().map(line -> line.replaceAll("^\\S+ +", "").strip()))
                .containsExactly(
                        "GROUP                 KIND                NAMESPACE             NAME                    STATUS      HEALTH        HOOK    MESSAGE",
                        "apps                  Deployment                                web                     Synced      Progressing",
                        "apps                  Deployment                                web                     Synced      Degraded");

        for (String flags : List.of("--degraded", "--suspended --degraded", "--health --degraded")) {
            Result met = api.run(("app wait web -o name " + flags).split(" "));
            assertThat(met).as(flags).isEqualTo(new Result(0, "argocd/web\n", ""));
        }
    }

    @Test
    void aWaitForSuspendedIsMetByIt() {
        api.answer = healthOf("Progressing");
        api.streamed = event("Progressing") + event("Suspended");
        assertThat(api.run("app", "wait", "web", "-o", "name", "--suspended"))
                .isEqualTo(new Result(0, "argocd/web\n", ""));
    }

    @Test
    void whatTheServerCannotDoIsRefused() {
        for (String command : List.of("add-source", "remove-source", "confirm-deletion")) {
            Result refused = api.run("app", command, "web", "--repo", "x");
            assertThat(refused.code()).as(command).isEqualTo(20);
            assertThat(refused.err()).contains(command, "not supported yet");
        }
    }
}
