package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.pipeline.OwnStands.Site;
import io.driftless.pipeline.Records.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Every stage in a process of its own on a Kafka outside of them all. While commits flow, a second instance of each
/// stage joins and the first one is killed.
@ExtendWith(OwnStands.class)
class StagesApartTest {
    private static final List<String> EACH_ALONE =
            List.of("sync", "drift", "observe", "manifest", "registry", "notification", "api", "webhook");
    private static final List<String> GROUPS = List.of(
            "driftless-sync",
            "driftless-drift",
            "driftless-observe",
            "driftless-manifest",
            "driftless-registry",
            "driftless-registry-status",
            "driftless-notification");
    private static final int APPLICATIONS = 4;
    private static final int PARTITIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path data;

    private final List<ChildProcess> processes = new CopyOnWriteArrayList<>();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final int[] lastValue = new int[APPLICATIONS];
    private volatile List<Web> webhooks = List.of();

    @Test
    void nothingIsLostAndNothingIsDoneTwiceWhenInstancesJoinAndDie(Site site) throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(data);
                Stand stand = site.prepare("argocd-apart", data.resolve("stand"));
                Sightings sightings = new Sightings(stand.cluster())) {
            List<ChildProcess> first = startAll("first", stand, broker);
            List<Repository> repositories = declare(stand);
            awaitValues(stand, "every application runs its first commit");

            CountDownLatch stop = new CountDownLatch(1);
            Thread pusher = Thread.ofPlatform().start(() -> pushUntil(stop, repositories));
            List<ChildProcess> second = startAll("second", stand, broker);
            awaitOwners(broker, 2);
            int beforeTheKill = acknowledged.size();
            for (ChildProcess process : first) {
                process.kill();
            }
            awaitOwners(broker, 1);
            awaitThat("commits flow on", () -> acknowledged.size() > beforeTheKill + 2 * APPLICATIONS);
            stop.countDown();
            pusher.join();

            awaitValues(stand, "every application runs its last commit");
            repositories.forEach(repository -> awaitStatus(stand, repository));
            Records records = new Records(broker.bootstrap());
            nothingWasLost(records);
            everyOperationRanOnce(records);
            noValueWasWrittenTwiceOrOutOfOrder(sightings);
            second.forEach(ChildProcess::end);
            for (ChildProcess process : second) {
                assertThat(process.ended())
                        .as("%s ends when told to", process.name())
                        .isTrue();
            }
        } catch (AssertionError | Exception e) {
            processes.forEach(process -> System.err.println("--- " + process.name() + "\n" + process.log()));
            throw e;
        } finally {
            processes.forEach(ChildProcess::close);
        }
    }

    /// The stages of each process of an instance.
    List<String> processes() {
        return EACH_ALONE;
    }

    private List<ChildProcess> startAll(String instance, Stand stand, BrokerProcess broker)
            throws IOException, InterruptedException {
        List<ChildProcess> started = new ArrayList<>();
        for (String stages : processes()) {
            String name = stages.replace(',', '-') + "-" + instance;
            ChildProcess process = ChildProcess.start(
                    name,
                    data,
                    line -> line.startsWith("{"),
                    "io.driftless.cli.Main",
                    List.of(
                            "server",
                            "--stages",
                            stages,
                            "--kafka",
                            broker.bootstrap(),
                            "--kubeconfig",
                            stand.kubeconfig().toString(),
                            "--namespace",
                            stand.namespace(),
                            "--listen",
                            "127.0.0.1:0",
                            "--data",
                            data.resolve(name).toString(),
                            "--partitions",
                            String.valueOf(PARTITIONS),
                            "--poll-seconds",
                            "3600",
                            "-o",
                            "json"));
            started.add(process);
            processes.add(process);
        }
        for (ChildProcess process : started) {
            String ready = process.awaitReady();
            if (process.name().contains("webhook")) {
                List<Web> known = new ArrayList<>(webhooks);
                known.add(web(ready));
                webhooks = List.copyOf(known);
            }
        }
        return started;
    }

    private static Web web(String ready) {
        try {
            return new Web(
                    URI.create(new ObjectMapper().readTree(ready).path("web").asText()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Repository> declare(Stand stand) {
        List<Repository> repositories = new ArrayList<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            stand.git().create("app-" + i);
            Repository repository = new Repository(stand.git(), "app-" + i, this::announce);
            repository.push("map.yaml", configMap("settings", "0"));
            stand.declare(Declaration.automated(repository));
            repositories.add(repository);
        }
        return repositories;
    }

    private void pushUntil(CountDownLatch stop, List<Repository> repositories) {
        try {
            for (int n = 0; !stop.await(250, TimeUnit.MILLISECONDS); n++) {
                int i = n % APPLICATIONS;
                int value = lastValue[i] + 1;
                repositories.get(i).push("map.yaml", configMap("settings", String.valueOf(value)));
                lastValue[i] = value;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// As a load balancer and a host that repeats would: until somebody acknowledges.
    private void announce(Repository repository, @Nullable String before, String after) {
        Awaitility.await("a webhook takes the push").atMost(PATIENCE).until(() -> {
            for (Web webhook : webhooks) {
                try {
                    if (webhook.push(repository, before, after).code() == 200) {
                        acknowledged.add(after);
                        return true;
                    }
                } catch (UncheckedIOException dead) {
                    // The next one.
                }
            }
            return false;
        });
    }

    private void awaitValues(Stand stand, String outcome) {
        Awaitility.await(outcome).atMost(PATIENCE).untilAsserted(() -> {
            for (int i = 0; i < APPLICATIONS; i++) {
                assertThat(stand.value("app-" + i, "settings")).as("app-%d", i).isEqualTo("" + lastValue[i]);
            }
        });
    }

    private static void awaitStatus(Stand stand, Repository repository) {
        Awaitility.await(repository.name() + " is Synced and Healthy")
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    var status = stand.status(repository.name());
                    assertThat(status.at("/sync/status").asText())
                            .as("%s", status)
                            .isEqualTo("Synced");
                    assertThat(status.at("/sync/revision").asText()).isEqualTo(repository.head());
                    assertThat(status.at("/health/status").asText()).isEqualTo("Healthy");
                    assertThat(status.at("/operationState/phase").asText()).isEqualTo("Succeeded");
                });
    }

    /// Each partition number has one owner in each group, and so many instances share them.
    private static void awaitOwners(BrokerProcess broker, int instances) {
        Awaitility.await(instances + " instances of each stage share the partitions")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> Groups.owners(broker.bootstrap(), GROUPS).forEach((group, members) -> {
                    assertThat(members).as(group).hasSize(instances);
                    assertThat(members.values().stream().mapToInt(Set::size).sum())
                            .as("%s: %s", group, members)
                            .isEqualTo(PARTITIONS);
                }));
    }

    private void nothingWasLost(Records records) {
        List<Said> all = records.all();
        Set<String> pushed = all.stream()
                .filter(record -> record.topic().equals("pushes"))
                .map(record -> record.json().path("after").asText())
                .collect(Collectors.toSet());
        assertThat(pushed).containsAll(acknowledged);
        assertThat(all.stream().filter(record -> record.topic().endsWith(".dead")))
                .isEmpty();
    }

    /// Each write is told by one operation, each operation ends one way, and the last word of each application is the
    /// newest one.
    private static void everyOperationRanOnce(Records records) {
        Set<String> writes = new HashSet<>();
        records.of(List.of("syncs")).stream()
                .filter(record -> record.type().equals("resource-applied"))
                .map(Said::json)
                .forEach(applied -> assertThat(
                                writes.add(applied.path("resource").asText()
                                        + applied.path("resourceVersion").asText()))
                        .as("told once: %s", applied)
                        .isTrue());
        Map<String, Said> last = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        for (Said record : records.of(List.of("operations"))) {
            last.put(record.key(), record);
            newest.merge(record.key(), record.json().path("sequence").asLong(), Math::max);
            assertThat(record.json().path("phase").asText())
                    .as("%s", record.json())
                    .isIn("Running", "Succeeded");
        }
        assertThat(last).hasSize(APPLICATIONS);
        last.forEach((application, record) -> {
            assertThat(record.json().path("phase").asText()).as(application).isEqualTo("Succeeded");
            assertThat(record.json().path("sequence").asLong()).as(application).isEqualTo(newest.get(application));
        });
    }

    private void noValueWasWrittenTwiceOrOutOfOrder(Sightings sightings) {
        for (int i = 0; i < APPLICATIONS; i++) {
            List<Integer> values = sightings.values().get("app-" + i);
            assertThat(values).as("app-%d", i).isSorted().doesNotHaveDuplicates();
            assertThat(values.getLast()).isEqualTo(lastValue[i]);
        }
    }
}
