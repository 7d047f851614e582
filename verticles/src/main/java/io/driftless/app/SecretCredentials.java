package io.driftless.app;

import io.driftless.manifest.git.Credentials;
import io.driftless.settings.RepositoryLogins;
import java.util.Optional;

/// Credentials of repositories, as Secrets declare them.
record SecretCredentials(RepositoryLogins logins) implements Credentials.Source {
    @Override
    public Optional<Credentials> forRepository(String url, String owner) {
        return logins.with(url, owner)
                .filter(login ->
                        !login.username().isEmpty() || !login.password().isEmpty())
                .map(login -> new Credentials(login.username(), login.password()));
    }

    @Override
    public String owner(String url, String project) {
        return logins.owner(url, project);
    }
}
