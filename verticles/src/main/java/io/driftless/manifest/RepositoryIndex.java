package io.driftless.manifest;

import io.driftless.manifest.git.Opening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/// Which repositories and revisions the applications of this instance follow, and through which opening.
final class RepositoryIndex {
    private final Map<String, Map<String, Followed>> repositories = new ConcurrentHashMap<>();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /// A repository that somebody follows: one of its URLs, whose credentials open it, and what is followed in it.
    record Followed(Opening opening, Map<String, TrackedRevision> revisions) {}

    private record Place(Opening opening, String project, String targetRevision) {
        boolean same(Place other) {
            return opening.repository().equals(other.opening.repository())
                    && opening.key().equals(other.opening.key())
                    && targetRevision.equals(other.targetRevision);
        }
    }

    /// Makes `subject` follow its source, and nothing else. Call before the repository is asked, so that a push
    /// in between is not missed.
    synchronized TrackedRevision follow(String subject, Opening opening, String project, String targetRevision) {
        Place place = new Place(opening, project, targetRevision);
        Place before = places.get(subject);
        if (before != null && !before.same(place)) {
            leave(subject);
        }
        places.put(subject, place);
        TrackedRevision tracked = repositories
                .computeIfAbsent(opening.repository(), key -> new ConcurrentHashMap<>())
                .computeIfAbsent(opening.key(), key -> new Followed(opening, new ConcurrentHashMap<>()))
                .revisions()
                .computeIfAbsent(targetRevision, key -> new TrackedRevision());
        tracked.follow(subject);
        return tracked;
    }

    synchronized void leave(String subject) {
        Place place = places.remove(subject);
        if (place == null) {
            return;
        }
        Map<String, Followed> openings = repositories.get(place.opening().repository());
        Followed followed =
                openings == null ? null : openings.get(place.opening().key());
        if (openings == null || followed == null) {
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
            openings.remove(place.opening().key());
            if (openings.isEmpty()) {
                repositories.remove(place.opening().repository());
            }
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

    /// Those who follow through an opening that is theirs no more, because Secrets changed.
    ///
    /// @param now the opening of a URL for a project
    Set<String> strayed(BiFunction<String, String, Opening> now) {
        record Asked(String url, String project) {}
        Map<Asked, String> owners = new HashMap<>();
        Set<String> strayed = new HashSet<>();
        places.forEach((subject, place) -> {
            String owner = owners.computeIfAbsent(
                    new Asked(place.opening().url(), place.project()),
                    asked -> now.apply(asked.url(), asked.project()).owner());
            if (!owner.equals(place.opening().owner())) {
                strayed.add(subject);
            }
        });
        return strayed;
    }

    /// Through what a repository is followed; empty where nobody follows it.
    List<Followed> repository(String normalisedUrl) {
        Map<String, Followed> openings = repositories.get(normalisedUrl);
        return openings == null ? List.of() : List.copyOf(openings.values());
    }

    /// Everything that is followed.
    List<Followed> all() {
        List<Followed> all = new ArrayList<>();
        repositories.values().forEach(openings -> all.addAll(openings.values()));
        return all;
    }
}
