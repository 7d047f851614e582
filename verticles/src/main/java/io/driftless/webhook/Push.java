package io.driftless.webhook;

import io.driftless.events.PushEvent.Origin;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.RepositoryUrl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a hook says: a ref of a repository moved.
///
/// @param urls every URL under which the host says the repository can be reached
/// @param before object id before; null when new or unsaid
/// @param after object id after; null when deleted or unsaid
/// @param changedPaths all changed paths; null unless the host told all of them
record Push(
        List<String> urls,
        String ref,
        @Nullable String before,
        @Nullable String after,
        @Nullable List<String> changedPaths) {
    Push {
        urls = List.copyOf(urls);
        changedPaths = changedPaths == null ? null : List.copyOf(changedPaths);
    }

    /// One event for each spelling under which Applications may know the repository.
    List<RepositoryPushed> events(String provider) {
        return urls.stream()
                .map(RepositoryUrl::normalise)
                .filter(url -> !url.isBlank())
                .distinct()
                .map(url -> new RepositoryPushed(url, ref, before, after, changedPaths, Origin.WEBHOOK, provider))
                .toList();
    }
}
