package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which addresses services have: a new one gets none that another has.
final class ServiceAddresses {
    private static final String SERVICES = "services";
    private static final int RANGE = 256 * 256;
    private final Store store;
    private final Map<String, Key> taken = new ConcurrentHashMap<>();

    ServiceAddresses(Store store) {
        this.store = store;
        store.listen(this::changed);
    }

    private void changed(Event event) {
        if (!event.key().type().equals(SERVICES)) {
            return;
        }
        Stored before = event.before();
        if (before != null) {
            addresses(before.tree()).forEach(address -> taken.remove(address.asText(), event.key()));
        }
        if (event.change() != Change.DELETED) {
            addresses(event.object().tree()).forEach(address -> taken.put(address.asText(), event.key()));
        }
    }

    private static JsonNode addresses(JsonNode service) {
        return service.path("spec").path("clusterIPs");
    }

    /// @param given the service as it was sent
    /// @throws ApiError 422 where it asks for an address that another has
    void allocate(ResourceType type, JsonNode given, ObjectNode service) {
        String address = service.path("spec").path("clusterIP").asText();
        if (!type.id().equals(SERVICES) || address.isEmpty() || address.equals("None") || isFree(address)) {
            return;
        }
        boolean asked = !given.path("spec").path("clusterIP").asText().isEmpty()
                || !addresses(given).isEmpty();
        if (asked) {
            throw ApiError.invalid(
                    type.group(),
                    type.kind(),
                    Json.name(service),
                    List.of(Violation.invalid(
                            "spec.clusterIPs",
                            addresses(service).toString(),
                            "failed to allocate IP " + address + ": provided IP is already allocated")));
        }
        ObjectNode spec = Json.child(service, "spec");
        spec.put("clusterIP", next(address)).putArray("clusterIPs").add(spec.path("clusterIP"));
    }

    private boolean isFree(String address) {
        return !taken.containsKey(address) && store.get(new Key(AddressRecords.TYPE, "", address)) == null;
    }

    /// The first free one after an address that is taken.
    private String next(String address) {
        String[] parts = address.split("\\.");
        int first = Integer.parseInt(parts[2]) * 256 + Integer.parseInt(parts[3]);
        for (int i = 1; i < RANGE; i++) {
            int at = (first + i) % RANGE;
            String free = parts[0] + "." + parts[1] + "." + at / 256 + "." + at % 256;
            if (at % 256 != 0 && isFree(free)) {
                return free;
            }
        }
        return address;
    }
}
