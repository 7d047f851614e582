package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// What is long is compressed for those who take it so.
class CompressionTest {
    private static final int LONG = 128 * 1024;

    private static void create(Server server, String name, int length) {
        server.api()
                .post(
                        server.core("configmaps"),
                        "{metadata: {name: " + name + "}, data: {k: " + "a".repeat(length) + "}}")
                .expect(201);
    }

    @OnBoth
    void longAnswersAreCompressedForThoseWhoAskForIt(Server server) {
        create(server, "long", LONG);
        create(server, "short", LONG - 4096);
        Api gzip = server.api().with("Accept-Encoding", "deflate, gzip");

        for (String path : new String[] {"configmaps/long", "configmaps"}) {
            Answer answer = gzip.get(server.core(path)).expect(200);
            assertThat(answer.header("Content-Encoding")).as(path).isEqualTo("gzip");
            assertThat(answer.header("Vary")).as(path).contains("Accept-Encoding");
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.raw().length()).as(path).isLessThan(LONG / 10);
        }
        assertThat(gzip.merge(server.core("configmaps/long"), "metadata: {labels: {a: b}}")
                        .expect(200)
                        .header("Content-Encoding"))
                .as("what answers a write, too")
                .isEqualTo("gzip");
        assertThat(gzip.get(server.core("configmaps/short")).expect(200).text("/data/k"))
                .hasSize(LONG - 4096);
    }

    @OnBoth
    void nobodyElseIsGivenCompressedAnswers(Server server) {
        create(server, "long", LONG);

        for (String accepted : new String[] {"identity", "deflate", "*", "gzip;q=0"}) {
            Answer answer = server.api()
                    .with("Accept-Encoding", accepted)
                    .get(server.core("configmaps/long"))
                    .expect(200);
            assertThat(answer.header("Content-Encoding")).as(accepted).isEmpty();
            assertThat(answer.text("/metadata/name")).as(accepted).isEqualTo("long");
        }
    }

    @OnBoth
    void kubectlReadsALongList(Server server, @TempDir Path folder) {
        create(server, "one", LONG);
        create(server, "two", LONG);

        assertThat(Kubectl.on(server, folder).ok("get", "configmaps", "-o", "name"))
                .contains("configmap/one", "configmap/two");
    }
}
