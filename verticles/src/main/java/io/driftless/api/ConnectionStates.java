package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.settings.HttpLogin;
import io.driftless.settings.RepositoryLogins;
import io.driftless.settings.RepositorySecret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Whether repositories answer, as of the last look, which is repeated after an hour.
final class ConnectionStates {
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    private static final int MOST_AT_ONCE = 100;
    private final Map<Place, State> states = new ConcurrentHashMap<>();

    /// Two projects may open one repository differently.
    private record Place(String url, String project) {
        static Place of(JsonNode secret) {
            return new Place(RepositorySecret.url(secret), RepositorySecret.project(secret));
        }
    }

    /// @param at null for one that is never looked at
    private record State(String message, @Nullable Instant at) {}

    /// Looks at those that were not looked at lately, side by side. Blocks.
    void look(List<JsonNode> secrets, RepositoryLogins logins, boolean again) {
        List<Thread> looks = new ArrayList<>();
        Instant old = Instant.now().minus(GOOD_FOR);
        for (JsonNode secret : secrets) {
            String url = RepositorySecret.url(secret);
            Place place = Place.of(secret);
            String type = RepositorySecret.type(secret);
            if (!type.equals("git")) {
                states.put(place, new State("a repository of type " + type + " is kept, and not looked at", null));
                continue;
            }
            State known = states.get(place);
            if (looks.size() < MOST_AT_ONCE
                    && (again
                            || known == null
                            || known.at() == null
                            || known.at().isBefore(old))) {
                HttpLogin login = logins.of(url, place.project()).orElse(HttpLogin.NONE);
                looks.add(Thread.startVirtualThread(() -> states.put(place, seen(url, login))));
            }
        }
        try {
            for (Thread look : looks) {
                look.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static State seen(String url, HttpLogin login) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            GitRemote.refs(url, login);
            return new State("", now);
        } catch (HttpFailure e) {
            return new State(e.text(), now);
        }
    }

    ObjectNode of(JsonNode secret) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        State state = states.get(Place.of(secret));
        if (state == null) {
            return node.put("status", "Unknown");
        }
        if (state.at() == null) {
            return node.put("status", "Unknown").put("message", state.message());
        }
        node.put("status", state.message().isEmpty() ? "Successful" : "Failed");
        if (!state.message().isEmpty()) {
            node.put("message", state.message());
        }
        return node.put("attemptedAt", state.at().toString());
    }

    void forget(JsonNode secret) {
        states.remove(Place.of(secret));
    }
}
