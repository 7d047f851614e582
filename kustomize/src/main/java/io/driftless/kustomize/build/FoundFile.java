package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Kustomization;
import java.util.List;

/// The kustomization file of a directory, under the one of its names that is there.
record FoundFile(String name, Kustomization content) {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    static FoundFile in(Loader loader) {
        String text = null;
        String name = "";
        for (String candidate : NAMES) {
            String found = loader.optionalText(candidate);
            if (found == null) {
                continue;
            }
            if (text != null) {
                throw new KustomizeException("Found multiple kustomization files under: " + loader.root() + "\n");
            }
            text = found;
            name = candidate;
        }
        if (text == null) {
            throw new KustomizeException("unable to find one of 'kustomization.yaml', 'kustomization.yml' or"
                    + " 'Kustomization' in directory '" + loader.root() + "'");
        }
        return new FoundFile(
                name, Kustomization.read(text, loader.root(), loader.budget().limits()));
    }
}
