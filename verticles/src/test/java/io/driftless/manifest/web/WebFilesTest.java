package io.driftless.manifest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.driftless.manifest.WebServer;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebFilesTest {
    private static final String OTHER = "https://git.example.com/team/config";

    private final Vertx vertx = Vertx.vertx();
    private final WebServer web = new WebServer();
    private final WebFiles files = files("127.0.0.1:" + web.port(), Duration.ZERO);

    @AfterEach
    void stop() {
        files.close();
        web.close();
        vertx.close().await();
    }

    @Test
    void aFileThatDidNotChangeIsNotSentAgain() {
        web.file("/a.yaml", "\"1\"", "one");
        WebContent first = files.read(OTHER, web.url("/a.yaml"));
        WebContent second = files.read(OTHER, web.url("/a.yaml"));
        web.file("/a.yaml", "\"2\"", "two");

        WebContent third = files.read(OTHER, web.url("/a.yaml"));

        assertThat(text(second)).isEqualTo(text(first)).isEqualTo("one");
        assertThat(text(third)).isEqualTo("two");
        assertThat(third.digest()).isNotEqualTo(first.digest());
        assertThat(web.answers()).containsExactly("/a.yaml 200", "/a.yaml 304", "/a.yaml 200");
    }

    @Test
    void thoseWhoLookTogetherAskOnce() {
        web.file("/a.yaml", "", "one");
        try (WebFiles patient = files("127.0.0.1", Duration.ofMinutes(1))) {
            IntStream.range(0, 20).parallel().forEach(i -> patient.read(OTHER, web.url("/a.yaml")));
        }

        assertThat(web.answers()).containsExactly("/a.yaml 200");
    }

    @Test
    void followsRedirectsAndNotForEver() {
        web.file("/a.yaml", "", "one");
        web.redirect("/b", "/a.yaml");
        web.redirect("/c", "/c");

        assertThat(text(files.read(OTHER, web.url("/b")))).isEqualTo("one");
        assertThatThrownBy(() -> files.read(OTHER, web.url("/c"))).hasMessageContaining("redirects more than 5 times");
    }

    @Test
    void aRedirectLeadsToNoHostThatMayNotBeAsked() {
        web.redirect("/b", "http://localhost:" + web.port() + "/a.yaml");
        web.redirect("/c", "file:///etc/passwd");

        WebException host = refusal(web.url("/b"));
        WebException scheme = refusal(web.url("/c"));

        assertThat(host).hasMessageContaining("the host localhost is not a public one");
        assertThat(scheme).hasMessageContaining("an address looks like https://host/path");
        assertThat(web.answers()).containsExactly("/b 302", "/c 302");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/a",
                "http://169.254.169.254/latest/meta-data",
                "http://[::1]/a",
                "http://10.0.0.1/a",
                "http://2130706433/a",
                "http://0.0.0.0/a",
                "http://[::ffff:127.0.0.1]/a",
                "http://127.0.0.1:1/a",
            })
    void hostsOfPrivateNetworksAreNotAsked(String url) {
        WebException refused = catchThrowableOfType(WebException.class, () -> files.read(OTHER, url));

        assertThat(refused.passing()).isFalse();
        assertThat(refused).hasMessageContaining(url);
    }

    @Test
    void theHostOfTheApplicationsOwnRepositoryIsAskedForThatApplicationOnly() {
        web.file("/a.yaml", "", "one");
        String own = web.url("/team/config.git");
        try (WebFiles strict = new WebFiles(vertx, HostRule.PUBLIC, WebFiles.Settings.DEFAULT)) {
            assertThat(text(strict.read(own, web.url("/a.yaml")))).isEqualTo("one");

            assertThatThrownBy(() -> strict.read(OTHER, web.url("/a.yaml")))
                    .as("although it was read already")
                    .hasMessageContaining("--private-file-hosts");
        }
    }

    @ParameterizedTest
    @CsvSource({"404, false", "403, false", "429, true", "500, true", "503, true"})
    void tellsWhetherToTryAgain(int status, boolean passing) {
        web.fail("/a", status);

        WebException failed = refusal(web.url("/a"));

        assertThat(failed.passing()).isEqualTo(passing);
        assertThat(failed).hasMessageContaining("HTTP " + status).hasMessageContaining(web.url("/a"));
    }

    @Test
    void aFileThatIsTooLargeIsRefused() {
        web.file("/a", "", "#".repeat((5 << 20) + 1));

        WebException failed = refusal(web.url("/a"));

        assertThat(failed.passing()).isFalse();
        assertThat(failed).hasMessageContaining("more than 5242880 bytes");
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                WebFiles impatient = new WebFiles(
                        vertx,
                        new HostRule(Set.of("127.0.0.1")),
                        WebFiles.Settings.DEFAULT.withPatience(Duration.ofMillis(200)))) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/a";

            WebException failed = catchThrowableOfType(WebException.class, () -> impatient.read(OTHER, url));

            assertThat(failed.passing()).isTrue();
            assertThat(failed).hasMessageContaining("did not finish within");
        }
    }

    @Test
    void aServerThatIsNotThereIsAskedLater() {
        try (WebFiles local = files("127.0.0.1", Duration.ZERO)) {
            WebException failed =
                    catchThrowableOfType(WebException.class, () -> local.read(OTHER, "http://127.0.0.1:1/a"));

            assertThat(failed.passing()).isTrue();
            assertThat(failed).hasMessageContaining("Connection refused; check the address");
        }
    }

    @Test
    void credentialsAreRefusedAndNotShown() {
        WebException refused = refusal("https://me:hidden@example.com/a.yaml");

        assertThat(refused).hasMessageContaining("not supported yet").hasMessageNotContaining("hidden");
    }

    @Test
    void forgetsWhatIsBeyondItsMemory() {
        WebFiles.Settings small = new WebFiles.Settings(Duration.ofSeconds(15), 1000, 1000, Duration.ofMinutes(1));
        try (WebFiles forgetful = new WebFiles(vertx, new HostRule(Set.of("127.0.0.1")), small)) {
            for (String path : new String[] {"/a", "/b", "/a", "/c", "/a", "/b"}) {
                web.file(path, "", "#".repeat(400));
                forgetful.read(OTHER, web.url(path));
            }
        }

        assertThat(web.answers()).containsExactly("/a 200", "/b 200", "/c 200", "/b 200");
    }

    private WebException refusal(String url) {
        return catchThrowableOfType(WebException.class, () -> files.read(OTHER, url));
    }

    private WebFiles files(String host, Duration freshFor) {
        return new WebFiles(vertx, new HostRule(Set.of(host)), WebFiles.Settings.DEFAULT.withFreshFor(freshFor));
    }

    private static String text(WebContent content) {
        return new String(content.bytes(), StandardCharsets.UTF_8);
    }
}
