package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the spec of an Application must not say when it is written through the API: revisions that no Git host could
/// know, paths that leave their repository, sources that contradict one another. What an Application says already is
/// not judged again, so that it can be changed elsewhere.
final class SpecCheck {
    private static final int MOST_SOURCES = 100;
    private static final int LONGEST_REVISION = 1_024;
    private static final int LONGEST_PATH = 4_096;
    /// As Git names branches and tags.
    private static final Pattern REF = Pattern.compile(
            "(?![-./])(?!.*(?:[.]{2}|//|@[{]|/[.]|[.]lock(?:/|$)))[^\\p{Cntrl}\\s~^:?*\\[\\\\]+(?<![./])");
    /// A range of version tags.
    private static final Pattern RANGE = Pattern.compile("[0-9A-Za-z.*+^~<>=!|, -]+");
    private static final Pattern RANGE_SIGN =
            Pattern.compile("[\\^~<>=!].*|v?\\d+(?:[.]\\d+)*[.][xX*](?:[.].*)?|[*xX]|.*(?:[|]{2}|, *[<>=]| - ).*");

    private SpecCheck() {}

    /// @param before the Application as it is; null when it is new
    static void check(@Nullable JsonNode before, JsonNode after) {
        JsonNode was = before == null ? null : before.path("spec");
        JsonNode spec = after.path("spec");
        JsonNode source = spec.path("source");
        JsonNode sources = spec.path("sources");
        if (was == null || !source.equals(was.path("source")) || !sources.equals(was.path("sources"))) {
            sources(source, sources);
        }
        SyncPolicyCheck.check(was == null ? null : was.path("syncPolicy"), spec.path("syncPolicy"));
    }

    private static void sources(JsonNode source, JsonNode sources) {
        if (!source.isMissingNode() && !source.isNull()) {
            if (!sources.isEmpty()) {
                throw invalid("spec.source", "spec.sources is given too and would win: keep one of them");
            }
            source(source, "spec.source");
        }
        if (sources.size() > MOST_SOURCES) {
            throw invalid("spec.sources", sources.size() + " sources are more than the limit of " + MOST_SOURCES);
        }
        for (int i = 0; i < sources.size(); i++) {
            source(sources.get(i), "spec.sources[" + i + ']');
        }
        references(sources);
    }

    private static void source(JsonNode source, String field) {
        if (source.path("repoURL").asText("").isBlank()) {
            throw invalid(field + ".repoURL", "it is missing or wrong");
        }
        revision(text(source, "targetRevision", field), field + ".targetRevision");
        path(text(source, "path", field), field + ".path");
    }

    private static String text(JsonNode source, String name, String field) {
        JsonNode value = source.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw invalid(field + '.' + name, "it must be a text");
        }
        return value.asText("");
    }

    private static void revision(String revision, String field) {
        if (revision.isEmpty()) {
            return;
        }
        boolean range = revision.length() <= LONGEST_REVISION
                && RANGE.matcher(revision).matches()
                && RANGE_SIGN.matcher(revision).matches();
        if (revision.length() > LONGEST_REVISION
                || !range && !REF.matcher(revision).matches()) {
            throw invalid(
                    field,
                    "it is no valid name of a branch or tag, no commit and no range of versions such as v1.* or >=1.2, <2");
        }
    }

    private static void path(String path, String field) {
        int depth = 0;
        for (String part : path.split("/", -1)) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                throw invalid(field, "it leaves the repository");
            }
        }
        if (path.startsWith("/")) {
            throw invalid(field, "it must be relative to the root of the repository; write . for the root");
        }
        if (path.length() > LONGEST_PATH || path.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field, "it is too long or has control characters");
        }
    }

    /// Values files of one source may come from another, which is called by its `ref`: but not in a circle.
    private static void references(JsonNode sources) {
        Map<String, Set<String>> uses = new HashMap<>();
        for (JsonNode source : sources) {
            String ref = source.path("ref").asText("");
            if (!ref.isEmpty() && uses.put(ref, used(source)) != null) {
                throw invalid("spec.sources", "two sources have the ref " + ref + ": keep one");
            }
        }
        for (String ref : new TreeSet<>(uses.keySet())) {
            if (reaches(ref, uses)) {
                throw invalid("spec.sources", "the source with the ref " + ref + " needs itself by way of another");
            }
        }
    }

    private static Set<String> used(JsonNode source) {
        Set<String> used = new HashSet<>();
        source.path("helm").path("valueFiles").forEach(file -> {
            String name = file.asText("");
            int slash = name.indexOf('/');
            if (name.startsWith("$")) {
                used.add(name.substring(1, slash < 0 ? name.length() : slash));
            }
        });
        used.remove(source.path("ref").asText(""));
        return used;
    }

    private static boolean reaches(String ref, Map<String, Set<String>> uses) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(uses.getOrDefault(ref, Set.of()));
        while (!next.isEmpty()) {
            String now = next.pop();
            if (now.equals(ref)) {
                return true;
            }
            if (seen.add(now)) {
                next.addAll(List.copyOf(uses.getOrDefault(now, Set.of())));
            }
        }
        return false;
    }

    private static HttpFailure invalid(String field, String why) {
        return HttpFailure.invalid("field " + field + ": " + why);
    }
}
