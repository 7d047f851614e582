package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One IPAddress for each address of a service, as long as the service has it.
final class AddressRecords implements Controller {
    static final String TYPE = "ipaddresses.networking.k8s.io";
    private final Store store;
    private final ControllerWrites writes;
    private final Map<Key, List<String>> known = new HashMap<>();

    AddressRecords(Store store, ControllerWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    @Override
    public void reconcile(Stored service) {
        List<String> wanted = new ArrayList<>();
        for (JsonNode address : service.tree().path("spec").path("clusterIPs")) {
            if (!address.asText().equals("None")) {
                wanted.add(address.asText());
            }
        }
        List<String> before = known.getOrDefault(service.key(), List.of());
        if (wanted.equals(before)) {
            return;
        }
        release(before.stream().filter(address -> !wanted.contains(address)).toList());
        known.put(service.key(), wanted);
        wanted.stream()
                .filter(address -> store.get(key(address)) == null)
                .forEach(address -> writes.createAs("kube-apiserver", TYPE, "", record(address, service.key())));
    }

    @Override
    public void gone(Key service) {
        List<String> before = known.remove(service);
        release(before == null ? List.of() : before);
    }

    private void release(List<String> addresses) {
        addresses.forEach(address -> writes.delete(key(address)));
    }

    private static Key key(String address) {
        return new Key(TYPE, "", address);
    }

    private static ObjectNode record(String address, Key service) {
        ObjectNode out = Json.object();
        out.putObject("metadata")
                .put("name", address)
                .putObject("labels")
                .put("ipaddress.kubernetes.io/ip-family", "IPv4")
                .put("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
        out.putObject("spec")
                .putObject("parentRef")
                .put("resource", "services")
                .put("namespace", service.namespace())
                .put("name", service.name());
        return out;
    }
}
