package io.driftless.manifest.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The objects of one layer of a build, in order, no two with one identity.
final class ResourceList implements Iterable<KustomizeResource> {
    private final List<KustomizeResource> resources = new ArrayList<>();
    private final int limit;

    ResourceList(int limit) {
        this.limit = limit;
    }

    void addAll(Iterable<KustomizeResource> added, KustomizationFile by) {
        Set<KustomizeResource.Id> ids = new HashSet<>();
        resources.forEach(resource -> ids.add(resource.id()));
        for (KustomizeResource resource : added) {
            if (!ids.add(resource.id())) {
                throw RefusedRender.at(
                        resource.manifest().file(),
                        resource.manifest().line(),
                        "may not add resource with an already registered id: "
                                + resource.id().shown() + " (while building " + by.file() + "); remove one of the two");
            }
            resources.add(resource);
        }
        if (resources.size() > limit) {
            throw new RefusedRender(by.file() + ": the build has more than " + limit
                    + " objects, which is beyond the limit; split the application");
        }
    }

    void removeIf(Predicate<KustomizeResource> unwanted) {
        resources.removeIf(unwanted);
    }

    List<KustomizeResource> matching(Predicate<KustomizeResource> wanted) {
        return resources.stream().filter(wanted).toList();
    }

    List<KustomizeResource> all() {
        return resources;
    }

    @Override
    public Iterator<KustomizeResource> iterator() {
        return resources.iterator();
    }
}
