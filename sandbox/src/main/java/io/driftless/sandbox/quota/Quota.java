package io.driftless.sandbox.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One ResourceQuota: what it lets through, and what is used of it. A bound is in force once it is in the status.
public record Quota(JsonNode object) {
    /// What each container has to say where a quota counts it.
    private static final Set<String> TO_BE_SAID =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    private String name() {
        return object.path("metadata").path("name").asText();
    }

    /// Judges a new object, or the next state of one.
    ///
    /// @param type such as `pods` or `deployments.apps`
    public Verdict judge(String type, JsonNode next, @Nullable JsonNode before) {
        Amounts hard = Amounts.of(object.path("status").path("hard"));
        Set<String> meant = new TreeSet<>(hard.names());
        meant.removeIf(name -> !Usage.type(name).equals(type));
        if (meant.isEmpty() || !Scopes.match(object.path("spec"), type, next)) {
            return new Verdict.Unaffected();
        }
        String unsaid = type.equals("pods") ? unsaid(meant, next.path("spec")) : "";
        if (!unsaid.isEmpty()) {
            return new Verdict.Refused("failed quota: " + name() + ": must specify " + unsaid);
        }
        Amounts used = Amounts.of(object.path("status").path("used"));
        Set<String> unknown = new TreeSet<>(meant);
        unknown.removeAll(used.names());
        if (!unknown.isEmpty()) {
            return new Verdict.Refused(
                    "status unknown for quota: " + name() + ", resources: " + String.join(",", unknown));
        }
        Amounts usage = Usage.of(type, next);
        Amounts asked = (before == null ? usage : usage.minus(Usage.of(type, before)))
                .only(meant)
                .withoutNothings();
        return asked.isEmpty() ? new Verdict.Unaffected() : charge(asked, used, hard);
    }

    private Verdict charge(Amounts asked, Amounts used, Amounts hard) {
        Amounts after = used.plus(asked);
        Set<String> beyond = after.only(asked.more()).beyond(hard);
        return beyond.isEmpty()
                ? new Verdict.Counted(after.toJson())
                : new Verdict.Refused("exceeded quota: " + name() + ", requested: " + asked.only(beyond) + ", used: "
                        + used.only(beyond) + ", limited: " + hard.only(beyond));
    }

    /// Which containers leave out what is counted, in the words of a refusal; empty where none does.
    private static String unsaid(Set<String> meant, JsonNode spec) {
        Set<String> wanted = new TreeSet<>(meant);
        wanted.retainAll(TO_BE_SAID);
        wanted.removeAll(said(spec));
        if (wanted.isEmpty()) {
            return "";
        }
        TreeMap<String, Set<String>> silent = new TreeMap<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                Set<String> said = said(container);
                for (String name : wanted) {
                    if (!said.contains(name)) {
                        silent.computeIfAbsent(name, _ -> new TreeSet<>())
                                .add(container.path("name").asText());
                    }
                }
            }
        }
        return silent.entrySet().stream()
                .map(e -> e.getKey() + " for: " + String.join(",", e.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static Set<String> said(JsonNode container) {
        return Usage.computed(PodAmounts.own(container, "requests"), PodAmounts.own(container, "limits"))
                .names();
    }

    /// The types whose objects this quota counts.
    public Set<String> types() {
        Set<String> types = new HashSet<>();
        object.path("spec").path("hard").fieldNames().forEachRemaining(name -> types.add(Usage.type(name)));
        types.remove("");
        return types;
    }

    /// What is used, counted anew, in the form of `status.used`. What no kind is served for is left out.
    ///
    /// @param objects the objects of a type in the namespace; null where there is no such type
    public ObjectNode count(Function<String, @Nullable List<? extends JsonNode>> objects) {
        JsonNode spec = object.path("spec");
        Set<String> hard = Amounts.of(spec.path("hard")).names();
        Amounts used = Amounts.NONE;
        for (String type : types()) {
            List<? extends JsonNode> all = objects.apply(type);
            if (all == null) {
                continue;
            }
            Set<String> meant = new HashSet<>(hard);
            meant.removeIf(name -> !Usage.type(name).equals(type));
            for (String name : meant) {
                used = used.with(name, Amount.NOTHING);
            }
            for (JsonNode one : all) {
                if (Scopes.match(spec, type, one)) {
                    used = used.plus(Usage.of(type, one).only(meant));
                }
            }
        }
        return used.toJson();
    }

    /// Whether more may be allowed by the state of a quota than by the one before.
    public static boolean eased(JsonNode before, JsonNode now) {
        Amounts then = Amounts.of(before.path("status").path("used"));
        return !before.path("status").path("hard").equals(now.path("status").path("hard"))
                || !then.beyond(Amounts.of(now.path("status").path("used"))).isEmpty();
    }
}
