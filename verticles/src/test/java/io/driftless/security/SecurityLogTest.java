package io.driftless.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Lines that a program can search, that nobody can forge, and that do not fill a disk.
class SecurityLogTest {
    private final SecurityLines heard = new SecurityLines();
    private final AtomicLong nanos = new AtomicLong();
    private final SecurityLog log = new SecurityLog(nanos::get);

    @AfterEach
    void stop() {
        heard.close();
    }

    @Test
    void aLineNamesLevelWeaknessKindAndWho() {
        log.write(SecurityEvent.LOGIN_LOCKED, "too many", "account", "admin", "from", "10.0.0.1", "path", "");

        assertThat(heard.all())
                .containsExactly(
                        "security=3 CWE=307 event=login-locked account=\"admin\" from=\"10.0.0.1\" msg=\"too many\"");
        log.write(SecurityEvent.LOGIN, "logged in");
        assertThat(heard.all()).last().isEqualTo("security=1 event=login msg=\"logged in\"");
    }

    @Test
    void whatStrangersSayForgesNoLineAndMovesNoCursor() {
        log.write(SecurityEvent.LOGIN_FAILED, "no\u001b[2J", "account", "a\" security=1\nsecurity=5 \u202ee\\");

        assertThat(heard.all())
                .containsExactly("security=2 CWE=287 event=login-failed"
                        + " account=\"a\\\" security=1\\u000asecurity=5 \\u202ee\\\\\" msg=\"no\\u001b[2J\"");
        log.write(SecurityEvent.LOGIN_FAILED, "x".repeat(100_000));
        assertThat(heard.all().getLast()).hasSizeLessThan(600);
    }

    @Test
    void whatLastsIsToldOnceAnHour() {
        for (int i = 0; i < 10; i++) {
            log.writeOnce(SecurityEvent.CLUSTER_REFUSED, "no", "secret", "argocd/a");
            log.writeOnce(SecurityEvent.CLUSTER_REFUSED, "no", "secret", "argocd/b");
        }
        assertThat(heard.of(SecurityEvent.CLUSTER_REFUSED)).hasSize(2);

        nanos.addAndGet(Lasting.QUIET.toNanos());
        log.writeOnce(SecurityEvent.CLUSTER_REFUSED, "no", "secret", "argocd/a");
        assertThat(heard.of(SecurityEvent.CLUSTER_REFUSED)).hasSize(3);
    }

    @Test
    void aFloodIsCountedAndHidesNoOtherKind() {
        for (int i = 0; i < 100_000; i++) {
            log.write(SecurityEvent.HOOK_UNPROVEN, "no");
        }
        log.write(SecurityEvent.PATH_OUTSIDE, "out");

        assertThat(heard.of(SecurityEvent.HOOK_UNPROVEN)).hasSize(SecurityLog.BURST);
        assertThat(heard.of(SecurityEvent.PATH_OUTSIDE)).hasSize(1);

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        log.write(SecurityEvent.HOOK_UNPROVEN, "again");
        log.write(SecurityEvent.HOOK_UNPROVEN, "and again");
        assertThat(heard.of(SecurityEvent.HOOK_UNPROVEN)).hasSize(SecurityLog.BURST + 1);
        assertThat(heard.of(SecurityEvent.HOOK_UNPROVEN).getLast())
                .contains(" leftOut=" + (100_000 - SecurityLog.BURST) + " msg=\"again\"");

        nanos.addAndGet(Duration.ofHours(1).toNanos());
        for (int i = 0; i < 1_000; i++) {
            log.write(SecurityEvent.HOOK_UNPROVEN, "no");
        }
        assertThat(heard.of(SecurityEvent.HOOK_UNPROVEN)).hasSize(2 * SecurityLog.BURST + 1);
    }
}
