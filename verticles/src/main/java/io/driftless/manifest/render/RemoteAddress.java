package io.driftless.manifest.render;

import io.driftless.kustomize.build.RepositoryUrl;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What an address of a web server can be, as far as its text tells. The reference asks for a file first, whatever the
/// text says; an address that is a repository for certain is spared that, one that is a file for certain is never
/// cloned.
enum RemoteAddress {
    REPOSITORY,
    FILE,
    EITHER;

    private static final Pattern MARKED = Pattern.compile("//|_git/|\\.git(/|$)");
    private static final List<String> MANIFESTS = List.of(".yaml", ".yml", ".json");

    static RemoteAddress of(String url) {
        if (RepositoryUrl.parse(url) == null) {
            return FILE;
        }
        String path = url.replaceFirst("^[^:]*://", "").replaceFirst("[?#].*$", "");
        if (MARKED.matcher(path).find()) {
            return REPOSITORY;
        }
        return MANIFESTS.stream().anyMatch(path.toLowerCase(Locale.ROOT)::endsWith) ? FILE : EITHER;
    }
}
