package io.driftless.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.manifest.render.DesiredObject;
import io.driftless.objects.Digests;
import io.driftless.redact.Redaction;
import io.driftless.redact.Seal;
import java.util.ArrayList;
import java.util.List;

/// Turns prepared objects into records. Values of Secrets leave this class only as digests and sealed.
final class Manifests {
    private final Redaction redaction;
    private final Seal seal;

    Manifests(Redaction redaction, Seal seal) {
        this.redaction = redaction;
        this.seal = seal;
    }

    List<ResourceRendered> of(ApplicationName application, List<DesiredObject> objects) {
        List<ResourceRendered> records = new ArrayList<>(objects.size());
        for (DesiredObject object : objects) {
            boolean secret = Redaction.concerns(object.object());
            JsonNode shown = secret ? redaction.redact(object.object()) : object.object();
            records.add(new ResourceRendered(
                    application,
                    object.id(),
                    object.apiVersion(),
                    // Of the redacted manifest: an unkeyed digest of a Secret would help to guess its values.
                    Digests.of(shown),
                    shown,
                    secret ? seal.seal(object.object()) : null,
                    object.syncWave(),
                    object.hooks()));
        }
        return records;
    }
}
