package io.driftless.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.ChildEvent.Owner;
import io.driftless.events.GroupKind;
import io.driftless.events.ResourceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who owns whom on one cluster, and so which application an object lies below. Objects may come
/// before their owners and after them. A change costs what lies below the object that changed. Safe
/// for many threads; what is told is told in order.
final class ChildIndex {
    /// Longer chains of owners than this do not lead anywhere.
    private static final int DEEPEST = 10;

    /// A resource that an application deployed.
    ///
    /// @param claims names of the templates of volume claims
    private record Root(ResourceId id, ApplicationName application, Set<String> claims) {}

    /// What is to be known of an object from now on.
    interface Told {
        /// It lies below one of an application.
        void below(ChildObserved child);

        /// It is gone, or below none any more.
        void gone(String uid);
    }

    private final String server;
    private final Told told;
    private final Map<String, Root> roots = new HashMap<>();
    private final Map<ResourceId, String> rootUids = new HashMap<>();
    private final Map<String, Child> children = new HashMap<>();
    private final Map<String, Set<String>> owned = new HashMap<>();

    ChildIndex(String server, Told told) {
        this.server = server;
        this.told = told;
    }

    /// An application deployed this object.
    synchronized void root(ApplicationName application, ResourceId id, JsonNode object) {
        String uid = object.path("metadata").path("uid").asText("");
        Root root = new Root(id, application, ClaimNames.templates(object));
        if (!root.equals(roots.put(uid, root))) {
            rootUids.put(id, uid);
            // An object that is tracked itself is told on `live`.
            told.gone(uid);
            judgeBelow(uid);
        }
    }

    /// No application has this object any more.
    synchronized void rootGone(String uid) {
        Root root = roots.remove(uid);
        if (root != null) {
            rootUids.remove(root.id(), uid);
            judge(uid);
            judgeBelow(uid);
        }
    }

    synchronized void put(Child child) {
        Child before = children.put(child.uid(), child);
        if (before == null || !before.owners().equals(child.owners())) {
            unlink(before);
            owners(child)
                    .forEach(owner ->
                            owned.computeIfAbsent(owner, o -> new HashSet<>()).add(child.uid()));
            judge(child.uid());
            judgeBelow(child.uid());
        } else {
            judge(child.uid());
        }
    }

    synchronized void remove(String uid) {
        Child before = children.remove(uid);
        if (before != null) {
            unlink(before);
            told.gone(uid);
            judgeBelow(uid);
        }
    }

    /// The objects of these kinds that are known.
    synchronized Set<String> ofKind(GroupKind kind) {
        Set<String> uids = new HashSet<>();
        children.forEach((uid, child) -> {
            if (child.id().groupKind().equals(kind)) {
                uids.add(uid);
            }
        });
        return uids;
    }

    private void unlink(@Nullable Child child) {
        if (child != null) {
            for (String owner : owners(child)) {
                Set<String> below = owned.get(owner);
                if (below != null && below.remove(child.uid()) && below.isEmpty()) {
                    owned.remove(owner);
                }
            }
        }
    }

    private static List<String> owners(Child child) {
        List<String> uids = new ArrayList<>();
        child.owners().forEach(owner -> uids.add(owner.uid()));
        return uids.isEmpty() ? ClaimNames.setsOf(child.id()) : uids;
    }

    private void judgeBelow(String top) {
        Set<String> seen = new HashSet<>(Set.of(top));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String uid = open.removeFirst();
            Set<String> below = new HashSet<>(owned.getOrDefault(uid, Set.of()));
            Root root = roots.get(uid);
            if (root != null) {
                below.addAll(owned.getOrDefault(root.id().toString(), Set.of()));
            }
            for (String child : below) {
                if (seen.add(child)) {
                    judge(child);
                    open.add(child);
                }
            }
        }
    }

    private void judge(String uid) {
        Child child = children.get(uid);
        if (child == null) {
            return;
        }
        List<Owner> known = new ArrayList<>();
        ApplicationName application = roots.containsKey(uid) ? null : application(child, known);
        if (application == null) {
            told.gone(uid);
        } else {
            told.below(child.of(application, server, known));
        }
    }

    /// The application a child lies below, and its owners that are known.
    private @Nullable ApplicationName application(Child child, List<Owner> known) {
        ApplicationName found = null;
        for (Owner owner : child.owners()) {
            ResourceId id = id(owner.uid());
            if (id != null && mayOwn(id, child.id())) {
                known.add(new Owner(owner.apiVersion(), id, owner.uid()));
                found = found == null ? above(owner.uid(), 1) : found;
            }
        }
        for (String set : child.owners().isEmpty() ? ClaimNames.setsOf(child.id()) : List.<String>of()) {
            ResourceId id = ResourceId.parse(set);
            String uid = rootUids.getOrDefault(id, "");
            Root root = roots.get(uid);
            if (root != null && ClaimNames.made(child.id(), id, root.claims())) {
                known.add(new Owner("apps/v1", id, uid));
                return root.application();
            }
        }
        return found;
    }

    private @Nullable ApplicationName above(String uid, int depth) {
        Root root = roots.get(uid);
        if (root != null) {
            return root.application();
        }
        Child child = children.get(uid);
        if (child == null || depth > DEEPEST) {
            return null;
        }
        for (Owner owner : child.owners()) {
            ResourceId id = id(owner.uid());
            ApplicationName found = id != null && mayOwn(id, child.id()) ? above(owner.uid(), depth + 1) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable ResourceId id(String uid) {
        Root root = roots.get(uid);
        Child child = children.get(uid);
        return root != null ? root.id() : child != null ? child.id() : null;
    }

    /// What an object says of its owners counts where Kubernetes would let it count.
    private static boolean mayOwn(ResourceId owner, ResourceId object) {
        return owner.namespace().isEmpty() || owner.namespace().equals(object.namespace());
    }
}
