package io.driftless.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.RepositoryUrl;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds what opens a repository for a project, in Secrets of repositories and of beginnings of URLs.
public final class RepositoryLogins {
    /// Owner of credentials that belong to no project and are for all.
    public static final String ALL = "*";

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

    /// What opens a repository for a project, with what else its Secret says.
    public Optional<HttpLogin> of(String url, String project) {
        Optional<HttpLogin> declared =
                repository(url, project).or(() -> exact(url, "")).map(RepositorySecret::login);
        boolean insecure = declared.isPresent() && declared.get().insecure();
        return with(url, owner(url, project))
                .map(found -> new HttpLogin(
                        found.username(), found.password(), found.bearerToken(), insecure || found.insecure()))
                .or(() -> declared);
    }

    /// Whose credentials a project uses: its own ones, else those that belong to no project ([#ALL]), and never those
    /// of another; empty where there are none for it.
    public String owner(String url, String project) {
        if (!project.isEmpty() && with(url, project).isPresent()) {
            return project;
        }
        return with(url, ALL).isPresent() ? ALL : "";
    }

    /// The credentials of one owner: of his Secret for this repository, or, where that holds none,
    /// those that he has for the longest beginning of its URL.
    public Optional<HttpLogin> with(String url, String owner) {
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        String project = owner.equals(ALL) ? "" : owner;
        return exact(url, project)
                .map(RepositorySecret::login)
                .filter(login -> !login.empty())
                .or(() -> template(url, project).map(RepositorySecret::login));
    }

    /// The Secret of a repository.
    ///
    /// @param project which project's; empty for any, those without one first
    public Optional<JsonNode> repository(String url, String project) {
        return declared(url)
                .filter(secret ->
                        project.isEmpty() || RepositorySecret.project(secret).equals(project))
                .min(Comparator.comparing(RepositorySecret::project));
    }

    private Optional<JsonNode> exact(String url, String project) {
        return declared(url)
                .filter(secret -> RepositorySecret.project(secret).equals(project))
                .findFirst();
    }

    private Stream<JsonNode> declared(String url) {
        String wanted = RepositoryUrl.normalise(url);
        return secrets.ofType(repositories).stream()
                .filter(secret ->
                        RepositoryUrl.normalise(RepositorySecret.url(secret)).equals(wanted));
    }

    private Optional<JsonNode> template(String url, String project) {
        String wanted = RepositoryUrl.normalise(url);
        return secrets.ofType(credentials).stream()
                .filter(secret -> RepositorySecret.project(secret).equals(project))
                .filter(secret -> !RepositorySecret.login(secret).empty())
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
