package io.driftless.security;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Writes what concerns security to the logger `io.driftless.security`, one line of `name=value` for each event, with
/// the fields `security` and `CWE` under which Argo CD's logs are searched. Each kind of event has a budget of its own,
/// so that who can cause one kind neither fills the disk nor keeps another kind from being told; the next line of the
/// kind says how many were left out. Callers give names and places, never what opens something.
public final class SecurityLog {
    /// Lines of one kind that may come at once.
    static final int BURST = 100;

    private static final long NANOS_A_LINE = 2_000_000_000L;
    private static final int LONGEST = 500;
    private static final Logger LOG = LoggerFactory.getLogger("io.driftless.security");
    private static final SecurityLog SHARED = new SecurityLog(System::nanoTime);

    private final LongSupplier nanos;
    private final Lasting lasting = new Lasting();
    private final Map<SecurityEvent, Budget> budgets = new EnumMap<>(SecurityEvent.class);

    SecurityLog(LongSupplier nanos) {
        this.nanos = nanos;
        for (SecurityEvent event : SecurityEvent.values()) {
            budgets.put(event, new Budget());
        }
    }

    /// @param what happened, in words
    /// @param about names and values by turns, such as `account`, `admin`; those without a value are left out
    public static void tell(SecurityEvent event, String what, String... about) {
        SHARED.write(event, what, about);
    }

    /// Tells of something that lasts and is found again and again: the same once an hour.
    ///
    /// @param about as for [#tell]
    public static void tellOnce(SecurityEvent event, String what, String... about) {
        SHARED.writeOnce(event, what, about);
    }

    void writeOnce(SecurityEvent event, String what, String... about) {
        if (lasting.isNews(event.text() + what + String.join("\n", about), nanos.getAsLong())) {
            write(event, what, about);
        }
    }

    void write(SecurityEvent event, String what, String... about) {
        Budget budget = budgets.get(event);
        long leftOut = budget == null ? 0 : budget.take(nanos.getAsLong());
        if (leftOut < 0) {
            return;
        }
        StringBuilder line = new StringBuilder("security=").append(event.level());
        if (event.weakness() > 0) {
            line.append(" CWE=").append(event.weakness());
        }
        line.append(" event=").append(event.text());
        for (int i = 0; i + 1 < about.length; i += 2) {
            if (!about[i + 1].isEmpty()) {
                line.append(' ').append(about[i]).append('=').append(quoted(about[i + 1]));
            }
        }
        if (leftOut > 0) {
            line.append(" leftOut=").append(leftOut);
        }
        line.append(" msg=").append(quoted(what));
        LOG.atLevel(severity(event)).log(line.toString());
    }

    private static Level severity(SecurityEvent event) {
        return event.level() == 1 ? Level.INFO : event.level() < 4 ? Level.WARN : Level.ERROR;
    }

    /// In quotes, on one line, in letters that neither a terminal nor a reader takes for something else.
    private static String quoted(String value) {
        String shown = value.length() > LONGEST ? value.substring(0, LONGEST) + "..." : value;
        StringBuilder text = new StringBuilder("\"");
        for (char letter : shown.toCharArray()) {
            if (letter == '"' || letter == '\\') {
                text.append('\\').append(letter);
            } else if (letter < ' ' || letter > '~') {
                text.append(String.format("\\u%04x", (int) letter));
            } else {
                text.append(letter);
            }
        }
        return text.append('"').toString();
    }

    /// A bucket that fills slowly.
    private static final class Budget {
        private long lines = BURST;
        private long filledAt;
        private boolean used;
        private long leftOut;

        /// How many were left out since the last line, or -1 for one that is to be left out.
        synchronized long take(long now) {
            long earned = used ? (now - filledAt) / NANOS_A_LINE : 0;
            filledAt = used ? filledAt + earned * NANOS_A_LINE : now;
            used = true;
            lines = Math.min(BURST, lines + earned);
            if (lines == 0) {
                leftOut++;
                return -1;
            }
            lines--;
            long before = leftOut;
            leftOut = 0;
            return before;
        }
    }
}
