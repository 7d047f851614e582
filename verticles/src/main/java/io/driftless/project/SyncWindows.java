package io.driftless.project;

import io.driftless.events.ProjectRules;
import io.driftless.events.ProjectRules.SyncWindow;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the sync windows of an Application are in the way of a sync. Where no window applies nothing is. An open
/// window that denies is, and wins; otherwise an open one that allows is the way; otherwise windows that allow and are
/// closed are in the way. Windows that let people through (`manualSync`) must all do so.
public record SyncWindows(List<SyncWindow> windows) {
    /// What is said where they are in the way.
    public static final String BLOCKED = "cannot sync: blocked by sync window";

    public SyncWindows {
        windows = List.copyOf(windows);
    }

    public static SyncWindows of(@Nullable ProjectRules rules) {
        return new SyncWindows(rules == null ? List.of() : rules.syncWindows());
    }

    /// @param manual whether somebody asked for the sync
    public boolean permit(boolean manual, Instant now) {
        List<SyncWindow> inTheWay = inTheWay(now);
        return inTheWay.isEmpty() || (manual && inTheWay.stream().allMatch(SyncWindow::manualSync));
    }

    /// Whether a sync that runs may go on: windows with `syncOverrun` let one finish that they, or their absence, let
    /// start.
    public boolean permitRunning(boolean manual, Instant startedAt, Instant now) {
        List<SyncWindow> inTheWay = inTheWay(now);
        return permit(manual, now)
                || (inTheWay.stream().allMatch(SyncWindow::syncOverrun) && permit(manual, startedAt));
    }

    private List<SyncWindow> inTheWay(Instant now) {
        List<SyncWindow> active = active(now);
        List<SyncWindow> denies =
                active.stream().filter(window -> !window.allow()).toList();
        if (!denies.isEmpty() || active.stream().anyMatch(SyncWindow::allow)) {
            return denies;
        }
        return windows.stream().filter(SyncWindow::allow).toList();
    }

    /// Those that are open now.
    public List<SyncWindow> active(Instant now) {
        return windows.stream()
                .filter(window -> opened(window, now).isPresent())
                .toList();
    }

    /// When one of them opens or closes next; empty when none ever will.
    public Optional<Instant> nextChange(Instant now) {
        return windows.stream()
                .flatMap(window -> {
                    Optional<Instant> opened = opened(window, now);
                    return opened.isPresent()
                            ? opened.map(start -> start.plusMillis(window.durationMillis())).stream()
                            : start(window, now).stream();
                })
                .min(Instant::compareTo);
    }

    /// When the window was opened, if it is open.
    private static Optional<Instant> opened(SyncWindow window, Instant now) {
        // The start itself counts, the end does not.
        Instant before = now.minusMillis(window.durationMillis());
        return start(window, before).filter(start -> !start.isAfter(now));
    }

    /// When it opens next. Schedules are about the clock on the wall of their time zone.
    private static Optional<Instant> start(SyncWindow window, Instant after) {
        ZoneId zone = ZoneId.of(window.timeZone());
        LocalDateTime wall = LocalDateTime.ofInstant(after, zone);
        Cron cron = Cron.parse(window.schedule());
        Optional<LocalDateTime> next = cron.after(wall);
        // An hour that the clock skips or repeats may put it before the time asked for.
        while (next.isPresent() && !next.get().atZone(zone).toInstant().isAfter(after)) {
            next = cron.after(next.get());
        }
        return next.map(start -> start.atZone(zone).toInstant());
    }
}
