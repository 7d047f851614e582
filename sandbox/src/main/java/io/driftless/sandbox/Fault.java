package io.driftless.sandbox;

import java.util.Set;

/// Something that goes wrong on command: which requests it meets, what happens to them, and how often.
///
/// @param verbs get, list, watch, create, update, patch, apply, delete; empty for all
/// @param resource such as `pods` or `deployments.apps`; empty for all
/// @param namespace empty for all
/// @param name empty for all
/// @param client the name before the slash in the client's `User-Agent`; empty for all
/// @param times how many requests it meets before it is over; 0 for as many as come until it is removed
public record Fault(
        Set<String> verbs, String resource, String namespace, String name, String client, int times, Effect effect) {
    private static final Set<String> VERBS =
            Set.of("get", "list", "watch", "create", "update", "patch", "apply", "delete");

    public Fault {
        verbs = Set.copyOf(verbs);
        if (!VERBS.containsAll(verbs)) {
            throw new IllegalArgumentException("verbs " + verbs + " must be among " + VERBS);
        }
        if (times < 0) {
            throw new IllegalArgumentException("times must not be negative, but is " + times);
        }
    }

    /// What happens to a request.
    public sealed interface Effect {}

    /// It is handled as usual, but later.
    public record Delay(long millis) implements Effect {
        public Delay {
            if (millis < 0 || millis > 600_000) {
                throw new IllegalArgumentException("millis must be from 0 to 600000, but is " + millis);
            }
        }
    }

    /// It is refused and changes nothing.
    ///
    /// @param retryAfterSeconds sent as `Retry-After`; 0 for none
    public record Refuse(int code, int retryAfterSeconds) implements Effect {
        public Refuse {
            if (code < 400 || code > 599 || retryAfterSeconds < 0) {
                throw new IllegalArgumentException(
                        "code must be from 400 to 599 and retryAfterSeconds not negative, but they are " + code
                                + " and " + retryAfterSeconds);
            }
        }
    }

    /// The connection is closed instead of an answer, and nothing is changed.
    public record Close() implements Effect {}

    /// The connection carries bytes that are no HTTP, and is closed: what a broken TLS session looks like.
    public record Garble() implements Effect {}

    /// It is done, but the connection is closed before the answer.
    public record LoseAnswer() implements Effect {}

    /// A watch that is cut off after this many events.
    public record CutAfter(int events) implements Effect {}

    /// Every request to which `effect` applies, until it is removed.
    public static Fault always(Effect effect) {
        return new Fault(Set.of(), "", "", "", "", 0, effect);
    }

    /// The same for the next `count` requests only.
    public Fault times(int count) {
        return new Fault(verbs, resource, namespace, name, client, count, effect);
    }

    /// The same for these verbs only.
    public Fault on(String... some) {
        return new Fault(Set.of(some), resource, namespace, name, client, times, effect);
    }

    /// The same for one resource only, such as `deployments.apps`.
    public Fault of(String some) {
        return new Fault(verbs, some, namespace, name, client, times, effect);
    }

    /// The same for one object only; an empty name for all of the namespace.
    public Fault at(String inNamespace, String named) {
        return new Fault(verbs, resource, inNamespace, named, client, times, effect);
    }

    /// The same for one client only.
    public Fault from(String some) {
        return new Fault(verbs, resource, namespace, name, some, times, effect);
    }

    boolean meets(Call call) {
        return (verbs.isEmpty() || verbs.contains(call.verb()))
                && (resource.isEmpty() || resource.equals(call.path().type().id()))
                && (namespace.isEmpty() || namespace.equals(call.path().namespace()))
                && (name.isEmpty() || name.equals(call.path().name()))
                && (client.isEmpty() || client.equals(call.client()))
                && (!(effect instanceof CutAfter) || call.verb().equals("watch"));
    }
}
