package io.driftless.manifest.web;

import org.jspecify.annotations.Nullable;

/// A file of a web server that was not read. The message names its address, the reason and a remedy, and may be shown.
public final class WebException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean passing;

    private WebException(String url, String what, boolean passing, @Nullable Throwable cause) {
        super("file " + shown(url) + " cannot be read: " + what, cause);
        this.passing = passing;
    }

    /// For messages: no credentials, no control characters.
    private static String shown(String url) {
        String text = url.length() > 200 ? url.substring(0, 200) + "…" : url;
        return text.replaceAll("\\p{Cntrl}", "?").replaceAll("//[^/@]*@", "//");
    }

    /// It can be read later without anybody changing the kustomization.
    static WebException unreachable(String url, String what, @Nullable Throwable cause) {
        return new WebException(url, what, true, cause);
    }

    static WebException refused(String url, String what) {
        return new WebException(url, what, false, null);
    }

    /// True when the same request may succeed later without anybody changing what names the file.
    public boolean passing() {
        return passing;
    }
}
