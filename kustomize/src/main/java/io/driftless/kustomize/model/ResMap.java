package io.driftless.kustomize.model;

import io.driftless.kustomize.KustomizeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The resources of a build in their order; no two may have the same id when one is added.
public final class ResMap {
    private List<Resource> resources = new ArrayList<>();
    /// Ids of all resources, kept only while nothing but additions happens.
    private @Nullable Set<ResId.Key> ids;

    public List<Resource> resources() {
        return Collections.unmodifiableList(resources);
    }

    public int size() {
        return resources.size();
    }

    /// Tells that resources may have changed since ids were last looked at.
    public void changed() {
        ids = null;
    }

    public void add(Resource resource) {
        if (!ids().add(resource.currentId().key())) {
            throw new KustomizeException("may not add resource with an already registered id: " + resource.currentId());
        }
        resources.add(resource);
    }

    private Set<ResId.Key> ids() {
        Set<ResId.Key> known = ids;
        if (known == null) {
            known = HashSet.newHashSet(resources.size() + 16);
            for (Resource resource : resources) {
                known.add(resource.currentId().key());
            }
            ids = known;
        }
        return known;
    }

    public void addAll(Iterable<Resource> more) {
        for (Resource resource : more) {
            add(resource);
        }
    }

    /// Replaces all resources; fails where two of them have one id.
    public void replaceAll(List<Resource> with) {
        resources = new ArrayList<>(with.size());
        ids = null;
        addAll(with);
    }

    /// The same without looking at ids.
    public void replaceAllUnchecked(List<Resource> with) {
        resources = new ArrayList<>(with);
        ids = null;
    }

    public void dropGone() {
        if (resources.removeIf(Resource::isGone)) {
            ids = null;
        }
    }

    public List<Resource> matchingAnyId(Predicate<ResId> matches) {
        List<Resource> found = new ArrayList<>();
        for (Resource resource : resources) {
            if (!resource.isGone() && hasId(resource, matches)) {
                found.add(resource);
            }
        }
        return found;
    }

    private static boolean hasId(Resource resource, Predicate<ResId> matches) {
        for (ResId id : resource.previousIds()) {
            if (matches.test(id)) {
                return true;
            }
        }
        return matches.test(resource.currentId());
    }

    /// The one resource that has or had this id.
    public Resource get(ResId id) {
        List<Resource> found = matchingAnyId(id::means);
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new KustomizeException((found.isEmpty() ? "no" : "multiple") + " matches for Id " + id
                + "; failed to find unique target for patch " + id);
    }

    /// Adds a generated resource, or lets it replace or extend the one of its id.
    public void absorb(Resource generated) {
        changed();
        ResId id = generated.currentId();
        List<Resource> matches = matchingAnyId(id::means);
        String given = generated.annotation(BuildNotes.BEHAVIOR);
        String behavior = given == null ? "unspecified" : given;
        boolean merge = behavior.equals("merge");
        boolean replace = behavior.equals("replace");
        if (matches.isEmpty()) {
            if (merge || replace) {
                throw new KustomizeException("id " + dump(id) + " does not exist; cannot merge or replace");
            }
            add(generated);
            return;
        }
        if (matches.size() > 1) {
            throw new KustomizeException("found multiple objects "
                    + matches.stream().map(Resource::currentId).toList() + " that could accept merge of " + id);
        }
        if (!merge && !replace) {
            throw new KustomizeException("id " + dump(id) + " exists; can not use behavior: '" + behavior
                    + "', behavior must be merge or replace");
        }
        Resource old = matches.getFirst();
        GeneratedMerge.apply(generated, old, merge);
        int at = resources.indexOf(old);
        if (resources.stream().noneMatch(one -> one.currentId().means(generated.currentId()))) {
            throw new KustomizeException("cannot find resource with id " + generated.currentId() + " to replace");
        }
        resources.set(at, generated);
        changed();
    }

    private static String dump(ResId id) {
        return "resid.ResId{Gvk:resid.Gvk{Group:\"" + id.gvk().group() + "\", Version:\""
                + id.gvk().version() + "\", Kind:\""
                + id.gvk().kind() + "\", isClusterScoped:" + id.clusterScoped() + "}, Name:\"" + id.name()
                + "\", Namespace:\"" + id.namespace() + "\"}";
    }
}
