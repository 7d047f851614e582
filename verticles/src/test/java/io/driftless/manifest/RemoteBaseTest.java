package io.driftless.manifest;

import static io.driftless.manifest.RemoteRenders.map;
import static io.driftless.manifest.RemoteRenders.text;
import static io.driftless.manifest.RemoteRenders.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.Condition;
import io.driftless.manifest.ManifestNews.Refused;
import io.driftless.manifest.ManifestNews.StillValid;
import io.driftless.manifest.web.HostRule;
import io.driftless.manifest.web.WebFiles;
import io.driftless.sandbox.git.GitServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteBaseTest {
    @TempDir
    Path temp;

    private RemoteRenders renders;
    private GitServer server;

    @BeforeEach
    void start() {
        renders = new RemoteRenders(temp, HostRule.PUBLIC, WebFiles.Settings.DEFAULT);
        server = renders.server();
        server.create("bases");
    }

    @AfterEach
    void stop() {
        renders.close();
    }

    @Test
    void rendersABaseOfAnotherRepositoryAndAgainOnceItMoved() {
        base("one");
        String head = renders.config("resources: ['" + server.url("bases") + "//web?ref=main']");
        assertThat(value(renders.render(null))).isEqualTo("one");
        assertThat(renders.render(head)).as("nothing moved").isInstanceOf(StillValid.class);

        base("two");

        assertThat(value(renders.render(head))).isEqualTo("two");
    }

    @Test
    void tellsTheReadersOfABaseThatItMovedAndNobodyElse() {
        base("one");
        renders.config("resources: ['" + server.url("bases") + "//web']");
        renders.render(null);
        renders.render("argocd/other", "bases", "web", null);
        assertThat(renders.toldByALook()).isEmpty();

        base("two");

        assertThat(renders.toldByALook()).containsExactly(RemoteRenders.APP);
        assertThat(renders.toldByALook()).as("it was told already").isEmpty();
    }

    @Test
    void aCommitIsReadEvenWhereTheBranchMovedOn() {
        String first = base("one");
        base("two");
        renders.config("resources: ['" + server.url("bases") + "//web?ref=" + first + "']");

        assertThat(value(renders.render(null))).isEqualTo("one");
    }

    @Test
    void takesABaseFromAnotherRefOfItsOwnRepository() {
        server.commit(
                "config",
                "old",
                "old",
                Map.of("web/kustomization.yaml", text("resources: [a.yaml]"), "web/a.yaml", manifest("old")));
        renders.config("resources: ['" + server.url("config") + "//web?ref=old']");

        assertThat(value(renders.render(null))).isEqualTo("old");
    }

    @Test
    void aHostThatDoesNotAnswerIsAskedAgain() {
        String head = renders.config("resources: ['http://127.0.0.1:1/some/repo.git//web']");

        Refused refused = (Refused) renders.render(null);

        assertThat(refused.mayPass()).isTrue();
        assertThat(refused.conditions().getFirst().message()).contains("http://127.0.0.1:1/some/repo.git");
        assertThat(renders.render(head)).as("not taken for settled").isInstanceOf(Refused.class);
    }

    @Test
    void aRefThatWasMissingIsUsedOnceItAppears() {
        base("one");
        String head = renders.config("resources: ['" + server.url("bases") + "//web?ref=later']");
        Refused refused = (Refused) renders.render(null);
        assertThat(refused.mayPass()).isFalse();
        assertThat(refused.conditions().getFirst().message()).contains("remote base", "'later'");

        server.commit(
                "bases",
                "later",
                "later",
                Map.of("web/kustomization.yaml", text("resources: [a.yaml]"), "web/a.yaml", manifest("now")));

        assertThat(value(renders.render(head))).isEqualTo("now");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///etc//x|which this installation does not allow",
                "file:///etc/repo.git//x|which this installation does not allow",
                "ssh://git@host.example/a/b//x|SSH, which is not supported yet",
                "git@host.example:a/b//x|SSH, which is not supported yet",
                "https://user:secret@host.example/a/b//x|credentials in its address, which is not supported yet",
            })
    void refusesWhatIsNoRepositoryForEverybody(String url, String message) {
        renders.config("resources: ['" + url + "']");

        Refused refused = (Refused) renders.render(null);

        assertThat(refused.conditions()).extracting(Condition::message).anyMatch(text -> text.contains(message));
        assertThat(refused.conditions()).extracting(Condition::message).noneMatch(text -> text.contains("secret"));
        assertThat(refused.mayPass()).isFalse();
    }

    @Test
    void refusesMoreRepositoriesThanABuildMayUse() {
        StringBuilder resources = new StringBuilder("resources:\n");
        for (int i = 0; i < 21; i++) {
            String ref = "b" + i;
            Map<String, byte[]> base = Map.of(
                    "web/kustomization.yaml", text("resources: [a.yaml]\nnameSuffix: -" + ref),
                    "web/a.yaml", manifest("v"));
            server.commit("bases", ref, ref, base);
            resources.append("- '" + server.url("bases") + "//web?ref=" + ref + "'\n");
        }
        renders.config(resources.toString());

        Refused refused = (Refused) renders.render(null);

        assertThat(refused.conditions().getFirst().message()).contains("more than 20 remote repositories");
    }

    @Test
    void aBaseThatLeavesItsRepositoryIsRefused() {
        server.commit("bases", "main", "up", Map.of("web/kustomization.yaml", text("resources: [../../etc]")));
        renders.config("resources: ['" + server.url("bases") + "//web']");

        Refused refused = (Refused) renders.render(null);

        assertThat(refused.conditions().getFirst().message()).contains("must be within the repo");
    }

    private String base(String value) {
        return server.commit(
                "bases",
                "main",
                value,
                Map.of("web/kustomization.yaml", text("resources: [a.yaml]"), "web/a.yaml", manifest(value)));
    }

    private static byte[] manifest(String value) {
        return text(map(value));
    }
}
