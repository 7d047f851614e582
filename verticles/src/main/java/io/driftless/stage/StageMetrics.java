package io.driftless.stage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// What a stage has done since it started, counted for `/metrics`. Safe to read from any thread.
public final class StageMetrics {
    final AtomicLong records = new AtomicLong();
    final AtomicLong publications = new AtomicLong();
    final AtomicLong decisions = new AtomicLong();
    final AtomicLong tasks = new AtomicLong();
    final AtomicLong taskRetries = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong deadLetters = new AtomicLong();
    final AtomicLong restarts = new AtomicLong();
    final AtomicLong rebuildMillis = new AtomicLong();
    final AtomicLong subjects = new AtomicLong();
    final AtomicLong partitions = new AtomicLong();
    final AtomicLong runningTasks = new AtomicLong();
    final AtomicLong unacknowledged = new AtomicLong();

    /// Counters only grow; their names end in `_total`.
    public Map<String, Long> counters() {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("records_total", records.get());
        values.put("publications_total", publications.get());
        values.put("decisions_total", decisions.get());
        values.put("tasks_total", tasks.get());
        values.put("task_retries_total", taskRetries.get());
        values.put("failures_total", failures.get());
        values.put("dead_letters_total", deadLetters.get());
        values.put("restarts_total", restarts.get());
        return values;
    }

    /// Gauges say how it is now; `rebuild_millis` is the latest rebuild of a partition.
    public Map<String, Long> gauges() {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("subjects", subjects.get());
        values.put("partitions", partitions.get());
        values.put("running_tasks", runningTasks.get());
        values.put("unacknowledged", unacknowledged.get());
        values.put("rebuild_millis", rebuildMillis.get());
        return values;
    }
}
