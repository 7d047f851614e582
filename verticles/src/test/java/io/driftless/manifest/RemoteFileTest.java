package io.driftless.manifest;

import static io.driftless.manifest.RemoteRenders.map;
import static io.driftless.manifest.RemoteRenders.text;
import static io.driftless.manifest.RemoteRenders.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.manifest.ManifestNews.Refused;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.manifest.ManifestNews.StillValid;
import io.driftless.manifest.web.HostRule;
import io.driftless.manifest.web.WebFiles;
import io.driftless.sandbox.git.GitServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteFileTest {
    private static final WebFiles.Settings ALWAYS_ASKED = WebFiles.Settings.DEFAULT.withFreshFor(Duration.ZERO);

    @TempDir
    Path temp;

    private final WebServer web = new WebServer();
    private RemoteRenders renders;
    private GitServer server;

    @BeforeEach
    void start() {
        renders = new RemoteRenders(temp, new HostRule(Set.of("127.0.0.1:" + web.port())), ALWAYS_ASKED);
        server = renders.server();
    }

    @AfterEach
    void stop() {
        renders.close();
        web.close();
    }

    @Test
    void rendersAFileAndAgainOnceItChanged() {
        web.file("/a.yaml", "\"1\"", map("one"));
        String head = renders.config("resources: ['" + web.url("/a.yaml") + "']");
        assertThat(value(renders.render(null))).isEqualTo("one");
        assertThat(renders.render(head)).as("nothing changed").isInstanceOf(StillValid.class);

        web.file("/a.yaml", "\"2\"", map("two"));

        assertThat(value(renders.render(head))).isEqualTo("two");
        assertThat(web.answers()).containsExactly("/a.yaml 200", "/a.yaml 304", "/a.yaml 200", "/a.yaml 304");
    }

    @Test
    void tellsTheReadersOfAFileThatItChangedAndNobodyElse() {
        web.file("/a.yaml", "\"1\"", map("one"));
        web.file("/b.yaml", "\"1\"", map("one"));
        renders.config("resources: ['" + web.url("/a.yaml") + "']");
        server.commit(
                "config",
                "main",
                "other",
                Map.of("other/kustomization.yaml", text("resources: ['" + web.url("/b.yaml") + "']")));
        renders.render(null);
        renders.render("argocd/other", "config", "other", null);
        assertThat(renders.toldByALook()).isEmpty();

        web.file("/a.yaml", "\"2\"", map("two"));

        assertThat(renders.toldByALook()).containsExactly(RemoteRenders.APP);
        assertThat(renders.toldByALook()).as("it was told already").isEmpty();
    }

    @Test
    void generatorsAndPatchesReadFilesToo() {
        web.file("/app.properties", "\"1\"", "from: web");
        web.file("/patch.json", "\"1\"", "[{\"op\": \"add\", \"path\": \"/data/p\", \"value\": \"patched\"}]");
        renders.config("configMapGenerator: [{name: c, files: ['v=" + web.url("/app.properties") + "']}]\n"
                + "patches: [{path: '" + web.url("/patch.json") + "', target: {kind: ConfigMap}}]");

        Rendered rendered = (Rendered) renders.render(null);

        assertThat(rendered.resources().getFirst().manifest().path("data"))
                .hasToString("{\"p\":\"patched\",\"v\":\"from: web\"}");
    }

    @Test
    void aFileThatIsMissingIsUsedOnceItAppears() {
        String head = renders.config("resources: ['" + web.url("/a.yaml") + "']");
        Refused refused = (Refused) renders.render(null);
        assertThat(refused.mayPass()).isFalse();
        assertThat(message(refused)).contains(web.url("/a.yaml"), "HTTP 404", "check the address");
        assertThat(renders.toldByALook()).isEmpty();

        web.file("/a.yaml", "", map("now"));

        assertThat(renders.toldByALook()).containsExactly(RemoteRenders.APP);
        assertThat(value(renders.render(head))).isEqualTo("now");
    }

    @Test
    void aServerInTroubleIsAskedAgainAndPollsDoNotFailARender() {
        web.file("/a.yaml", "", map("one"));
        String head = renders.config("resources: ['" + web.url("/a.yaml") + "']");
        renders.render(null);
        web.fail("/a.yaml", 503);

        assertThat(renders.toldByALook()).as("nothing is known to have changed").isEmpty();
        Refused refused = (Refused) renders.render(head);

        assertThat(refused.mayPass()).isTrue();
        assertThat(message(refused)).contains(web.url("/a.yaml"), "HTTP 503");
    }

    @Test
    void aPrivateHostIsNotAskedUnlessItIsAllowed() {
        web.file("/a.yaml", "", map("one"));
        renders.config("resources: ['" + web.url("/a.yaml") + "']");
        renders.restart(HostRule.PUBLIC, ALWAYS_ASKED);

        Refused refused = (Refused) renders.render(null);

        assertThat(refused.mayPass()).isFalse();
        assertThat(message(refused)).contains(web.url("/a.yaml"), "not a public one", "--private-file-hosts");
        assertThat(web.answers()).isEmpty();
    }

    @Test
    void anAddressOfARepositoryIsNotAskedForAFile() {
        server.create("bases");
        server.commit(
                "bases",
                "main",
                "one",
                Map.of("kustomization.yaml", text("resources: [a.yaml]"), "a.yaml", text(map("git"))));
        renders.config("resources: ['" + server.url("bases") + "?ref=main']");

        assertThat(value(renders.render(null))).isEqualTo("git");
        assertThat(renders.webRequests()).isZero();
    }

    @Test
    void whatAnAddressAnswersAsAFileDoesNotMatterOnceItIsARepository() {
        server.create("bases");
        server.commit(
                "bases",
                "main",
                "one",
                Map.of("kustomization.yaml", text("resources: [a.yaml]"), "a.yaml", text(map("git"))));
        String base = "http://127.0.0.1:" + web.port() + "/org/bases";
        web.file("/org/bases", "\"1\"", "<html>one</html>");
        for (String path : List.of("/info/refs", "/git-upload-pack")) {
            web.forward("/org/bases" + path, server.url("bases") + path);
        }
        String head = renders.config("resources: ['" + base + "?ref=main']");
        assertThat(value(renders.render(null))).isEqualTo("git");

        web.file("/org/bases", "\"2\"", "<html>two</html>");

        assertThat(renders.render(head)).isInstanceOf(StillValid.class);
    }

    @Test
    void aFileThatIsNoManifestIsNotTakenForARepository() {
        web.file("/org/repo/a.yaml", "", "<html>: not\n- yaml");
        renders.config("resources: ['" + web.url("/org/repo/a.yaml") + "']");

        Refused refused = (Refused) renders.render(null);

        assertThat(refused.mayPass()).isFalse();
        assertThat(message(refused)).contains(web.url("/org/repo/a.yaml"));
        assertThat(web.answers()).containsExactly("/org/repo/a.yaml 200");
    }

    @Test
    void refusesMoreFilesThanABuildMayRead() {
        StringBuilder resources = new StringBuilder("resources:\n");
        for (int i = 0; i < 101; i++) {
            web.file("/" + i + ".yaml", "", map("one").replace("name: a", "name: a" + i));
            resources.append("- '" + web.url("/" + i + ".yaml") + "'\n");
        }
        renders.config(resources.toString());

        assertThat(message((Refused) renders.render(null))).contains("more than 100 files of web servers");
    }

    private static String message(Refused refused) {
        return refused.conditions().getFirst().message();
    }
}
