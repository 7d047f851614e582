package io.driftless.manifest.git;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The short way does not fit this host or this moment: JGit's ordinary fetch is tried instead.
final class FastPathUnavailable extends IOException {
    FastPathUnavailable(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
