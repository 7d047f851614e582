package io.driftless.manifest.git;

import io.driftless.events.RepositoryUrl;

/// A repository, and whose credentials open it. Two openings of one repository may show different things, so nothing
/// that was read through one is shown through another.
///
/// @param url as the Application writes it
/// @param owner the project that has the credentials for itself, [#ALL] for those of all projects, empty for none
public record Opening(String url, String owner) {
    /// Owner of credentials that every project may use; no project has this name.
    public static final String ALL = "*";

    /// The repository that pushes speak of.
    public String repository() {
        return RepositoryUrl.normalise(url);
    }

    /// What tells this opening from others of the same repository: whose credentials, and those in the address itself.
    public String key() {
        int start = url.indexOf("://");
        int end = url.indexOf('@');
        boolean named = start >= 0 && end > start && url.indexOf('/', start + 3) > end;
        return named ? owner + ' ' + url.substring(start + 3, end) : owner;
    }

    /// Names no credentials.
    @Override
    public String toString() {
        return repository() + (owner.isEmpty() ? "" : " as " + owner);
    }
}
