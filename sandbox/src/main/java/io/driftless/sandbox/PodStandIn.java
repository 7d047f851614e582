package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;

/// Scheduler and kubelet of a node that is not there: a pod runs as soon as it exists, one of a Job is done, one
/// whose image is named `…never-ready…` waits for it for ever, one whose claim is not bound is not scheduled, and one
/// that is being deleted goes.
final class PodStandIn implements Controller {
    static final String NODE = "node-0";
    private final Store store;
    private final ControllerWrites writes;

    PodStandIn(Store store, ControllerWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    static final String ADDRESS = "10.0.0.1";

    @Override
    public void reconcile(Stored pod) {
        JsonNode tree = pod.tree();
        if (tree.path("spec").has("nodeName") && tree.path("status").has("containerStatuses")) {
            return;
        }
        String scheduler = tree.path("spec").path("schedulerName").asText("default-scheduler");
        if (!scheduler.equals("default-scheduler") && !tree.path("spec").has("nodeName")) {
            return;
        }
        if (!tree.path("spec").path("schedulingGates").isEmpty()) {
            return;
        }
        String node = tree.path("spec").path("nodeName").asText(NODE);
        if (store.get(new Key("nodes", "", node)) == null) {
            return;
        }
        String unfit = unfit(pod);
        if (unfit.isEmpty()) {
            writes.statusAs("kwok", pod.key(), next -> {
                Json.ownChild(next, "spec").put("nodeName", node);
                PodStatus.fill(next, PodStatus.outcome(next));
            });
            if (!tree.path("spec").has("nodeName")) {
                writes.tellScheduled(pod, node);
            }
        } else {
            unscheduled(pod, "0/1 nodes are available: " + unfit);
        }
    }

    private void unscheduled(Stored pod, String why) {
        if (!Conditions.find(pod.tree(), "PodScheduled")
                .path("message")
                .asText()
                .equals(why)) {
            writes.statusAs("kube-scheduler", pod.key(), next -> PodStatus.unschedulable(next, why));
            writes.warnUnscheduled(pod, why);
        }
    }

    /// Why the pod cannot be on the one node there is, as the scheduler says it; empty where it can.
    private String unfit(Stored pod) {
        for (var wanted : pod.tree().path("spec").path("nodeSelector").properties()) {
            if (!wanted.getKey().equals("kubernetes.io/hostname")
                    || !wanted.getValue().asText().equals(NODE)) {
                return "1 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/1"
                        + " nodes are available: 1 Preemption is not helpful for scheduling.";
            }
        }
        for (JsonNode volume : pod.tree().path("spec").path("volumes")) {
            String name = volume.path("persistentVolumeClaim").path("claimName").asText();
            if (!name.isEmpty()) {
                Stored claim =
                        store.get(new Key("persistentvolumeclaims", pod.key().namespace(), name));
                if (claim == null) {
                    return "persistentvolumeclaim \"" + name + "\" not found. not found";
                }
                if (!claim.tree().path("status").path("phase").asText().equals("Bound")) {
                    return "pod has unbound immediate PersistentVolumeClaims. not found";
                }
            }
        }
        return "";
    }

    @Override
    public void leaving(Stored pod) {
        writes.deleteNow(pod.key());
    }

    /// The node itself, ready and roomy.
    static ObjectNode node() {
        ObjectNode node = Json.object();
        node.putObject("metadata").put("name", NODE).putObject("labels").put("kubernetes.io/hostname", NODE);
        return node;
    }

    static void ready(ObjectNode node) {
        ObjectNode status = Json.child(node, "status");
        for (String field : new String[] {"capacity", "allocatable"}) {
            status.putObject(field).put("cpu", "1k").put("memory", "1000Gi").put("pods", "1M");
        }
        ArrayNode conditions = status.putArray("conditions");
        conditions
                .addObject()
                .put("type", "Ready")
                .put("status", "True")
                .put("reason", "KubeletReady")
                .put("message", "the sandbox stands in for it")
                .put("lastHeartbeatTime", Json.now())
                .put("lastTransitionTime", Json.now());
        status.putArray("addresses").addObject().put("type", "InternalIP").put("address", ADDRESS);
        ObjectNode info = status.putObject("nodeInfo");
        for (String field : new String[] {
            "kernelVersion", "osImage", "containerRuntimeVersion", "kubeletVersion", "machineID", "systemUUID", "bootID"
        }) {
            info.put(field, "sandbox");
        }
        info.put("kubeProxyVersion", "").put("operatingSystem", "linux").put("architecture", "amd64");
    }
}
