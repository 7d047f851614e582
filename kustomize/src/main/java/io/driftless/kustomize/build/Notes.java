package io.driftless.kustomize.build;

import io.driftless.kustomize.model.BuildNotes;
import io.driftless.kustomize.model.Resource;

/// Takes the build's notes off a finished resource, except those the kustomization asks for.
final class Notes {
    private Notes() {}

    static void remove(Resource resource, boolean keepOrigin, boolean keepTransformations) {
        resource.removeBuildNotes();
        if (!keepOrigin) {
            resource.putAnnotation(BuildNotes.ORIGIN, null);
        }
        if (!keepTransformations) {
            resource.putAnnotation(BuildNotes.TRANSFORMATIONS, null);
        }
    }
}
