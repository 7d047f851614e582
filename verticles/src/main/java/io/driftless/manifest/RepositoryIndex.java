package io.driftless.manifest;

import io.driftless.events.ApplicationSpec;
import io.driftless.events.RepositoryUrl;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which repositories and revisions the applications of this instance follow.
final class RepositoryIndex {
    private final Map<String, Followed> repositories = new ConcurrentHashMap<>();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /// A repository that somebody follows: one of its URLs, and what is followed in it.
    record Followed(String url, Map<String, TrackedRevision> revisions) {}

    private record Place(String repository, String targetRevision) {}

    /// Makes `subject` follow its source, and nothing else. Call before the repository is asked, so that a push
    /// in between is not missed.
    synchronized TrackedRevision follow(String subject, ApplicationSpec.Source source) {
        Place place = new Place(RepositoryUrl.normalise(source.repoURL()), source.targetRevision());
        if (!place.equals(places.get(subject))) {
            leave(subject);
        }
        places.put(subject, place);
        TrackedRevision tracked = repositories
                .computeIfAbsent(place.repository(), key -> new Followed(source.repoURL(), new ConcurrentHashMap<>()))
                .revisions()
                .computeIfAbsent(place.targetRevision(), key -> new TrackedRevision());
        tracked.follow(subject);
        return tracked;
    }

    synchronized void leave(String subject) {
        Place place = places.remove(subject);
        if (place == null) {
            return;
        }
        Followed followed = repositories.get(place.repository());
        if (followed == null) {
            return;
        }
        TrackedRevision tracked = followed.revisions().get(place.targetRevision());
        if (tracked != null) {
            tracked.leave(subject);
            if (tracked.abandoned()) {
                followed.revisions().remove(place.targetRevision());
            }
        }
        if (followed.revisions().isEmpty()) {
            repositories.remove(place.repository());
        }
    }

    synchronized void retain(Set<String> subjects) {
        for (String subject : Set.copyOf(places.keySet())) {
            if (!subjects.contains(subject)) {
                leave(subject);
            }
        }
    }

    Set<String> subjects() {
        return Set.copyOf(places.keySet());
    }

    @Nullable
    Followed repository(String normalisedUrl) {
        return repositories.get(normalisedUrl);
    }

    /// The repositories followed, by normalised URL.
    Map<String, Followed> repositories() {
        return Map.copyOf(repositories);
    }
}
