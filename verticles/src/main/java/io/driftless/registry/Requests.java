package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent;
import io.driftless.events.CommandEvent.RefreshRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a user asks for by writing on the custom resource itself, as Argo CD's clients and kubectl users do: a sync by
/// `.operation`, a refresh by annotation. Both are taken off the resource once they are commands.
final class Requests {
    private Requests() {}

    /// The commands that an Application carries, and the merge patch that takes them off again.
    ///
    /// @param problem what cannot be done, empty when all can
    record Carried(List<CommandEvent> commands, ObjectNode removal, String problem) {}

    /// Whether another edition says the same with other labels or annotations. Nothing downstream
    /// looks because of that, but who wrote them may wait for a look before he believes the status.
    static boolean onlyMarked(JsonNode before, JsonNode object) {
        return before.path("spec").equals(object.path("spec")) && !marks(before).equals(marks(object));
    }

    /// Labels and annotations but for what clients write for a moment or for themselves.
    private static ObjectNode marks(JsonNode object) {
        ObjectNode marks = JsonNodeFactory.instance.objectNode();
        for (String part : List.of("labels", "annotations")) {
            object.path("metadata").path(part).properties().stream()
                    .filter(mark -> !ApplicationReader.PASSING.contains(mark.getKey()))
                    .forEach(mark -> marks.set(part + '/' + mark.getKey(), mark.getValue()));
        }
        return marks;
    }

    /// @param refusal why an Application may not be as this one; empty where it may
    static Optional<Carried> read(JsonNode object, Function<JsonNode, String> refusal) {
        JsonNode metadata = object.path("metadata");
        String refresh =
                metadata.path("annotations").path(ApplicationReader.REFRESH).asText("");
        JsonNode operation = object.path("operation");
        if (refresh.isEmpty() && !operation.isObject()) {
            return Optional.empty();
        }
        ApplicationName application = ApplicationReader.name(object);
        List<CommandEvent> commands = new ArrayList<>();
        ObjectNode removal = JsonNodeFactory.instance.objectNode();
        ObjectNode patched = removal.putObject("metadata");
        patched.set("resourceVersion", metadata.path("resourceVersion"));
        String problem = "";
        if (!refresh.isEmpty()) {
            patched.putObject("annotations").putNull(ApplicationReader.REFRESH);
            commands.add(new RefreshRequested(application, "annotation", "hard".equals(refresh)));
        }
        if (operation.isObject()) {
            removal.putNull("operation");
            problem = new RequestedOperation(object, refusal).read(commands::add);
        }
        return Optional.of(new Carried(commands, removal, problem));
    }
}
