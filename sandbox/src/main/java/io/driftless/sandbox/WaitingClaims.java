package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.Store.Key;
import java.util.HashSet;
import java.util.Set;

/// Tells, once for each claim, why it is bound to no volume. Used by one thread alone.
final class WaitingClaims {
    private static final String COMPONENT = "persistentvolume-controller";
    private final Store store;
    private final ControllerWrites writes;
    private final Set<Key> told = new HashSet<>();

    WaitingClaims(Store store, ControllerWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    void tell(Stored claim) {
        JsonNode spec = claim.tree().path("spec");
        if (!spec.has("volumeName") && told.add(claim.key())) {
            tell(claim, spec.path("storageClassName").asText());
        }
    }

    private void tell(Stored claim, String name) {
        if (name.isEmpty()) {
            writes.tell(
                    claim,
                    COMPONENT,
                    "FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set");
            return;
        }
        Stored sort = store.get(new Key("storageclasses.storage.k8s.io", "", name));
        if (sort == null) {
            String message = "storageclass.storage.k8s.io \"" + name + "\" not found";
            writes.warn(claim, COMPONENT, "ProvisioningFailed", message);
            return;
        }
        String provisioner = sort.tree().path("provisioner").asText();
        if (sort.tree().path("volumeBindingMode").asText().equals("WaitForFirstConsumer")) {
            String message = "waiting for first consumer to be created before binding";
            writes.tell(claim, COMPONENT, "WaitForFirstConsumer", message);
        } else if (provisioner.startsWith("kubernetes.io/")) {
            String message = "no volume plugin matched name: " + provisioner;
            writes.warn(claim, COMPONENT, "ProvisioningFailed", message);
        } else {
            String message = "Waiting for a volume to be created either by the external provisioner '" + provisioner
                    + "' or manually by the system administrator. If volume creation is delayed, please verify that the"
                    + " provisioner is running and correctly registered.";
            writes.tell(claim, COMPONENT, "ExternalProvisioning", message);
        }
    }

    /// A claim is gone.
    void forget(Key claim) {
        told.remove(claim);
    }
}
