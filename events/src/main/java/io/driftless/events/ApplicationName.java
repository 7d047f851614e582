package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Which Application: the namespace and name of its custom resource. Written `namespace/name`.
public record ApplicationName(String namespace, String name) implements Comparable<ApplicationName> {
    public ApplicationName {
        Check.name("namespace", namespace);
        Check.name("name", name);
    }

    @JsonCreator
    public static ApplicationName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("an application is written namespace/name, not " + text);
        }
        return new ApplicationName(text.substring(0, slash), text.substring(slash + 1));
    }

    /// The name that tracking ids and labels carry: `name`, or `namespace_name` outside the control plane's namespace
    /// (Argo CD: applications in any namespace).
    public String instanceName(String controlPlaneNamespace) {
        return namespace.equals(controlPlaneNamespace) ? name : namespace + '_' + name;
    }

    @Override
    public int compareTo(ApplicationName other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return namespace + '/' + name;
    }
}
