package io.driftless.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.CommandEvent.TerminateRequested;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.FieldDifference;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commits, drift, deletions, stale and repeated comparisons, lost answers, crashes and writes of instances that think
/// they still own the application, in an order that only the seed knows: in the end the cluster holds what Git says.
class RandomFaultsTest {
    private static final int RUNS = 400;
    private static final int STEPS = 120;
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    @ParameterizedTest
    @ValueSource(longs = {1, 10_000, 20_000})
    void theClusterEndsUpAsGitSaysWhateverHappens(long first) {
        for (long seed = first; seed < first + RUNS; seed++) {
            try {
                new Run(seed).go();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Run {
        private final Random random;
        private final Scenario scenario = new Scenario();
        private final FencedCluster cluster = new FencedCluster();
        private final SyncPerformer performer = new SyncPerformer(_ -> cluster, _ -> null);
        private final Map<String, Integer> git = new TreeMap<>();
        private final List<SyncTask> running = new ArrayList<>();
        private final List<SyncTask> zombies = new ArrayList<>();
        private final Deque<ApplicationCompared> onTheWay = new ArrayDeque<>();
        private int commits;

        Run(long seed) {
            random = new Random(seed);
        }

        void go() {
            scenario.declare(Scenario.automated(true, true));
            commit();
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            settle();
            assertThat(state()).as("%s", scenario.last()).isEqualTo(wanted());
            assertThat(scenario.last().phase().completed()).isTrue();
            orderly();
            int writes = cluster.writes.size();
            running.addAll(scenario.restart());
            settle();
            assertThat(cluster.writes).as("a restart writes nothing").hasSize(writes);
        }

        private void step() {
            switch (random.nextInt(14)) {
                case 0 -> commit();
                case 1 -> drift();
                case 2 -> cluster.objects.remove(someId());
                case 3, 4 -> onTheWay.add(compared());
                case 5, 6, 7 -> arrive();
                case 8, 9, 10 -> perform();
                case 11 -> {
                    zombies.addAll(running);
                    running.clear();
                    running.addAll(scenario.restart());
                }
                case 12 -> {
                    if (!zombies.isEmpty()) {
                        performer.perform("", zombies.remove(random.nextInt(zombies.size())));
                    } else if (random.nextInt(4) == 0) {
                        scenario.fold(new TerminateRequested(Scenario.APP, "anna"));
                    }
                }
                default -> running.addAll(scenario.after(Duration.ofMillis(random.nextInt(4_000))));
            }
        }

        private void commit() {
            commits++;
            scenario.revision = "commit" + commits;
            for (String name : NAMES) {
                switch (random.nextInt(4)) {
                    case 0 -> git.put(name, commits);
                    case 1 -> git.remove(name);
                    default -> {}
                }
            }
            git.putIfAbsent("a", commits);
            List<RenderedResource> list = new ArrayList<>();
            git.forEach((name, content) -> {
                scenario.fold(new ResourceRendered(
                        Scenario.APP,
                        id(name),
                        "v1",
                        "d" + content,
                        manifest(name, content),
                        null,
                        wave(name),
                        List.of()));
                list.add(new RenderedResource(id(name), "d" + content));
            });
            scenario.fold(new ManifestsRendered(
                    Scenario.APP,
                    "uid-1",
                    1,
                    "https://git.example/shop.git",
                    "shop",
                    "main",
                    scenario.revision,
                    "Directory",
                    null,
                    "render" + git,
                    list,
                    List.of(),
                    0,
                    0));
            onTheWay.add(compared());
        }

        private void drift() {
            ObjectNode object = cluster.objects.get(someId());
            if (object != null) {
                ObjectNode changed = object.deepCopy();
                changed.put("content", -random.nextInt(1_000));
                cluster.put(id(object.at("/metadata/name").asText()), changed);
            }
        }

        /// News arrives in order, sometimes twice, sometimes several at once.
        private void arrive() {
            ApplicationCompared news = onTheWay.poll();
            if (news != null) {
                scenario.fold(news);
                if (random.nextInt(3) == 0) {
                    scenario.fold(news);
                }
            }
            running.addAll(scenario.decide());
        }

        private void perform() {
            if (running.isEmpty()) {
                return;
            }
            SyncTask task = running.remove(random.nextInt(running.size()));
            if (random.nextInt(8) == 0) {
                running.addAll(scenario.refused(task, "503", true));
                return;
            }
            SyncOutcome outcome = performer.perform("", task);
            if (random.nextInt(8) == 0) {
                // The answer is lost: the write happened or not, the runtime knows only that it failed.
                outcome = new SyncOutcome.Refused(task.operation(), task.resource(), task.decidedOn(), "lost", true);
            }
            scenario.logic.finished(outcome);
            running.addAll(scenario.decide());
        }

        private void settle() {
            onTheWay.clear();
            for (int round = 0; round < 400; round++) {
                scenario.fold(compared());
                running.addAll(scenario.decide());
                List<SyncTask> now = List.copyOf(running);
                running.clear();
                for (SyncTask task : now) {
                    scenario.logic.finished(performer.perform("", task));
                    running.addAll(scenario.decide());
                }
                scenario.now = scenario.now.plusSeconds(round < 20 ? 1 : 30);
            }
        }

        private ApplicationCompared compared() {
            List<ResourceVerdict> verdicts = new ArrayList<>();
            for (String name : NAMES) {
                ObjectNode live = cluster.objects.get(id(name));
                Integer content = git.get(name);
                if (live != null || content != null) {
                    verdicts.add(verdict(name, live, content));
                }
            }
            boolean synced = verdicts.stream().allMatch(v -> v.status() == SyncStatus.SYNCED);
            return new ApplicationCompared(
                    Scenario.APP,
                    1,
                    scenario.revision,
                    "render" + git,
                    Scenario.CLUSTER,
                    synced ? SyncStatus.SYNCED : SyncStatus.OUT_OF_SYNC,
                    Health.of(HealthStatus.HEALTHY),
                    verdicts,
                    List.of());
        }

        private static ResourceVerdict verdict(String name, @Nullable ObjectNode live, @Nullable Integer content) {
            int held = live == null ? 0 : live.path("content").asInt();
            boolean same = live != null && content != null && held == content;
            return new ResourceVerdict(
                    id(name),
                    "v1",
                    same ? SyncStatus.SYNCED : SyncStatus.OUT_OF_SYNC,
                    content != null,
                    live != null,
                    Health.of(live == null ? HealthStatus.MISSING : HealthStatus.HEALTHY),
                    live == null ? "" : FencedCluster.uidOf(live),
                    live == null ? "" : FencedCluster.versionOf(live),
                    content == null ? "" : "d" + content,
                    wave(name),
                    same ? List.of() : List.of(new FieldDifference("/content", null, null)),
                    false,
                    null);
        }

        private Map<String, Integer> state() {
            Map<String, Integer> state = new TreeMap<>();
            cluster.objects.forEach(
                    (id, object) -> state.put(id.name(), object.path("content").asInt()));
            return state;
        }

        private Map<String, Integer> wanted() {
            return new TreeMap<>(git);
        }

        /// One operation after the other, each record once.
        private void orderly() {
            OperationRecorded before = null;
            for (OperationRecorded record : scenario.records) {
                if (before != null) {
                    assertThat(record.sequence()).isGreaterThan(before.sequence());
                    assertThat(record.id().equals(before.id()) || before.phase().completed())
                            .as("operation %s starts while %s runs", record.id(), before.id())
                            .isTrue();
                }
                before = record;
            }
        }

        private ResourceId someId() {
            return id(NAMES.get(random.nextInt(NAMES.size())));
        }

        private static ResourceId id(String name) {
            return Thing.id("ConfigMap", name);
        }

        private static int wave(String name) {
            return name.equals("d") ? 1 : 0;
        }

        private static ObjectNode manifest(String name, int content) {
            ObjectNode manifest = JsonNodeFactory.instance.objectNode();
            manifest.put("apiVersion", "v1").put("kind", "ConfigMap");
            manifest.putObject("metadata")
                    .put("name", name)
                    .put("namespace", "shop")
                    .putObject("annotations")
                    .put("argocd.argoproj.io/tracking-id", "shop:/ConfigMap:shop/" + name);
            return manifest.put("content", content);
        }
    }
}
