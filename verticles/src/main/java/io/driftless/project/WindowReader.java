package io.driftless.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ProjectRules.SyncWindow;
import io.driftless.rbac.Glob;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one entry of `spec.syncWindows`.
public final class WindowReader {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(h|m|s)");
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final LocalDateTime ANY_TIME = LocalDateTime.of(2001, 1, 1, 0, 0);

    private WindowReader() {}

    /// @throws IllegalArgumentException saying what is wrong with it
    public static SyncWindow read(JsonNode window) {
        String kind = window.path("kind").asText("");
        if (!kind.equals("allow") && !kind.equals("deny")) {
            throw new IllegalArgumentException("kind '" + kind + "' mismatch: can only be allow or deny");
        }
        String schedule = window.path("schedule").asText("");
        try {
            if (Cron.parse(schedule).after(ANY_TIME).isEmpty()) {
                throw new IllegalArgumentException("it never comes");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cannot parse schedule '" + schedule + "': " + e.getMessage() + "; write for example 0 22 * * *");
        }
        String zone = window.path("timeZone").asText("");
        try {
            ZoneId.of(zone.isEmpty() ? "UTC" : zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "cannot parse time zone '" + zone + "': write for example Europe/Berlin");
        }
        return new SyncWindow(
                kind.equals("allow"),
                schedule,
                duration(window.path("duration").asText("")).toMillis(),
                zone,
                window.path("manualSync").asBoolean(),
                window.path("syncOverrun").asBoolean());
    }

    private static Duration duration(String text) {
        Matcher parts = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (parts.lookingAt()) {
            long amount = Long.parseLong(parts.group(1));
            sum = sum.plus(
                    switch (parts.group(2)) {
                        case "h" -> Duration.ofHours(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofSeconds(amount);
                    });
            at = parts.end();
            parts.region(at, text.length());
        }
        if (at == 0 || at != text.length() || sum.isZero() || sum.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "cannot parse duration '" + text + "': write for example 1h30m, at most " + LONGEST.toDays() + "d");
        }
        return sum;
    }

    /// Whether it is about this Application: one of the lists that it has names it, or each with `andOperator`.
    public static boolean concerns(JsonNode window, Project.Target target) {
        boolean all = window.path("andOperator").asBoolean();
        boolean any = false;
        Selection[] selections = {
            new Selection("applications", pattern -> Glob.matches(pattern, target.application())),
            new Selection(
                    "clusters",
                    pattern -> Glob.matches(pattern, target.server()) || Glob.matches(pattern, target.cluster())),
            new Selection("namespaces", pattern -> Glob.matches(pattern, target.namespace()))
        };
        for (Selection selection : selections) {
            List<String> patterns = Project.texts(window.path(selection.field()));
            if (patterns.isEmpty()) {
                continue;
            }
            boolean matches = patterns.stream().anyMatch(selection.matches());
            if (all && !matches) {
                return false;
            }
            any |= matches;
        }
        return any;
    }

    private record Selection(String field, Predicate<String> matches) {}
}
