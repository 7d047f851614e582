package io.driftless.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ResourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Volume claims of StatefulSets name no owner; their name tells it: TEMPLATE-SET-NUMBER.
final class ClaimNames {
    private ClaimNames() {}

    /// Names of the templates of a StatefulSet; of other objects none.
    static Set<String> templates(JsonNode object) {
        Set<String> names = new HashSet<>();
        if (object.path("kind").asText().equals("StatefulSet")) {
            object.path("spec")
                    .path("volumeClaimTemplates")
                    .forEach(template ->
                            names.add(template.path("metadata").path("name").asText()));
        }
        return Set.copyOf(names);
    }

    /// The StatefulSets that may have made a claim of this name, as written ids.
    static List<String> setsOf(ResourceId claim) {
        String name = claim.name();
        int number = name.lastIndexOf('-');
        if (!claim.kind().equals("PersistentVolumeClaim")
                || number < 0
                || !name.substring(number + 1).matches("[0-9]{1,9}")) {
            return List.of();
        }
        List<String> sets = new ArrayList<>();
        for (int dash = name.indexOf('-'); dash > 0 && dash < number; dash = name.indexOf('-', dash + 1)) {
            sets.add(new ResourceId("apps", "StatefulSet", claim.namespace(), name.substring(dash + 1, number))
                    .toString());
        }
        return sets;
    }

    static boolean made(ResourceId claim, ResourceId set, Set<String> templates) {
        for (String template : templates) {
            if (claim.name().startsWith(template + '-' + set.name() + '-')) {
                return true;
            }
        }
        return false;
    }
}
