package io.driftless.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.events.PushEvent.Origin;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.RepositoryUrl;
import io.driftless.manifest.ManifestNews.HeadMoved;
import io.driftless.manifest.ManifestNews.LookAgain;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.sandbox.git.GitServer;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushIntakeTest {
    private static final String APP = "argocd/shop";
    private static final String MAIN = "refs/heads/main";

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private final List<ManifestNews> news = new CopyOnWriteArrayList<>();
    private final RepositoryIndex index = new RepositoryIndex();
    private GitServer server;
    private RepositoryMirrors mirrors;
    private PushIntake intake;
    private String url;
    private String first;

    @BeforeEach
    void start() {
        server = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("served"));
        url = server.create("config").toString();
        mirrors = new RepositoryMirrors(vertx, temp.resolve("mirrors"));
        HeadComparison comparison = new HeadComparison((subject, said) -> news.add(said));
        intake = new PushIntake(mirrors, index, (subject, said) -> news.add(said), comparison);
        first = commit("one");
        index.follow(APP, mirrors.opening(url, "default"), "default", "main");
        mirrors.mirror(url).heads();
    }

    @AfterEach
    void stop() {
        mirrors.close();
        server.close();
        vertx.close().await();
    }

    @Test
    void aPushThatIsExpectedIsFetchedOnceAndNewsOnlyWhenItIsSaid() {
        String second = commit("two");
        long fetches = mirrors.fetches();

        intake.expected(pushed(second));
        await().until(() -> mirrors.mirror(url).has(second));
        assertThat(news).isEmpty();

        intake.pushed(pushed(second), "chain");
        await().until(() -> !news.isEmpty());
        assertThat(news)
                .singleElement()
                .isInstanceOfSatisfying(
                        HeadMoved.class, moved -> assertThat(moved.revision()).isEqualTo(second));
        assertThat(mirrors.fetches()).isEqualTo(fetches + 1);
    }

    @Test
    void aRepositoryThatNobodyFollowsIsNotAsked() {
        index.leave(APP);
        long fetches = mirrors.fetches();

        intake.expected(pushed(commit("two")));
        intake.pushed(pushed(first), "chain");

        assertThat(mirrors.fetches()).isEqualTo(fetches);
        assertThat(news).isEmpty();
    }

    @Test
    void aHostThatIsGoneIsLookedAtAgain() {
        String second = commit("two");
        server.close();

        intake.expected(pushed(second));
        intake.pushed(pushed(second), "chain");

        await().until(() -> !news.isEmpty());
        assertThat(news).singleElement().isInstanceOf(LookAgain.class);
    }

    private String commit(String text) {
        return server.commit("config", "main", text, Map.of("f", text.getBytes(StandardCharsets.UTF_8)));
    }

    private RepositoryPushed pushed(String after) {
        return new RepositoryPushed(RepositoryUrl.normalise(url), MAIN, first, after, null, Origin.WEBHOOK, "github");
    }
}
