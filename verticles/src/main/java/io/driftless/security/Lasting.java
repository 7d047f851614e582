package io.driftless.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was told lately of things that last; of very many the oldest are forgotten, and told again.
final class Lasting {
    static final Duration QUIET = Duration.ofHours(1);
    private static final int MOST = 1_000;

    private final Map<String, Long> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    synchronized boolean isNews(String text, long now) {
        Long before = told.get(text);
        if (before != null && now - before < QUIET.toNanos()) {
            return false;
        }
        told.remove(text);
        told.put(text, now);
        return true;
    }
}
