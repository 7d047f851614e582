package io.driftless.webhook;

import io.driftless.http.HttpFailure;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The grammar of refs and object ids (git check-ref-format), so that nothing odd travels further.
final class Refs {
    private static final int LONGEST = 1_024;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String FORBIDDEN = " ~^:?*[\\|";

    private Refs() {}

    static String ref(String ref) {
        String name = ref.startsWith("refs/heads/")
                ? ref.substring(11)
                : ref.startsWith("refs/tags/") ? ref.substring(10) : "";
        if (ref.length() > LONGEST || !wellFormed(name)) {
            throw HttpFailure.invalid("field ref must be a branch or tag such as refs/heads/main");
        }
        return ref;
    }

    /// A commit id, or null where it is absent or all zeros.
    static @Nullable String id(String field, @Nullable String id) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        if (!ID.matcher(id).matches()) {
            throw HttpFailure.invalid("field " + field + " must be a commit id of 40 or 64 lower-case hex digits");
        }
        return id.chars().allMatch(c -> c == '0') ? null : id;
    }

    private static boolean wellFormed(String name) {
        if (name.isEmpty()
                || name.startsWith("-")
                || name.endsWith(".")
                || name.contains("..")
                || name.contains("@{")) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.startsWith(".") || part.endsWith(".lock")) {
                return false;
            }
        }
        return name.chars().allMatch(c -> c > ' ' && c != 0x7f && FORBIDDEN.indexOf(c) < 0) && validUnicode(name);
    }

    private static boolean validUnicode(String name) {
        return name.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }
}
