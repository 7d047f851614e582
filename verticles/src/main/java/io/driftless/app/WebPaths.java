package io.driftless.app;

import io.driftless.http.RootPath;

/// Where the web port is seen by its clients.
///
/// @param root below which path everything is served here; empty for the root
/// @param base below which path browsers find the page; empty for the root
public record WebPaths(String root, String base) {
    public static final WebPaths NONE = new WebPaths("", "");

    public WebPaths {
        root = RootPath.normalised(root);
        base = base.isBlank() || base.strip().equals("/") ? root : RootPath.normalised(base);
    }
}
