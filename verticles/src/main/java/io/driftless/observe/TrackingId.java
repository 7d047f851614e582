package io.driftless.observe;

import io.driftless.events.ApplicationName;
import io.driftless.events.ResourceId;
import java.util.Optional;

/// The annotation that says which application an object belongs to:
/// `<instance>:<group>/<Kind>:<namespace>/<name>`, where the instance is the application's name, or
/// `<namespace>_<name>` outside the control plane's namespace.
record TrackingId(String instance, ResourceId resource) {
    static final String ANNOTATION = "argocd.argoproj.io/tracking-id";

    /// Empty when the text is not a tracking id.
    static Optional<TrackingId> parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TrackingId(text.substring(0, colon), ResourceId.parse(text.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether this id was given to the object that carries it; controllers copy annotations to what they create. The
    /// namespace of a cluster-scoped object's id is that of its application's destination, so it says nothing.
    boolean names(ResourceId object) {
        return resource.group().equals(object.group())
                && resource.kind().equals(object.kind())
                && resource.name().equals(object.name())
                && (object.namespace().isEmpty() || resource.namespace().equals(object.namespace()));
    }

    /// The application it means; empty when the instance cannot be one's name.
    Optional<ApplicationName> application(String controlPlaneNamespace) {
        int mark = instance.indexOf('_');
        try {
            return Optional.of(
                    mark < 0
                            ? new ApplicationName(controlPlaneNamespace, instance)
                            : new ApplicationName(instance.substring(0, mark), instance.substring(mark + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
