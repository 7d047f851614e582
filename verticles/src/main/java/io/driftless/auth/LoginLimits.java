package io.driftless.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Counts failed logins: after a few for one name, further ones are refused for a while. Names of
/// accounts have a counter each, all other names share a fixed number, so no flood of names can
/// push out the counter of an account.
final class LoginLimits {
    static final int MOST_FAILURES = 5;
    static final Duration WINDOW = Duration.ofSeconds(300);
    private static final int SHARED = 4_096;
    private final Map<String, Failures> byAccount = new HashMap<>();
    private final Failures[] shared = new Failures[SHARED];

    private record Failures(int count, Instant last) {
        static final Failures NONE = new Failures(0, Instant.EPOCH);

        Failures at(Instant now) {
            return last.plus(WINDOW).isAfter(now) ? this : NONE;
        }
    }

    synchronized boolean refused(String name, Set<String> accounts, Instant now) {
        return get(name, accounts).at(now).count() >= MOST_FAILURES;
    }

    /// True for the failure with which the while begins.
    synchronized boolean failed(String name, Set<String> accounts, Instant now) {
        Failures failures = new Failures(get(name, accounts).at(now).count() + 1, now);
        put(name, accounts, failures);
        return failures.count() == MOST_FAILURES;
    }

    synchronized void succeeded(String name, Set<String> accounts) {
        put(name, accounts, Failures.NONE);
    }

    private Failures get(String name, Set<String> accounts) {
        Failures failures = accounts.contains(name) ? byAccount.get(name) : shared[slot(name)];
        return failures == null ? Failures.NONE : failures;
    }

    private void put(String name, Set<String> accounts, Failures failures) {
        if (accounts.contains(name)) {
            byAccount.keySet().retainAll(accounts);
            byAccount.put(name, failures);
        } else {
            shared[slot(name)] = failures;
        }
    }

    private static int slot(String name) {
        return Math.floorMod(name.hashCode() * 0x9E3779B9 >>> 7, SHARED);
    }
}
