package io.driftless.settings;

/// What opens a repository over HTTP; texts that are not given are empty.
///
/// @param insecure whether the certificate of the host is not checked
public record HttpLogin(String username, String password, String bearerToken, boolean insecure) {
    public static final HttpLogin NONE = new HttpLogin("", "", "", false);

    public boolean empty() {
        return username.isEmpty() && password.isEmpty() && bearerToken.isEmpty();
    }

    /// Names no secret.
    @Override
    public String toString() {
        return "HttpLogin";
    }
}
