package io.driftless.bench;

import io.driftless.bench.Figure.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Commits, each until the cluster holds it, with samples of the floor in between.
///
/// Where many applications share the repository, one that has a repository to itself is measured before and after
/// them, in the same cluster: a server that holds more objects is slower for everybody, and that is not what the
/// sharing costs.
final class CommitToLive {
    /// A server runs for weeks: its commits are measured once what they call has been compiled.
    private static final int WARM_UP = 100;

    private static final int SAMPLES_PER_FLOOR = 4;
    private final Floor floor;
    private final Progress progress;
    private int editions;

    private CommitToLive(Floor floor, Progress progress) {
        this.floor = floor;
        this.progress = progress;
    }

    static Figure measure(String name, BenchOptions options, int apps, OwnStand stand, Progress progress)
            throws IOException, InterruptedException, TimeoutException {
        stand.startServer();
        try (Floor floor = new Floor(stand);
                Fleet fleet = Fleet.deploy(stand, apps, progress);
                Fleet alone = apps > 1 && options.repository() == null ? Fleet.alone(stand, progress) : null) {
            CommitToLive run = new CommitToLive(floor, progress);
            run.warmUp(fleet);
            run.warmUp(alone);
            List<Double> byItself = new ArrayList<>(run.halfOf(options.commits(), alone, name));
            Usage before = stand.usage();
            List<Double> samples = run.samples(options.commits(), fleet, name + ": commits");
            Usage used = Benchmark.difference(before, stand.usage());
            byItself.addAll(run.halfOf(options.commits(), alone, name));
            return Figure.of(name, samples, floor.commitMillis(), byItself, used);
        }
    }

    private void warmUp(@Nullable Fleet fleet) throws IOException, InterruptedException, TimeoutException {
        if (fleet != null) {
            samples(WARM_UP, fleet, "warm-up: commits");
            fleet.maintain();
        }
    }

    private List<Double> halfOf(int commits, @Nullable Fleet alone, String name)
            throws IOException, InterruptedException, TimeoutException {
        return alone == null
                ? List.of()
                : samples(Math.ceilDiv(commits, 2), alone, name + ": commits of the one alone");
    }

    private List<Double> samples(int commits, Fleet fleet, String what)
            throws IOException, InterruptedException, TimeoutException {
        List<Double> samples = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            samples.add(fleet.commit(i * 7 % fleet.apps(), "e" + editions++));
            if (i % SAMPLES_PER_FLOOR == 0) {
                floor.commit();
            }
            progress.step(what, i + 1, commits);
        }
        return samples;
    }
}
