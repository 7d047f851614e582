package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A kind of Kubernetes objects in whatever version: `apps/Deployment`, `/Service`.
public record GroupKind(String group, String kind) implements Comparable<GroupKind> {
    public GroupKind {
        Check.noBar("group", group);
        Check.present("kind", kind);
    }

    @JsonCreator
    public static GroupKind parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a kind is written group/Kind, not " + text);
        }
        return new GroupKind(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(GroupKind other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return group + '/' + kind;
    }
}
