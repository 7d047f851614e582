package io.driftless.auth;

import io.driftless.auth.Caller.Kind;
import io.driftless.auth.Tokens.Claims;
import io.driftless.http.HttpFailure;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import io.driftless.settings.Settings;
import io.driftless.settings.SettingsWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/// Logging in, and telling from a token who calls. Whether an account does not exist, is switched
/// off, may not log in or has another password: the answer and the time it takes are the same.
public final class Sessions {
    private static final int LONGEST_NAME = 32;
    private static final int AT_ONCE = 50;
    private static final Duration USUAL_LIFE = Duration.ofHours(24);
    private final SettingsWatch settings;
    private final Revocations revocations;
    private final ProjectTokens projectTokens;
    private final InstantSource clock;
    private final LoginLimits limits = new LoginLimits();
    private final Semaphore logins = new Semaphore(AT_ONCE);
    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));
    private volatile Snapshot snapshot = new Snapshot(Settings.NONE, Map.of());

    private record Snapshot(Settings settings, Map<String, Account> accounts) {}

    public Sessions(SettingsWatch settings, Revocations revocations, ProjectTokens projectTokens, InstantSource clock) {
        this.settings = settings;
        this.revocations = revocations;
        this.projectTokens = projectTokens;
        this.clock = clock;
        settings.listen(now -> snapshot = new Snapshot(now, Accounts.of(now)));
    }

    public Map<String, Account> accounts() {
        return snapshot.accounts();
    }

    public Settings settings() {
        return snapshot.settings();
    }

    /// The token of a new session. Blocks.
    ///
    /// @param from address of the caller, for the log
    public String login(String name, String password, String from) {
        if (name.length() > LONGEST_NAME || password.isEmpty() || !proven(name, password, from)) {
            throw wrong();
        }
        Instant now = clock.instant();
        String token = issue(name + ':' + Account.LOGIN, UUID.randomUUID().toString(), now, now.plus(life()));
        SecurityLog.tell(SecurityEvent.LOGIN, "logged in", "account", name, "from", from);
        return token;
    }

    /// Whether this is the password of an account that may log in. After a few failures for a name none is right for a
    /// while; what has to be computed is computed all the same. Blocks.
    boolean proven(String name, String password, String from) {
        if (!logins.tryAcquire()) {
            throw HttpFailure.tooMany("too many logins at once; try again");
        }
        try {
            Instant now = clock.instant();
            Set<String> accounts = snapshot.accounts().keySet();
            boolean refused = limits.refused(name, accounts, now);
            boolean right = matches(name, password) && !refused;
            if (right) {
                limits.succeeded(name, accounts);
            } else {
                boolean locked = limits.failed(name, accounts, now);
                tellFailure(accounts.contains(name) ? name : "", from, refused, locked);
            }
            return right;
        } finally {
            logins.release();
        }
    }

    /// @param account empty for a name that is none: people type their password there
    private static void tellFailure(String account, String from, boolean refused, boolean locked) {
        String why = refused ? "refused after too many failed logins" : "wrong name or password";
        SecurityLog.tell(SecurityEvent.LOGIN_FAILED, why, "account", account, "from", from);
        if (locked) {
            SecurityLog.tell(
                    SecurityEvent.LOGIN_LOCKED,
                    LoginLimits.MOST_FAILURES + " logins failed, further ones for this name are refused for "
                            + LoginLimits.WINDOW.toSeconds() + " s",
                    "account",
                    account,
                    "from",
                    from);
        }
    }

    private boolean matches(String name, String password) {
        Account account = snapshot.accounts().get(name);
        boolean may = account != null && account.enabled() && account.can(Account.LOGIN);
        hashing.acquireUninterruptibly();
        try {
            return Passwords.matches(password, may && account != null ? account.passwordHash() : "");
        } finally {
            hashing.release();
        }
    }

    private static HttpFailure wrong() {
        return HttpFailure.unauthenticated("Invalid username or password");
    }

    /// A signed token.
    ///
    /// @param expires null for never
    public String issue(String subject, String id, Instant issued, @org.jspecify.annotations.Nullable Instant expires) {
        return Tokens.sign(new Claims(subject, id, issued.truncatedTo(ChronoUnit.SECONDS), expires), key());
    }

    /// Who carries this token; fails with [HttpFailure] 401.
    public Caller caller(String token) {
        Instant now = clock.instant();
        Claims claims = Tokens.verify(token, key(), now).orElseThrow(Sessions::invalid);
        String subject = claims.subject();
        if (subject.startsWith("proj:")) {
            return projectCaller(claims, subject.split(":", 3));
        }
        int colon = subject.lastIndexOf(':');
        String name = colon < 0 ? subject : subject.substring(0, colon);
        String capability = colon < 0 ? Account.LOGIN : subject.substring(colon + 1);
        Account account = snapshot.accounts().get(name);
        if (account == null || !account.enabled() || !account.can(capability)) {
            throw invalid();
        }
        boolean session = capability.equals(Account.LOGIN);
        if (session ? over(account, claims) : !listed(account, claims)) {
            throw invalid();
        }
        return new Caller(
                session ? Kind.SESSION : Kind.API_KEY,
                name,
                Tokens.ISSUER,
                List.of(),
                claims.id(),
                claims.issuedAt(),
                claims.expiresAt());
    }

    private boolean over(Account account, Claims claims) {
        Instant changed = account.passwordChanged();
        return claims.expiresAt() == null
                || revocations.contains(claims.id())
                || changed != null && claims.issuedAt().isBefore(changed.truncatedTo(ChronoUnit.SECONDS));
    }

    private static boolean listed(Account account, Claims claims) {
        return account.tokens().stream().anyMatch(token -> token.id().equals(claims.id()));
    }

    private Caller projectCaller(Claims claims, String[] parts) {
        if (parts.length != 3
                || !projectTokens.contains(
                        parts[1], parts[2], claims.id(), claims.issuedAt().getEpochSecond())) {
            throw invalid();
        }
        return new Caller(
                Kind.PROJECT_TOKEN,
                claims.subject(),
                Tokens.ISSUER,
                List.of(),
                claims.id(),
                claims.issuedAt(),
                claims.expiresAt());
    }

    private static HttpFailure invalid() {
        return HttpFailure.unauthenticated("invalid session: the token is not valid, has ended or was revoked");
    }

    /// Ends the session of this caller everywhere. Blocks.
    public void logout(Caller caller) {
        if (caller.kind() == Kind.SESSION && caller.expiresAt() != null) {
            revocations.add(caller.tokenId(), caller.expiresAt(), clock.instant());
        }
    }

    private byte[] key() {
        byte[] key = settings.get().secret().get(Bootstrap.SECRET_KEY);
        if (key == null || key.length == 0) {
            throw HttpFailure.unavailable(
                    Bootstrap.SECRET_KEY + " is missing from argocd-secret; no token can be checked");
        }
        return key;
    }

    private Duration life() {
        return GoDurations.parse(snapshot.settings().config("users.session.duration"))
                .filter(life -> !life.isZero() && !life.isNegative())
                .orElse(USUAL_LIFE);
    }
}
