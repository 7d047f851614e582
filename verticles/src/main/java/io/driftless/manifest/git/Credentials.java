package io.driftless.manifest.git;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A user name and a password or token for one repository.
public record Credentials(String username, String password) {

    String basicAuthorization() {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Credentials[username=" + username + ", password=***]";
    }

    /// Where credentials come from; asked for each connection, so that a rotated Secret counts at once.
    @FunctionalInterface
    public interface Source {
        Source NONE = url -> Optional.empty();

        Optional<Credentials> forRepository(String url);

        /// The project that has these credentials for itself; empty when they are for all.
        default String owner(String url) {
            return "";
        }
    }
}
