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
        Source NONE = (url, owner) -> Optional.empty();

        /// Those of this owner and of nobody else ([Opening#owner]); never asked where there is no owner.
        Optional<Credentials> forRepository(String url, String owner);

        /// Whose credentials an Application of this project uses: the project's own, else those of all, else nobody's.
        default String owner(String url, String project) {
            return Opening.ALL;
        }
    }
}
