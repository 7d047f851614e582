package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases.Repository;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Recognises Git repositories among the paths of a kustomization.
public final class RepositoryUrl {
    private static final Pattern SCHEME = Pattern.compile("(?i)(https?|ssh|file)://");
    private static final Pattern USER = Pattern.compile("[A-Za-z][A-Za-z0-9-]*@");

    private RepositoryUrl() {}

    /// Whether a path is that of a plain file on a web server, if it is one at all.
    public static boolean isWeb(String path) {
        return path.startsWith("http://") || path.startsWith("https://");
    }

    /// The repository, or null when the text is a path like any other.
    public static @Nullable Repository parse(String raw) {
        String text = raw.regionMatches(true, 0, "git::", 0, 5) ? raw.substring(5) : raw;
        int question = text.indexOf('?');
        RepositoryQuery query = RepositoryQuery.parse(question < 0 ? "" : text.substring(question + 1));
        String rest = question < 0 ? text : text.substring(0, question);
        String host = host(rest);
        if (host == null) {
            return null;
        }
        String path = rest.substring(host.length());
        String[] parts = split(host, path);
        if (parts == null) {
            return null;
        }
        for (String part : parts[1].split("/", -1)) {
            if (part.equals("..") && climbsOut(parts[1])) {
                throw new KustomizeException("url path exits repo: " + raw);
            }
        }
        String inside = parts[1].replaceAll("^/+|/+$", "");
        return new Repository(raw, normal(host) + parts[0], inside, query.ref(), query.submodules(), query.timeout());
    }

    private static boolean climbsOut(String path) {
        int depth = 0;
        for (String part : path.split("/", -1)) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    /// The leading part that names protocol and host, with its separator, or null.
    private static @Nullable String host(String text) {
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.lookingAt()) {
            if (scheme.group(1).equalsIgnoreCase("file")) {
                return scheme.group();
            }
            int slash = text.indexOf('/', scheme.end());
            return slash < 0 ? null : text.substring(0, slash + 1);
        }
        int user = user(text, 0);
        if (user == 0 && !github(text)) {
            return null;
        }
        int slash = text.indexOf('/');
        int colon = text.indexOf(':');
        int end = slash < 0 || (colon > 0 && colon < slash) ? colon : slash;
        return end <= user ? null : text.substring(0, end + 1);
    }

    /// Where the text goes on behind a user's name.
    private static int user(String text, int from) {
        Matcher user = USER.matcher(text).region(from, text.length());
        return user.lookingAt() ? user.end() : from;
    }

    private static boolean github(String text) {
        return text.regionMatches(true, 0, "github.com/", 0, 11) || text.regionMatches(true, 0, "github.com:", 0, 11);
    }

    /// The host as Git is told it. All spellings of GitHub's are one of two: that for keys, and that for everybody.
    private static String normal(String host) {
        Matcher scheme = SCHEME.matcher(host);
        int from = scheme.lookingAt() ? scheme.end() : 0;
        String protocol = host.substring(0, from).toLowerCase(Locale.ROOT);
        int end = user(host, from);
        if (protocol.equals("file://") || !github(host.substring(end))) {
            return protocol + host.substring(from);
        }
        String user = host.substring(from, end);
        return protocol.equals("ssh://") || !user.isEmpty() ? user + "github.com:" : "https://github.com/";
    }

    /// Path of the repository on its host, and directory inside of the repository.
    private static String @Nullable [] split(String host, String path) {
        int azure = path.indexOf("_git/");
        if (azure >= 0) {
            int end = path.indexOf('/', azure + 5);
            return end < 0 ? new String[] {path, ""} : new String[] {path.substring(0, end), path.substring(end + 1)};
        }
        int marker = path.indexOf("//");
        if (marker > 0) {
            return new String[] {path.substring(0, marker), path.substring(marker + 2)};
        }
        int git = path.indexOf(".git");
        if (git > 0 && (git + 4 == path.length() || path.charAt(git + 4) == '/')) {
            return new String[] {path.substring(0, git + 4), path.substring(git + 4)};
        }
        if (host.startsWith("file:")) {
            return new String[] {path, ""};
        }
        List<String> parts = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        parts.removeIf(String::isEmpty);
        if (parts.size() < 2) {
            return null;
        }
        return new String[] {parts.get(0) + "/" + parts.get(1), String.join("/", parts.subList(2, parts.size()))};
    }
}
