package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.Condition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which Application deploys which, as their tracking ids say. Applications may deploy Applications, but not without
/// end.
final class Ancestry {
    /// How many Applications may stand above one.
    static final int DEEPEST = 10;

    private static final String TRACKING_ID = "argocd.argoproj.io/tracking-id";

    private final String home;
    private final Map<ApplicationName, ApplicationName> parents = new HashMap<>();
    private final Map<ApplicationName, Set<ApplicationName>> children = new HashMap<>();

    /// @param home the control plane's namespace, whose Applications are called by their bare names
    Ancestry(String home) {
        this.home = home;
    }

    /// Takes in an Application as it is now; true when another one deploys it than before.
    boolean put(ApplicationName name, JsonNode object) {
        return change(name, parent(name, object));
    }

    /// It is gone; true when another one had deployed it.
    boolean remove(ApplicationName name) {
        return change(name, null);
    }

    private boolean change(ApplicationName name, @Nullable ApplicationName parent) {
        ApplicationName before = parent == null ? parents.remove(name) : parents.put(name, parent);
        if (parent == null ? before == null : parent.equals(before)) {
            return false;
        }
        if (before != null) {
            Set<ApplicationName> left = children.get(before);
            if (left != null && left.remove(name) && left.isEmpty()) {
                children.remove(before);
            }
        }
        if (parent != null) {
            children.computeIfAbsent(parent, _ -> new LinkedHashSet<>()).add(name);
        }
        return true;
    }

    /// All that this one deploys, and what these deploy.
    Set<ApplicationName> below(ApplicationName name) {
        Set<ApplicationName> found = new LinkedHashSet<>();
        Deque<ApplicationName> next = new ArrayDeque<>(children.getOrDefault(name, Set.of()));
        while (!next.isEmpty()) {
            ApplicationName child = next.pop();
            if (found.add(child)) {
                next.addAll(children.getOrDefault(child, Set.of()));
            }
        }
        return found;
    }

    /// What is to be said of where an Application comes from: an error where it is too deep, a warning where it is
    /// part of a circle. That is no error, so that a commit can take it out of the circle again.
    List<Condition> conditions(ApplicationName name) {
        List<ApplicationName> line = new ArrayList<>(List.of(name));
        Set<ApplicationName> seen = new HashSet<>(line);
        ApplicationName above = parents.get(name);
        while (above != null && seen.add(above)) {
            line.add(above);
            if (line.size() > DEEPEST + 1) {
                return List.of(tooDeep(line));
            }
            above = parents.get(above);
        }
        return name.equals(above) ? List.of(circle(line)) : List.of();
    }

    private static Condition tooDeep(List<ApplicationName> line) {
        return new Condition(
                Condition.INVALID_SPEC_ERROR,
                "more than " + DEEPEST + " Applications deploy one another down to this one (" + text(line)
                        + "): let one further up deploy it");
    }

    private static Condition circle(List<ApplicationName> line) {
        List<ApplicationName> round = new ArrayList<>(line);
        round.add(line.getFirst());
        String who =
                line.size() == 1 ? "this Application deploys itself" : "Applications deploy one another in a circle";
        return new Condition(
                Condition.APPLICATION_CYCLE_WARNING,
                who + " (" + text(round)
                        + "): deleting or pruning one of them reaches all; take it out of the repository of "
                        + round.get(1));
    }

    private static String text(List<ApplicationName> upwards) {
        return upwards.reversed().stream().map(ApplicationName::toString).collect(Collectors.joining(" > "));
    }

    private @Nullable ApplicationName parent(ApplicationName name, JsonNode object) {
        String id =
                object.path("metadata").path("annotations").path(TRACKING_ID).asText("");
        int colon = id.indexOf(':');
        if (colon <= 0 || !id.substring(colon + 1).equals("argoproj.io/Application:" + name)) {
            return null;
        }
        String instance = id.substring(0, colon);
        int mark = instance.indexOf('_');
        try {
            return mark < 0
                    ? new ApplicationName(home, instance)
                    : new ApplicationName(instance.substring(0, mark), instance.substring(mark + 1));
        } catch (IllegalArgumentException notAName) {
            return null;
        }
    }
}
