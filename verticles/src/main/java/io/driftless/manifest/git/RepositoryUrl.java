package io.driftless.manifest.git;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The address of a repository, checked before anything is done with it.
///
/// @param kind        how it is reached
/// @param text        the address without credentials, scheme and host in lower case
/// @param credentials what the address itself carried before `@`
record RepositoryUrl(Kind kind, String text, Optional<Credentials> credentials) {
    enum Kind {
        HTTP,
        FILE
    }

    private static final Pattern SCP = Pattern.compile("[^/:]+@[^/:]+:.*");

    /// @throws GitException when the address is malformed or of a kind that is not served
    static RepositoryUrl parse(String url, boolean filesAllowed) {
        if (url.isBlank()
                || url.length() > 2048
                || url.startsWith("-")
                || url.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            throw new GitException.NotSupported("repoURL '" + printable(url)
                    + "' is not an address: it must be at most 2048 visible characters and not begin with '-'");
        }
        if (SCP.matcher(url).matches() || url.startsWith("ssh://")) {
            throw new GitException.NotSupported("repoURL '" + printable(url)
                    + "' uses SSH, which is not supported yet: use the https address of the repository");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new GitException.NotSupported("repoURL '" + printable(url) + "' is not an address: " + e.getReason());
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http", "https" -> http(uri, scheme, url);
            case "file" -> file(uri, url, filesAllowed);
            default ->
                throw new GitException.NotSupported(
                        "repoURL '" + printable(url) + "' must begin with https:// or http://");
        };
    }

    private static RepositoryUrl http(URI uri, String scheme, String url) {
        if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new GitException.NotSupported(
                    "repoURL '" + printable(url) + "' needs a host and no query or fragment");
        }
        int standard = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String text = scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path;
        String user = uri.getUserInfo();
        if (user == null) {
            return new RepositoryUrl(Kind.HTTP, text, Optional.empty());
        }
        int colon = user.indexOf(':');
        return new RepositoryUrl(
                Kind.HTTP,
                text,
                Optional.of(
                        colon < 0
                                ? new Credentials(user, "")
                                : new Credentials(user.substring(0, colon), user.substring(colon + 1))));
    }

    private static RepositoryUrl file(URI uri, String url, boolean allowed) {
        if (!allowed) {
            throw new GitException.NotSupported("repoURL '" + printable(url)
                    + "' names a folder of this machine, which this installation does not allow");
        }
        if (uri.getPath() == null || uri.getHost() != null) {
            throw new GitException.NotSupported("repoURL '" + printable(url) + "' must look like file:///folder");
        }
        return new RepositoryUrl(Kind.FILE, "file://" + uri.getRawPath(), Optional.empty());
    }

    /// A folder name that is safe whatever the address holds, and different for different addresses and openings.
    ///
    /// @param opening what tells openings of one address apart; empty where nobody's credentials are used
    String directoryName(String opening) {
        try {
            String named = opening.isEmpty() ? text : text + '\n' + opening;
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16) + ".git";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// For messages: no credentials, no control characters.
    static String printable(String url) {
        String shown = url.length() > 200 ? url.substring(0, 200) + "…" : url;
        return shown.replaceAll("\\p{Cntrl}", "?").replaceAll("//[^/@]*@", "//");
    }

    @Override
    public String toString() {
        return text;
    }
}
