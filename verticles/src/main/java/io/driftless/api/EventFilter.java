package io.driftless.api;

import io.driftless.events.EventTypes;
import io.driftless.http.HttpFailure;
import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which events a client wants: of one application (`namespace/name` or `name`), of some types (with or without
/// the common prefix and the version). Nothing given means all.
record EventFilter(String application, Set<String> types) {
    private static final String PREFIX = "io.driftless.";

    static EventFilter of(MultiMap parameters) {
        String application = parameters.get("application");
        Set<String> types = new HashSet<>();
        for (String asked : parameters.getAll("type")) {
            types.addAll(fullNames(asked));
        }
        return new EventFilter(application == null ? "" : application, Set.copyOf(types));
    }

    private static List<String> fullNames(String asked) {
        String name = asked.toLowerCase(Locale.ROOT);
        String full = name.startsWith(PREFIX) ? name : PREFIX + name;
        List<String> found = EventTypes.all().keySet().stream()
                .filter(type -> type.equals(full) || type.startsWith(full + ".v"))
                .toList();
        if (found.isEmpty()) {
            throw HttpFailure.invalid("no event type is named " + shortened(asked));
        }
        return found;
    }

    private static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) : text;
    }

    boolean wants(StoredEvent event) {
        return event.envelope() != null
                && (types.isEmpty() || types.contains(event.envelope().type()))
                && (application.isEmpty() || ofApplication(event.subject()));
    }

    private boolean ofApplication(String subject) {
        return application.indexOf('/') >= 0 ? subject.equals(application) : subject.endsWith("/" + application);
    }
}
