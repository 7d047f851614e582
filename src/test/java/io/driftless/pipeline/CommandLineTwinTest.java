package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.pipeline.ArgoCd.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `argocd` and `driftless` side by side on one server: whoever knows the one knows the other.
@EnabledIf(
        value = "io.driftless.pipeline.ArgoCd#present",
        disabledReason = "the program argocd is not there; src/test/argocd/build makes it")
@ExtendWith(SharedStand.class)
class CommandLineTwinTest {
    @TempDir
    Path home;

    private Stand stand;

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
    }

    @Test
    void tablesAndCodesAreThoseOfArgoCd() throws Exception {
        Repository repository = stand.repository("twin");
        repository.push(Map.of("a.yaml", configMap("a", "1"), "b.yaml", configMap("b", "1")));
        stand.declare(Declaration.manual(repository));
        awaitThat("it was compared", () -> run("get twin").out().contains("OutOfSync"));
        assertThat(run("sync twin --timeout 60").code()).isZero();
        repository.push("b.yaml", configMap("b", "2"));
        awaitThat("the commit was compared", () -> run("diff twin").code() == 1);
        ArgoCd argocd = new ArgoCd(home, "--plaintext", "--server", ArgoCd.host(stand.url()));

        for (String line : List.of(
                "get twin",
                "get twin --show-operation",
                "get twin -o tree",
                "resources twin",
                "history twin",
                "history twin -o id",
                "diff twin",
                "diff twin --exit-code=false",
                "diff twin --diff-exit-code 9",
                "diff twin --server-side-diff",
                "wait twin --health --timeout 20",
                "wait twin --sync --timeout 1",
                "wait -l no=such --timeout 1",
                "sync -l no=such",
                "sync twin --resource :ConfigMap:none",
                "sync twin --resource none",
                "sync twin --label no=such",
                "sync twin --strategy sometimes",
                "delete -l no=such -y",
                "get nobody",
                "diff nobody",
                "wait nobody --delete",
                "list -p nobodys",
                "list -c nowhere",
                "manifests twin --source live")) {
            Result theirs = argocd.run(("app " + line).split(" "));
            Result ours = run(line);
            assertThat(ours.code()).as(line + "\n" + ours.err() + theirs.err()).isEqualTo(theirs.code());
            if (!line.startsWith("wait")) {
                assertThat(ours.out().lines().map(String::stripTrailing).sorted())
                        .as(line)
                        .containsExactlyElementsOf(theirs.out()
                                .lines()
                                .map(String::stripTrailing)
                                // What it makes of an object here may have no time of creation.
                                .filter(said -> !said.matches("\\d+d\\d+|<   creationTimestamp: .*"))
                                .filter(said -> !said.startsWith("The name of the app is"))
                                .filter(said -> !said.startsWith("Warning: Application does not have ServerSideDiff"))
                                .sorted()
                                .toList());
            }
        }
    }

    private Result run(String line) {
        return OwnCommandLine.run(stand.url(), ("app " + line).split(" "));
    }
}
