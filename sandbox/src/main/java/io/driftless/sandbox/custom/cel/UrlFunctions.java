package io.driftless.sandbox.custom.cel;

import java.util.List;

/// URLs and their parts.
final class UrlFunctions {
    private static final String SELF = "kubernetes.URL";

    static final List<Function> ALL = List.of(
            Function.one("url(string): " + SELF, text -> UrlReader.read((String) text)),
            Function.one(SELF + "::getScheme(): string", url -> ((Url) url).scheme()),
            Function.one(SELF + "::getHost(): string", url -> ((Url) url).host()),
            Function.one(SELF + "::getHostname(): string", url -> ((Url) url).hostname()),
            Function.one(SELF + "::getPort(): string", url -> ((Url) url).port()),
            Function.one(SELF + "::getEscapedPath(): string", url -> ((Url) url).escapedPath()),
            Function.one(SELF + "::getQuery(): map(string, list(string))", url -> ((Url) url).parameters()),
            Function.one("isURL(string): bool", text -> Foreigners.isOne(() -> UrlReader.strict((String) text))));

    private UrlFunctions() {}
}
