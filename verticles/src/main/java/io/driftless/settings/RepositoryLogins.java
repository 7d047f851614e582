package io.driftless.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.RepositoryUrl;
import java.util.Comparator;
import java.util.Optional;

/// Finds what opens a repository: its own Secret, or, where that holds no credentials, those declared for the longest
/// beginning of its URL.
public final class RepositoryLogins {
    private final LabelledSecrets secrets;
    private final String repositories;
    private final String credentials;

    public RepositoryLogins(LabelledSecrets secrets) {
        this(secrets, RepositorySecret.REPOSITORY, RepositorySecret.CREDENTIALS);
    }

    /// For repositories and credentials that Secrets of other types declare.
    public RepositoryLogins(LabelledSecrets secrets, String repositories, String credentials) {
        this.secrets = secrets;
        this.repositories = repositories;
        this.credentials = credentials;
    }

    public Optional<HttpLogin> of(String url) {
        Optional<JsonNode> own = repository(url, "");
        Optional<HttpLogin> login = own.map(RepositorySecret::login);
        if (login.isPresent() && !login.get().empty()) {
            return login;
        }
        boolean insecure = login.isPresent() && login.get().insecure();
        return template(url)
                .map(RepositorySecret::login)
                .map(found -> new HttpLogin(
                        found.username(), found.password(), found.bearerToken(), insecure || found.insecure()))
                .or(() -> login);
    }

    /// The project that has what [#of] finds for itself; empty when it is for all.
    public String owner(String url) {
        Optional<JsonNode> own = repository(url, "")
                .filter(secret -> !RepositorySecret.login(secret).empty());
        return own.or(() -> template(url)).map(RepositorySecret::project).orElse("");
    }

    /// The Secret of a repository.
    ///
    /// @param project which project's; empty for any, those without one first
    public Optional<JsonNode> repository(String url, String project) {
        String wanted = RepositoryUrl.normalise(url);
        return secrets.ofType(repositories).stream()
                .filter(secret ->
                        RepositoryUrl.normalise(RepositorySecret.url(secret)).equals(wanted))
                .filter(secret ->
                        project.isEmpty() || RepositorySecret.project(secret).equals(project))
                .min(Comparator.comparing(RepositorySecret::project));
    }

    private Optional<JsonNode> template(String url) {
        String wanted = RepositoryUrl.normalise(url);
        return secrets.ofType(credentials).stream()
                .filter(secret -> covers(RepositoryUrl.normalise(RepositorySecret.url(secret)), wanted))
                .max(Comparator.comparingInt(
                        secret -> RepositorySecret.url(secret).length()));
    }

    /// A beginning ends where a part of the path does: what opens `host/team` is not sent to `host/team-2`.
    private static boolean covers(String prefix, String url) {
        return !prefix.isEmpty()
                && url.startsWith(prefix)
                && (url.length() == prefix.length() || prefix.endsWith("/") || url.charAt(prefix.length()) == '/');
    }
}
