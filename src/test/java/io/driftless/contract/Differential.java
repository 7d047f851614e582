package io.driftless.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.contract.RandomRequests.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;

/// The same requests to two servers, one after the other. What they answer otherwise is told with what led to it.
final class Differential {
    private static final int REQUESTS = 14;
    private static final String NAME = "o";
    private final Side left;
    private final Side right;

    Differential(Api left, String leftNamespace, Api right, String rightNamespace) {
        this.left = new Side(left, leftNamespace);
        this.right = new Side(right, rightNamespace);
    }

    /// One of the servers. What is fresh or stale is known of the object as it was when somebody last looked.
    private record Side(Api api, String namespace) {
        Answer answer(Asked asked, JsonNode before) {
            String body = asked.body()
                    .replace("@fresh", before.at("/metadata/resourceVersion").asText("1"))
                    .replace("@stale", "1")
                    .replace("{ns}", namespace)
                    .replace("@uid", before.at("/metadata/uid").asText("none"));
            return api.send(asked.method(), in(asked.path()), asked.type(), body);
        }

        JsonNode object(String path) {
            return api.get(in(path)).body();
        }

        void remove(String path) {
            api.delete(in(path), "{gracePeriodSeconds: 0, propagationPolicy: Background}");
            if (object(path).at("/metadata/finalizers").isArray()) {
                api.merge(in(path), "metadata: {finalizers: null}");
            }
        }

        /// Waits until an object is gone that nothing holds but its protection, which a controller takes away.
        void awaitRelease(String path) {
            Awaitility.await("release of " + path)
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        JsonNode metadata = object(path).path("metadata");
                        return !metadata.has("deletionTimestamp") || !Likened.isProtection(metadata.path("finalizers"));
                    });
        }

        private String in(String path) {
            return path.replace("{ns}", namespace);
        }
    }

    /// What differs in the requests of a seed about one kind. After a difference the object is made anew on both.
    List<String> of(long seed, RandomKind kind) {
        RandomRequests requests = new RandomRequests(new Random(seed), kind, NAME);
        String object = kind.path() + "/" + NAME;
        List<Asked> asked = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Asked next = asked.isEmpty() ? requests.makeForCertain() : i == 0 ? requests.create() : requests.next();
            asked.add(next);
            Optional<String> differs = differs(kind, next, object);
            if (differs.isPresent()) {
                differences.add(kind.resource() + ", seed " + seed + "\n" + history(asked) + differs.get());
                remove(object);
                asked.clear();
            }
        }
        remove(object);
        if (kind.controlled()) {
            // Requests may have made it too, and controllers would bring it together with others.
            remove(kind.path() + "/other");
        }
        return differences;
    }

    void remove(String object) {
        left.remove(object);
        right.remove(object);
    }

    Optional<String> differs(RandomKind kind, Asked asked, String object) {
        String one = "";
        String other = "";
        // Controllers write in between to what is theirs; a version that was fresh is tried again then.
        for (int attempt = 0; attempt < (kind.controlled() ? 4 : 1); attempt++) {
            if (kind.controlled()) {
                left.awaitRelease(object);
                right.awaitRelease(object);
            }
            Answer here = left.answer(asked, left.object(object));
            Answer there = right.answer(asked, right.object(object));
            one = Likened.of(here, left.namespace(), kind.controlled());
            other = Likened.of(there, right.namespace(), kind.controlled());
            if (one.equals(other)) {
                return Optional.empty();
            }
            if (here.code() == there.code() || here.code() != 409 && there.code() != 409) {
                break;
            }
        }
        return Optional.of(lines(one, other));
    }

    private static String history(List<Asked> asked) {
        StringBuilder text = new StringBuilder();
        asked.subList(Math.max(0, asked.size() - 6), asked.size())
                .forEach(each -> text.append("  ").append(each).append('\n'));
        return text.toString();
    }

    /// What one has and the other has not: whole lines, or the message where one of them refuses.
    private static String lines(String one, String other) {
        StringBuilder text = new StringBuilder();
        List<String> onlyThere = new ArrayList<>(told(other, one));
        told(one, other).forEach(line -> {
            if (!onlyThere.remove(line)) {
                text.append("  real    ").append(line).append('\n');
            }
        });
        onlyThere.forEach(line -> text.append("  sandbox ").append(line).append('\n'));
        return text.isEmpty() ? "  the order differs\n" + one + "\n" + other : text.toString();
    }

    private static List<String> told(String answer, String other) {
        List<String> lines = answer.lines().toList();
        return lines.getFirst().equals(other.lines().findFirst().orElse(""))
                ? lines
                : lines.stream()
                        .filter(line -> line.equals(lines.getFirst())
                                || line.contains("\"message\"")
                                || line.contains("\"field\""))
                        .toList();
    }
}
