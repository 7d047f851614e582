package io.driftless.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads fields of a payload. What is missing or of the wrong type is refused by name.
final class Payload {
    /// More changed paths than these say no more than "everything".
    private static final int MOST_PATHS = 1_000;

    private static final int LONGEST_PATH = 4_096;
    private static final int LONGEST_URL = 2_048;

    private Payload() {}

    static JsonNode object(JsonNode parent, String field) {
        JsonNode node = parent.path(field);
        if (!node.isObject()) {
            throw HttpFailure.invalid("field " + field + " must be an object");
        }
        return node;
    }

    static String text(JsonNode parent, String field) {
        JsonNode node = parent.path(field);
        if (!node.isTextual()) {
            throw HttpFailure.invalid("field " + field + " must be a string");
        }
        return node.textValue();
    }

    static @Nullable String optionalText(JsonNode parent, String field) {
        JsonNode node = parent.path(field);
        return node.isMissingNode() || node.isNull() ? null : text(parent, field);
    }

    /// The URLs under these fields, at least one.
    static List<String> urls(JsonNode parent, String... fields) {
        List<String> urls = new ArrayList<>();
        for (String field : fields) {
            String url = optionalText(parent, field);
            if (url != null && !url.isBlank()) {
                urls.add(url(field, url));
            }
        }
        if (urls.isEmpty()) {
            throw HttpFailure.invalid(
                    "no URL of the repository is given; expected one of " + String.join(", ", fields));
        }
        return urls;
    }

    static String url(String field, String url) {
        boolean clean = url.chars().allMatch(c -> c > ' ' && c != '|' && c != 0x7f && !Character.isSurrogate((char) c));
        if (url.length() > LONGEST_URL || !clean) {
            throw HttpFailure.invalid("field " + field + " is not the URL of a repository");
        }
        return url;
    }

    /// All paths that the commits name, or null when they cannot be all.
    static @Nullable List<String> changedPaths(JsonNode commits, String... lists) {
        if (!commits.isArray() || commits.isEmpty()) {
            return null;
        }
        Set<String> paths = new LinkedHashSet<>();
        for (JsonNode commit : commits) {
            for (String list : lists) {
                JsonNode files = commit.path(list);
                if (!files.isArray() || !collect(files, paths)) {
                    return null;
                }
            }
        }
        return List.copyOf(paths);
    }

    /// The paths of a list, or null when there is none or it is too long or odd.
    static @Nullable List<String> paths(JsonNode list) {
        Set<String> paths = new LinkedHashSet<>();
        return list.isArray() && collect(list, paths) ? List.copyOf(paths) : null;
    }

    private static boolean collect(JsonNode files, Set<String> paths) {
        for (JsonNode file : files) {
            String path = file.isTextual() ? file.textValue() : "";
            if (path.isEmpty() || path.length() > LONGEST_PATH || path.chars().anyMatch(c -> c < ' ')) {
                return false;
            }
            paths.add(path);
            if (paths.size() > MOST_PATHS) {
                return false;
            }
        }
        return true;
    }
}
