package io.driftless.manifest.render;

import io.driftless.objects.yaml.YamlOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Manifests that a user rendered himself, each a text of JSON or YAML.
public final class GivenManifests {
    private GivenManifests() {}

    public static RenderResult read(List<String> texts) {
        try {
            List<Manifest> manifests = new ArrayList<>();
            for (String text : texts) {
                String name = "manifest " + (manifests.size() + 1) + " of the request";
                manifests.addAll(ManifestReader.read(name, text.getBytes(StandardCharsets.UTF_8), YamlOptions.STRICT));
            }
            ManifestCheck.check(manifests);
            return new RenderResult.Rendered(manifests, SourceType.DIRECTORY);
        } catch (RefusedRender refused) {
            return new RenderResult.Refused(refused.conditions());
        }
    }
}
