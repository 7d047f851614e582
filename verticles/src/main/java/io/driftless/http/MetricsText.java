package io.driftless.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// Collects samples and writes them in Prometheus' text format, samples of one name together.
public final class MetricsText {
    private final Map<String, StringBuilder> families = new LinkedHashMap<>();

    public MetricsText counter(String name, Map<String, String> labels, double value) {
        return sample("counter", name, labels, value);
    }

    public MetricsText gauge(String name, Map<String, String> labels, double value) {
        return sample("gauge", name, labels, value);
    }

    private MetricsText sample(String type, String name, Map<String, String> labels, double value) {
        StringBuilder family =
                families.computeIfAbsent(name, n -> new StringBuilder("# TYPE " + n + ' ' + type + '\n'));
        family.append(name);
        if (!labels.isEmpty()) {
            String separator = "{";
            for (Map.Entry<String, String> label : labels.entrySet()) {
                family.append(separator).append(label.getKey()).append("=\"").append(escaped(label.getValue()));
                separator = "\",";
            }
            family.append("\"}");
        }
        family.append(' ').append(number(value)).append('\n');
        return this;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        families.values().forEach(text::append);
        return text.toString();
    }
}
