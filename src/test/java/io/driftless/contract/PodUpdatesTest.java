package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// What of a pod changes while it is there, and what does not.
class PodUpdatesTest {
    private static final String FIXED =
            "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
                    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
                    + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n";

    private static String waiting(Server server, String more) {
        server.api()
                .post(
                        server.core("pods"),
                        "{metadata: {name: a}, spec: {schedulerName: nobody, automountServiceAccountToken: false, nodeSelector:"
                                + " {a: b}, " + more
                                + "containers: [{name: c, image: i, ports: [{containerPort: 80}]}]}}")
                .expect(201);
        return server.core("pods/a");
    }

    private static String refusal(Server server, String pod, String spec) {
        return String.join(
                "; ", Causes.of(server.api().strategic(pod, "spec: " + spec).refused(422, "Invalid")));
    }

    @OnBoth
    void whatIsFixedIsShownLineByLine(Server server) {
        String pod = waiting(server, "");

        assertThat(refusal(server, pod, "{nodeName: node-0}")).isEqualTo(FIXED + """
@@ -52,7 +52,7 @@
  },
  "ServiceAccountName": "default",
  "AutomountServiceAccountToken": false,
- "NodeName": "",
+ "NodeName": "node-0",
  "SecurityContext": {
   "HostNetwork": false,
   "HostPID": false,
""");
        assertThat(refusal(server, pod, "{hostNetwork: true}")).isEqualTo(FIXED + """
@@ -11,7 +11,7 @@
    "Ports": [
     {
      "Name": "",
-     "HostPort": 0,
+     "HostPort": 80,
      "ContainerPort": 80,
      "Protocol": "TCP",
      "HostIP": ""
@@ -54,7 +54,7 @@
  "AutomountServiceAccountToken": false,
  "NodeName": "",
  "SecurityContext": {
-  "HostNetwork": false,
+  "HostNetwork": true,
   "HostPID": false,
   "HostIPC": false,
   "ShareProcessNamespace": null,
""");
        assertThat(refusal(server, pod, "{containers: [{name: c, ports: [{containerPort: 81}]}]}"))
                .isEqualTo(FIXED + """
@@ -9,6 +9,13 @@
    "Args": null,
    "WorkingDir": "",
    "Ports": [
+    {
+     "Name": "",
+     "HostPort": 0,
+     "ContainerPort": 81,
+     "Protocol": "TCP",
+     "HostIP": ""
+    },
     {
      "Name": "",
      "HostPort": 0,
""");
        assertThat(refusal(server, pod, "{containers: [{name: c, resources: {requests: {cpu: 1}}}]}"))
                .isEqualTo(FIXED + """
@@ -21,7 +21,9 @@
    "Env": null,
    "Resources": {
     "Limits": null,
-    "Requests": null,
+    "Requests": {
+     "cpu": "1"
+    },
     "Claims": null
    },
    "ResizePolicy": null,
""");
        assertThat(refusal(server, pod, "{ephemeralContainers: [{name: d, image: e}]}"))
                .startsWith(FIXED);
    }

    @OnBoth
    void imagesAreLookedAtOnceMore(Server server) {
        String pod = waiting(server, "");

        Answer refused = server.api()
                .strategic(pod, "spec: {containers: [{name: c, image: 'a '}]}")
                .refused(422, "Invalid");
        assertThat(refused.at("/details/causes")).hasSize(2);
        assertThat(Causes.of(refused))
                .containsExactly("spec.containers[0].image: Invalid value: \"a \": must not have leading or trailing"
                        + " whitespace");
        server.api().strategic(pod, "spec: {containers: [{name: c, image: b}]}").expect(200);
    }

    @OnBoth
    void aPodThatIsGatedMayBecomeMoreDemanding(Server server) {
        String pod = waiting(
                server,
                "schedulingGates: [{name: x.y/z}], affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                        + " {nodeSelectorTerms: [{matchExpressions: [{key: k, operator: Exists}]}]}}}, ");
        assertThat(server.api().get(pod).text("/status/conditions/0/reason")).isEqualTo("SchedulingGated");
        String terms = "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";

        server.api().merge(pod, "spec: {nodeSelector: {c: d}}").expect(200);
        server.api()
                .operations(
                        pod, "[{op: add, path: " + terms + "/0/matchExpressions/-, value: {key: l, operator: Exists}}]")
                .expect(200);

        assertThat(refusal(server, pod, "{nodeSelector: {a: other}}"))
                .isEqualTo("spec.nodeSelector: Invalid value: {\"a\":\"other\",\"c\":\"d\"}: only additions to"
                        + " spec.nodeSelector are allowed (no mutations or deletions)");
        assertThat(Causes.of(server.api().operations(pod, "[{op: remove, path: " + terms + "/0/matchExpressions/0}]")))
                .containsExactly("spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
                        + ".nodeSelectorTerms[0]: Invalid value: {\"MatchExpressions\":[{\"Key\":\"l\",\"Operator\":"
                        + "\"Exists\",\"Values\":null}],\"MatchFields\":null}: only additions are allowed (no mutations"
                        + " or deletions)");
        assertThat(Causes.of(server.api().merge(pod, "spec: {affinity: null}")))
                .containsExactly("spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
                        + ".nodeSelectorTerms: Invalid value: null: no additions/deletions to non-empty NodeSelectorTerms"
                        + " list are allowed");
        assertThat(refusal(server, pod, "{nodeName: node-0}")).startsWith("spec");
    }
}
