package io.driftless.api;

import io.driftless.settings.RepositorySecret;

/// What a repository, or credentials for repositories, are declared for: reading what is to be
/// deployed, or writing what was rendered. The two are kept in Secrets of their own and have
/// methods and rights of their own.
///
/// @param infix what the names of methods have in the middle
/// @param resource what rights are given on
/// @param repositories type of the Secrets of repositories
/// @param credentials type of the Secrets of credentials
/// @param repositoryPrefix how names of Secrets of repositories begin
/// @param credentialPrefix how names of Secrets of credentials begin
record RepositoryUse(
        String infix,
        String resource,
        String repositories,
        String credentials,
        String repositoryPrefix,
        String credentialPrefix) {
    static final RepositoryUse READ = new RepositoryUse(
            "", "repositories", RepositorySecret.REPOSITORY, RepositorySecret.CREDENTIALS, "repo", "creds");
    static final RepositoryUse WRITE = new RepositoryUse(
            "Write", "write-repositories", "repository-write", "repo-write-creds", "repo-write", "creds-write");
}
