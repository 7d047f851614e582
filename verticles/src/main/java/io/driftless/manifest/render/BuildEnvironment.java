package io.driftless.manifest.render;

import java.util.function.Supplier;

/// The variables that `$NAME` and `${NAME}` in an Application's options stand for, under Argo CD's names.
///
/// The commit is asked for only where a text names it, so that the render of everybody else does not depend on it.
final class BuildEnvironment {
    private static final int SHORT = 7;
    private static final int SHORT_8 = 8;

    private final RenderRequest request;
    private final Supplier<String> revision;

    BuildEnvironment(RenderRequest request, Supplier<String> revision) {
        this.request = request;
        this.revision = revision;
    }

    /// The text with its variables replaced: unknown ones by nothing, `$$` by one `$`; a `$` before anything that
    /// cannot be a name stays. `field` is for messages.
    String substitute(String field, String text) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int dollar = text.indexOf('$', at);
            if (dollar < 0 || dollar == text.length() - 1) {
                break;
            }
            result.append(text, at, dollar);
            at = replace(field, text, dollar + 1, result);
        }
        return result.append(text, at, text.length()).toString();
    }

    /// Appends what the name that starts at `start` stands for and says where the text goes on.
    private int replace(String field, String text, int start, StringBuilder into) {
        if (text.charAt(start) == '{') {
            int close = text.indexOf('}', start);
            if (close < 0) {
                return start + 1;
            }
            into.append(value(field, text.substring(start + 1, close)));
            return close + 1;
        }
        if (isSign(text.charAt(start))) {
            into.append(value(field, text.substring(start, start + 1)));
            return start + 1;
        }
        int end = start;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        into.append(end == start ? "$" : value(field, text.substring(start, end)));
        return end;
    }

    private String value(String field, String name) {
        return switch (name) {
            case "$" -> "$";
            case "ARGOCD_APP_NAME" -> request.application().name();
            case "ARGOCD_APP_NAMESPACE" -> request.application().namespace();
            case "ARGOCD_APP_PROJECT_NAME" -> request.application().project();
            case "ARGOCD_APP_REVISION" -> revision.get();
            case "ARGOCD_APP_REVISION_SHORT" -> shortened(SHORT);
            case "ARGOCD_APP_REVISION_SHORT_8" -> shortened(SHORT_8);
            case "ARGOCD_APP_SOURCE_PATH" -> declared("path");
            case "ARGOCD_APP_SOURCE_REPO_URL" -> KustomizeSource.withoutCredentials(declared("repoURL"));
            case "ARGOCD_APP_SOURCE_TARGET_REVISION" -> declared("targetRevision");
            case "KUBE_VERSION", "KUBE_API_VERSIONS" ->
                throw RefusedRender.ofSpec("spec.source.kustomize." + field + " uses " + name
                        + ", which is not supported yet; write the value itself");
            default -> "";
        };
    }

    private String shortened(int length) {
        String commit = revision.get();
        return commit.substring(0, Math.min(length, commit.length()));
    }

    private String declared(String field) {
        return request.source().path(field).asText("");
    }

    /// Digits and signs are names of their own, of one letter.
    private static boolean isSign(char c) {
        return "*#$@!?-".indexOf(c) >= 0 || (c >= '0' && c <= '9');
    }

    private static boolean isNamePart(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
