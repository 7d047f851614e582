package io.driftless.sandbox.rules;

import io.driftless.objects.Quantities;
import java.math.BigDecimal;
import java.util.List;

/// What makes it invalid which claims of volumes are to be made, for a pod or for each of a StatefulSet.
public final class ClaimTemplateRules {
    private static final List<String> MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private ClaimTemplateRules() {}

    static void add(Part spec) {
        Part modes = spec.in("accessModes");
        if (modes.value().isEmpty()) {
            modes.required("at least 1 access mode is required");
        }
        for (Part mode : spec.each("accessModes")) {
            ServiceRules.oneOf(modes.path(), mode.value(), MODES, modes.complaints());
        }
        Part storage = spec.in("resources").in("requests").in("storage");
        Part said = Part.at(spec.path() + ".resources[storage]", storage.value(), spec.complaints());
        if (!storage.there()) {
            said.required("");
        } else if (Quantities.parse(storage.text()).orElse(BigDecimal.ZERO).signum() <= 0) {
            said.invalid("must be greater than zero");
        }
        if (!spec.in("storageClassName").text().isEmpty()) {
            spec.in("storageClassName").subdomain();
        }
        spec.in("volumeMode").oneOf(VOLUME_MODES);
    }
}
