package io.driftless.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.driftless.kustomize.Built;
import io.driftless.kustomize.DirectoryTree;
import io.driftless.kustomize.Kustomize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Renders directories again and again in a process of its own, whose JVM has both compilers as the launcher of the
/// project does not: rendering is the only work here, and it is to be measured warm.
///
/// `KustomizeMeter RUNS ROOT DIRECTORY…`: each run builds all directories below the root, as text. The first half of
/// the runs warms up and is not counted.
public final class KustomizeMeter {
    private KustomizeMeter() {}

    public static void main(String[] arguments) throws IOException {
        int runs = Integer.parseInt(arguments[0]);
        DirectoryTree tree = new DirectoryTree(Path.of(arguments[1]));
        List<String> directories = List.of(arguments).subList(2, arguments.length);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        List<Double> millis = new ArrayList<>();
        int resources = 0;
        long process = 0;
        long allocated = 0;
        for (int run = 0; run < runs; run++) {
            if (run == runs / 2) {
                process = system.getProcessCpuTime();
            }
            long cpu = threads.getCurrentThreadCpuTime();
            long bytes = threads.getCurrentThreadAllocatedBytes();
            resources = 0;
            for (String directory : directories) {
                Built built = Kustomize.build(tree, directory);
                resources += built.yaml().isEmpty() ? 0 : built.size();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
            if (run >= runs / 2) {
                millis.add((threads.getCurrentThreadCpuTime() - cpu) / 1e6);
            }
        }
        double mean = (system.getProcessCpuTime() - process) / 1e6 / millis.size();
        System.out.println(new ObjectMapper()
                .writeValueAsString(
                        new KustomizeSamples(millis, mean, resources, allocated / 1048576.0, peak() / 1048576.0)));
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
