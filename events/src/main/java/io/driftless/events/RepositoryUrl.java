package io.driftless.events;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The one spelling under which all URLs of a repository meet: `git@github.com:Org/Repo.git`,
/// `https://user@github.com/org/repo/` and `ssh://git@github.com/org/repo` are all
/// `github.com/org/repo` (Argo CD: NormalizeGitURL compares likewise, keeping the scheme).
public final class RepositoryUrl {
    private static final Pattern SCP = Pattern.compile("(?:[^@/]+@)?([^:/]+):(?!//)(.+)");
    private static final Pattern URL = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(?:[^@/]*@)?([^/]*)(/.*)?");

    private RepositoryUrl() {}

    /// The key of the repository that `url` names.
    public static String normalise(String url) {
        String text = url.strip();
        Matcher parts = URL.matcher(text);
        String place;
        if (parts.matches()) {
            String path = parts.group(3) == null ? "" : parts.group(3);
            place = withoutDefaultPort(parts.group(1).toLowerCase(Locale.ROOT), parts.group(2)) + path;
        } else {
            Matcher scp = SCP.matcher(text);
            place = scp.matches() ? scp.group(1) + '/' + trimLeft(scp.group(2)) : text;
        }
        String lower = place.toLowerCase(Locale.ROOT);
        while (lower.endsWith("/")) {
            lower = lower.substring(0, lower.length() - 1);
        }
        return lower.endsWith(".git") ? lower.substring(0, lower.length() - 4) : lower;
    }

    private static String withoutDefaultPort(String scheme, String host) {
        String port = switch (scheme) {
            case "https" -> ":443";
            case "http" -> ":80";
            case "ssh" -> ":22";
            default -> "";
        };
        return !port.isEmpty() && host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }

    private static String trimLeft(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
