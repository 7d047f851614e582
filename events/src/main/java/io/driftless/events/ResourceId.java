package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Which Kubernetes object, whatever version it is written in: `group/Kind:namespace/name`, where
/// the group of core kinds and the namespace of cluster-scoped objects are empty. The same text
/// ends a tracking id.
public record ResourceId(String group, String kind, String namespace, String name) implements Comparable<ResourceId> {
    public ResourceId {
        Check.present("kind", kind);
        Check.present("name", name);
        Check.noBar("group", group);
        Check.noBar("kind", kind);
        Check.noBar("namespace", namespace);
        Check.noBar("name", name);
    }

    @JsonCreator
    public static ResourceId parse(String text) {
        int slash = text.indexOf('/');
        int colon = text.indexOf(':', slash + 1);
        int second = text.indexOf('/', colon + 1);
        if (slash < 0 || colon < 0 || second < 0) {
            throw new IllegalArgumentException("a resource is written group/Kind:namespace/name, not " + text);
        }
        return new ResourceId(
                text.substring(0, slash),
                text.substring(slash + 1, colon),
                text.substring(colon + 1, second),
                text.substring(second + 1));
    }

    /// The identity of an object with this `apiVersion`.
    public static ResourceId of(String apiVersion, String kind, String namespace, String name) {
        int slash = apiVersion.indexOf('/');
        return new ResourceId(slash < 0 ? "" : apiVersion.substring(0, slash), kind, namespace, name);
    }

    public GroupKind groupKind() {
        return new GroupKind(group, kind);
    }

    @Override
    public int compareTo(ResourceId other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return group + '/' + kind + ':' + namespace + '/' + name;
    }
}
