package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.bench.ApiBench;
import io.driftless.bench.ApiFigure;
import io.driftless.bench.BenchOptions;
import io.driftless.bench.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints the figures of `bench api`: for machines one line each as soon as it is measured, else a table.
final class ApiBenchOutput {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final PrintWriter out;
    private final Output.Format format;
    private final List<List<String>> rows = new ArrayList<>();

    ApiBenchOutput(PrintWriter out, Output.Format format) {
        this.out = out;
        this.format = format;
    }

    void run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        ApiBench.run(options, progress, this::take);
        if (!rows.isEmpty()) {
            Output.table(
                    out,
                    List.of("NAME", "PER SECOND", "FLOOR", "P50 MS", "P99 MS", "FLOOR MS", "RATIO", "TARGET", "MET"),
                    rows);
        }
    }

    private void take(ApiFigure figure) {
        if (format == Output.Format.json) {
            out.println(JSON.<JsonNode>valueToTree(figure));
            out.flush();
        } else if (format == Output.Format.yaml) {
            Output.print(out, format, JSON.<JsonNode>valueToTree(figure));
        } else {
            rows.add(List.of(
                    figure.name(),
                    text(figure.perSecond()),
                    text(figure.floorPerSecond()),
                    text(figure.p50Millis()),
                    text(figure.p99Millis()),
                    text(figure.floorMillis()),
                    figure.compared() + " " + figure.ratio(),
                    figure.target(),
                    figure.met() ? "yes" : "no"));
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
