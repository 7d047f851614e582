package io.driftless.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.LiveEvent.ClusterUnreachable;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events come to the stage, tasks are performed, and what the stage says is heard.
class StageRuntimeTest extends RunningRuntime {
    @Test
    void decidesOnEachEventAndPerformsTasksOnceTheirIntentIsRecorded() throws Exception {
        List<List<String>> recorded = new ArrayList<>();
        try (StageHandle<String> stage = start("decides", "a", (subject, task) -> {
            await().until(() -> !seen(subject).isEmpty());
            recorded.add(seen(subject));
            return "done " + task;
        })) {
            say(SeenLogic.push("decides/one", "task 1"));
            awaitSeen("decides/one", "task 1", "done task 1");
            assertThat(recorded).containsExactly(List.of("task 1"));
            assertThat(stage.owns("decides/one")).isTrue();
            assertThat(stage.subjects()).contains("decides/one");
            assertThat(stage.health()).isEqualTo(new StageHealth(true, true, "running"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStageThatARelayFeedsHearsWhatOthersWriteToo(boolean near) throws Exception {
        StageRuntime alone = alone("fed-" + near, near);
        String subject = "fed-" + near + "/one";
        try (StageHandle<String> stage = alone.start(SeenLogic.definition("fed-" + near), RunningRuntime::echo)) {
            stage.awaitReady(LIMIT);
            say(SeenLogic.push(subject, "task of another"));
            awaitSeen(subject, "task of another", "done task of another");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRelayKeepsTheOrderOfTheTopicThoughOthersWriteToItToo(boolean near) throws Exception {
        StageRuntime alone = alone("alone-" + near, near);
        String subject = "relay/" + near;
        List<String> relayed = new CopyOnWriteArrayList<>();
        List<String> fetched = new CopyOnWriteArrayList<>();
        try (EventWriter own = alone.writer("own");
                EventReader fast = alone.reader("relayed", pushesTo(subject, relayed));
                EventReader plain = runtime("plain").reader("fetched", pushesTo(subject, fetched))) {
            fast.caughtUp().get(20, TimeUnit.SECONDS);
            plain.caughtUp().get(20, TimeUnit.SECONDS);
            for (int i = 0; i < 300; i++) {
                (i % 3 == 0 ? writer : own).publish(SeenLogic.push(subject, "r" + i));
            }
            await().atMost(LIMIT).until(() -> fetched.size() == 300 && relayed.size() == 300);
        }
        assertThat(relayed).isEqualTo(fetched).doesNotHaveDuplicates();
    }

    /// @param near whether it writes past the network, as beside an embedded broker
    private static StageRuntime alone(String instance, boolean near) {
        return new StageRuntime(
                vertx,
                kafka,
                InstantSource.system(),
                instance,
                PARTITIONS,
                QUICK,
                StageRuntime.Writers.THIS_PROCESS,
                near ? broker.log().orElseThrow()::append : null);
    }

    private static EventReader.Request pushesTo(String repository, List<String> refs) {
        return new EventReader.Request(Set.of(Topic.PUSHES), new EventReader.From.Now(), record -> {
            if (record.envelope() != null
                    && record.envelope().event() instanceof RepositoryPushed push
                    && push.repository().equals(repository)) {
                refs.add(push.ref());
            }
        });
    }

    /// Prints what a hop costs here; asserts only that each push came through.
    @Test
    void carriesEachPushThroughTheStage() throws Exception {
        try (StageHandle<String> stage = start("speed", "a", RunningRuntime::echo);
                EventReader hops = runtime("edge").reader("hops", hops())) {
            hops.caughtUp().get(20, TimeUnit.SECONDS);
            List<Long> micros = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String subject = "speed/" + i;
                long said = System.nanoTime();
                writer.publish(SeenLogic.push(subject, "x"));
                assertThat(HOPS.poll(20, TimeUnit.SECONDS)).isEqualTo(subject);
                micros.add((System.nanoTime() - said) / 1000);
            }
            micros.sort(null);
            System.out.println("edge to stage to reader, microseconds: p50 " + micros.get(100) + ", p90 "
                    + micros.get(180) + ", p99 " + micros.get(198));
            assertThat(stage.metrics().counters().get("publications_total")).isEqualTo(200L);
        }
    }

    private static final BlockingQueue<String> HOPS = new LinkedBlockingQueue<>();

    private static EventReader.Request hops() {
        return new EventReader.Request(Set.of(Topic.CLUSTERS), new EventReader.From.Now(), record -> {
            if (record.key().startsWith("speed/")) {
                HOPS.add(record.key());
            }
        });
    }

    @Test
    void tellsEverySubjectOfEveryPartitionWhatConcernsAllEvenThoseThatComeLater() throws Exception {
        StageDefinition<String, String> herald =
                new StageDefinition<>("herald", Set.of(), Set.of(Topic.PUSHES), subject -> new HeraldLogic(subject), 1);
        try (StageHandle<String> speaking = runtime("h").start(herald, RunningRuntime::echo);
                StageHandle<String> stage = start("all", "a", RunningRuntime::echo)) {
            speaking.awaitReady(LIMIT);
            say(SeenLogic.push("all/early", "x"));
            awaitSeen("all/early", "x");
            say(SeenLogic.push("herald", "x"));
            await().atMost(LIMIT).until(() -> secret("all/early").equals("broken-cluster"));
            for (String late : List.of("all/a", "all/b", "all/c", "all/d", "all/e")) {
                say(SeenLogic.push(late, "x"));
                awaitSeen(late, "x");
                assertThat(secret(late)).isEqualTo("broken-cluster");
            }
        }
    }

    private static String secret(String subject) {
        ClusterDeclared known = TABLE.get(subject);
        return known == null ? "" : known.secret();
    }

    /// Says once to everybody that a cluster is unreachable, when its own subject is pushed.
    private static final class HeraldLogic implements Logic<String, String> {
        private final boolean speaks;
        private boolean said;

        HeraldLogic(String subject) {
            speaks = subject.equals("herald");
        }

        @Override
        public void fold(Fact fact) {}

        @Override
        public void finished(String outcome) {}

        @Override
        public Decision<String> decide(Instant now) {
            if (!speaks || said) {
                return Decision.nothing();
            }
            said = true;
            return Decision.publish(List.of(Publication.of(new ClusterUnreachable("broken-cluster", "down"), "")));
        }

        @Override
        public boolean forgettable() {
            return !speaks;
        }
    }
}
