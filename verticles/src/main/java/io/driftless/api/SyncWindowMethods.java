package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ProjectRules.SyncWindow;
import io.driftless.project.SyncWindows;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import java.time.InstantSource;
import java.util.List;

/// Which sync windows apply to an Application, which of them are open, and whether it may be synced by hand now.
final class SyncWindowMethods {
    private final ApplicationAccess access;
    private final ProjectPermits permits;
    private final InstantSource clock;

    SyncWindowMethods(ApplicationAccess access, ProjectPermits permits, InstantSource clock) {
        this.access = access;
        this.permits = permits;
        this.clock = clock;
    }

    void register(Methods methods) {
        methods.unary("application.ApplicationService/GetApplicationSyncWindows", this::windows);
    }

    private JsonNode windows(Call call, ObjectNode request) {
        SyncWindows windows = permits.windows(access.get(call, "get", request));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        put(answer, "activeWindows", windows.active(clock.instant()));
        put(answer, "assignedWindows", windows.windows());
        return answer.put("canSync", windows.permit(true, clock.instant()));
    }

    private static void put(ObjectNode answer, String field, List<SyncWindow> windows) {
        if (windows.isEmpty()) {
            return;
        }
        ArrayNode list = answer.putArray(field);
        for (SyncWindow window : windows) {
            list.addObject()
                    .put("kind", window.allow() ? "allow" : "deny")
                    .put("schedule", window.schedule())
                    .put("duration", duration(window.durationMillis() / 1_000))
                    .put("manualSync", window.manualSync());
        }
    }

    /// `1h30m`: as somebody would have written it.
    private static String duration(long seconds) {
        StringBuilder text = new StringBuilder();
        part(text, seconds / 3_600, 'h');
        part(text, seconds / 60 % 60, 'm');
        part(text, seconds % 60, 's');
        return text.toString();
    }

    private static void part(StringBuilder text, long amount, char unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
