package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The pods of one owner, and how new ones are made from its template.
final class ControlledPods {
    private final ControllerWrites writes;
    private final Stored owner;
    private final List<Stored> all;
    private @Nullable String refusal;

    ControlledPods(ControllerWrites writes, Stored owner) {
        this.writes = writes;
        this.owner = owner;
        this.all = writes.everyControlled(owner.uid(), "pods");
    }

    private static String phase(Stored pod) {
        return pod.tree().path("status").path("phase").asText();
    }

    static boolean ready(Stored pod) {
        return Conditions.find(pod.tree(), "Ready").path("status").asText().equals("True");
    }

    static String label(Stored pod, String name) {
        return pod.tree().path("metadata").path("labels").path(name).asText();
    }

    /// Those that are neither done nor being deleted.
    List<Stored> active() {
        return all.stream()
                .filter(p -> !p.terminating() && !phase(p).equals("Succeeded") && !phase(p).equals("Failed"))
                .toList();
    }

    int succeeded() {
        return (int) all.stream().filter(p -> phase(p).equals("Succeeded")).count();
    }

    int ready() {
        return (int) active().stream().filter(ControlledPods::ready).count();
    }

    int terminating() {
        return (int) all.stream().filter(Stored::terminating).count();
    }

    /// Makes the active pods as many as wanted; those that are not ready go first. True where there were more or
    /// fewer; none is made after the first that is refused.
    boolean adjust(int wanted) {
        List<Stored> now = active();
        boolean granted = true;
        for (int i = now.size(); i < wanted && granted; i++) {
            granted = create(fromTemplate());
        }
        now.stream()
                .sorted(java.util.Comparator.comparing(ControlledPods::ready))
                .limit(Math.max(0, now.size() - wanted))
                .forEach(this::delete);
        return now.size() != wanted;
    }

    /// A pod of the owner's template, with a generated name.
    ObjectNode fromTemplate() {
        ObjectNode pod = Json.object();
        JsonNode template = owner.tree().path("spec").path("template");
        ObjectNode meta = pod.putObject("metadata");
        meta.put("generateName", owner.key().name() + "-");
        for (String field : List.of("labels", "annotations", "finalizers")) {
            JsonNode found = template.path("metadata").path(field);
            if (!found.isMissingNode()) {
                meta.set(field, found.deepCopy());
            }
        }
        ControllerWrites.owner(pod, owner.tree());
        pod.set("spec", template.path("spec").deepCopy());
        return pod;
    }

    /// False where the pod is refused.
    boolean create(ObjectNode pod) {
        try {
            String name =
                    writes.create("pods", owner.key().namespace(), pod).key().name();
            writes.refusals().remove(owner.key());
            tell("SuccessfulCreate", ordered() ? "Create" : "Created", name);
            return true;
        } catch (ApiError e) {
            refused(e, Json.name(pod), String.valueOf(e.getMessage()));
            return false;
        }
    }

    /// Something that a pod needs was refused; told unless it has been. True where it is news.
    boolean refused(ApiError refused, String pod, String why) {
        refusal = why;
        boolean news = writes.refusals().add(owner.key(), refused);
        if (news) {
            String message = ordered()
                    ? "Create Pod " + pod + " in StatefulSet " + owner.key().name() + " failed error: " + why
                    : "Error creating: " + why;
            warn(message);
        }
        return news;
    }

    /// Tells people what could not be made.
    void warn(String message) {
        writes.warn(owner, component(), "FailedCreate", message);
    }

    /// Why a pod was refused; null where none was.
    @Nullable
    String refusal() {
        return refusal;
    }

    void delete(Stored pod) {
        writes.delete(pod.key());
        tell("SuccessfulDelete", ordered() ? "Delete" : "Deleted", pod.key().name());
    }

    private String kind() {
        return owner.tree().path("kind").asText();
    }

    private boolean ordered() {
        return kind().equals("StatefulSet");
    }

    private void tell(String reason, String done, String pod) {
        String message = ordered()
                ? done + " Pod " + pod + " in StatefulSet " + owner.key().name() + " successful"
                : done + " pod: " + pod;
        writes.tell(owner, component(), reason, message);
    }

    private String component() {
        return kind().toLowerCase(Locale.ROOT) + "-controller";
    }
}
