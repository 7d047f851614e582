package io.driftless.api;

import io.driftless.auth.AccountChanges;
import io.driftless.auth.Bootstrap;
import io.driftless.auth.Caller;
import io.driftless.auth.Revocations;
import io.driftless.auth.Sessions;
import io.driftless.cluster.Cluster;
import io.driftless.http.HttpFailure;
import io.driftless.http.Remote;
import io.driftless.proto.MethodType;
import io.driftless.rbac.Rbac;
import io.driftless.rpc.Doorman;
import io.driftless.rpc.Identity;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import io.driftless.settings.Settings;
import io.driftless.settings.SettingsWatch;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who may come in, and what he may do. Either everybody who reaches the port is the administrator, which is for the
/// loopback address, or callers have accounts.
final class Security implements Doorman, AutoCloseable {
    /// Methods that are open to everybody: they say no more than anybody may know.
    private static final Set<String> OPEN = Set.of(
            "session.SessionService/Create",
            "session.SessionService/Delete",
            "session.SessionService/GetUserInfo",
            "version.VersionService/Version",
            "cluster.SettingsService/Get");

    private final Rbac rbac;
    private final @Nullable Guarded guarded;

    /// What accounts are made of.
    record Guarded(
            SettingsWatch settings,
            Revocations revocations,
            Sessions sessions,
            AccountChanges changes,
            Strangers strangers) {}

    private Security(Rbac rbac, @Nullable Guarded guarded) {
        this.rbac = rbac;
        this.guarded = guarded;
    }

    static Security none(ProjectCache projects) {
        return new Security(new Rbac(projects::policy), null);
    }

    /// Reads the settings, and gives a new installation its key and the password of `admin`. Blocks.
    static Security accounts(Cluster cluster, String namespace, ProjectCache projects, InstantSource clock) {
        SettingsWatch settings = new SettingsWatch(cluster, namespace);
        new Bootstrap(cluster, namespace, settings).run(clock.instant());
        Revocations revocations = new Revocations(cluster, namespace);
        Sessions sessions = new Sessions(settings, revocations, projects::holdsToken, clock);
        Rbac rbac = new Rbac(projects::policy);
        settings.listen(rbac::take);
        Strangers strangers = new Strangers(rbac);
        settings.listen(strangers::take);
        AccountChanges changes = new AccountChanges(sessions, settings, clock);
        return new Security(rbac, new Guarded(settings, revocations, sessions, changes, strangers));
    }

    Rbac rbac() {
        return rbac;
    }

    /// The accounts; empty when nobody is asked who he is.
    Optional<Guarded> accounts() {
        return Optional.ofNullable(guarded);
    }

    Settings settings() {
        return guarded == null ? Settings.NONE : guarded.settings().get();
    }

    /// Calls the listener with the settings as they are and whenever they change; never where there are no accounts.
    void listen(Consumer<Settings> listener) {
        if (guarded != null) {
            guarded.settings().listen(listener);
        }
    }

    /// What every page is to show about who is let in; empty for nothing.
    String banner() {
        return guarded == null ? "" : guarded.strangers().banner();
    }

    @Override
    public Identity identify(HttpServerRequest request) {
        if (guarded == null) {
            return Identity.of(Caller.UNRESTRICTED);
        }
        @Nullable String token = token(request);
        if (token == null || token.isEmpty()) {
            return Identity.of(Caller.ANONYMOUS);
        }
        try {
            return Identity.of(guarded.sessions().caller(token));
        } catch (HttpFailure problem) {
            if (problem.status() == 401) {
                SecurityLog.tell(
                        SecurityEvent.TOKEN_REJECTED,
                        "a token is not valid, has ended or was revoked",
                        "from",
                        Remote.of(request),
                        "path",
                        "" + request.path());
            }
            return new Identity(Caller.ANONYMOUS, problem);
        }
    }

    private static @Nullable String token(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).strip();
        }
        List<String> metadata = request.headers().getAll("token");
        if (!metadata.isEmpty()) {
            return metadata.getFirst();
        }
        Cookie cookie = request.getCookie(SessionCookie.NAME);
        return cookie == null ? null : cookie.getValue();
    }

    @Override
    public @Nullable HttpFailure refusal(MethodType method, Identity identity) {
        return OPEN.contains(method.path()) ? null : refusal(identity);
    }

    /// Why somebody may not come in at all; null when he may.
    @Nullable
    HttpFailure refusal(Identity identity) {
        if (identity.problem() != null) {
            return identity.problem();
        }
        boolean stranger = identity.caller().anonymous()
                && guarded != null
                && !guarded.strangers().letIn();
        return stranger ? HttpFailure.unauthenticated("no session information") : null;
    }

    /// Whether the sender of a request may see every application.
    boolean seesAll(HttpServerRequest request) {
        Identity identity = identify(request);
        return refusal(identity) == null && rbac.allows(identity.caller(), "applications", "get", "*/*");
    }

    @Override
    public void close() {
        if (guarded != null) {
            guarded.revocations().close();
            guarded.settings().close();
        }
    }
}
