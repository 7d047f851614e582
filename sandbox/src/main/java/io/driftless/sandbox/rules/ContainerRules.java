package io.driftless.sandbox.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What makes the containers of a pod invalid.
public final class ContainerRules {
    private static final List<String> PULLS = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> TERMINATIONS = List.of("File", "FallbackToLogsOnError");
    private static final List<String> RESTARTS = List.of("Always", "Never", "OnFailure");
    private static final List<String> RESIZED = List.of("cpu", "memory");
    private static final List<String> RESIZES = List.of("NotRequired", "RestartContainer");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final String LASTING_ALONE = "may not be set for init containers without restartPolicy=Always";

    private ContainerRules() {}

    static void add(Part spec, PodFacts pod) {
        Set<String> names = new HashSet<>();
        Set<String> ports = new HashSet<>();
        if (spec.in("containers").value().isEmpty()) {
            spec.in("containers").required("");
        }
        for (Part container : spec.each("containers")) {
            common(container, pod);
            unique(container, names);
            running(container, pod.grace());
            container.in("restartPolicy").oneOf(RESTARTS);
        }
        spec.each("containers").forEach(container -> PortRules.host(container, ports));
        // Before the others run, the ports of the node are not looked at.
        PodFacts initial = pod.inItsOwnNetwork();
        for (Part container : spec.each("initContainers")) {
            common(container, initial);
            container.in("restartPolicy").oneOf(RESTARTS);
            unique(container, names);
            PortRules.host(container, new HashSet<>());
            if (container.in("restartPolicy").text().equals("Always")) {
                running(container, pod.grace());
            } else {
                passing(container);
            }
        }
        EphemeralRules.add(spec, initial);
    }

    static void common(Part container, PodFacts pod) {
        if (container.in("name").needed()) {
            container.in("name").label();
        }
        container.in("image").needed();
        container.in("terminationMessagePolicy").oneOf(TERMINATIONS);
        PortRules.add(container, pod.hostNetwork());
        EnvironmentRules.add(container);
        MountRules.add(container, pod.volumes());
        container.in("imagePullPolicy").oneOf(PULLS);
        container.with("resources", resources -> ResourceRules.ofContainer(resources, pod.claims()));
        for (Part policy : container.each("resizePolicy")) {
            oneOf(container.in("resizePolicy"), policy.in("resourceName"), RESIZED);
            oneOf(container.in("resizePolicy"), policy.in("restartPolicy"), RESIZES);
        }
        container.with("securityContext", context -> SecurityRules.container(context, pod.ownUsers()));
    }

    private static void oneOf(Part at, Part value, List<String> supported) {
        ServiceRules.oneOf(at.path(), value.value(), supported, at.complaints());
    }

    private static void unique(Part container, Set<String> names) {
        String name = container.in("name").text();
        if (!name.isEmpty() && !names.add(name)) {
            container.in("name").duplicate(name);
        }
    }

    /// What only a container has that goes on running.
    private static void running(Part container, long grace) {
        container.with("lifecycle", lifecycle -> {
            lifecycle.with("postStart", hook -> ProbeRules.handler(hook, grace));
            lifecycle.with("preStop", hook -> ProbeRules.handler(hook, grace));
        });
        container.with("livenessProbe", probe -> ProbeRules.once(probe, grace));
        container.with("readinessProbe", probe -> ProbeRules.readiness(probe, grace));
        container.with("startupProbe", probe -> ProbeRules.once(probe, grace));
    }

    /// A container that ends before the others begin.
    private static void passing(Part container) {
        container.with("lifecycle", lifecycle -> lifecycle.forbidden(LASTING_ALONE));
        PROBES.forEach(name -> container.with(name, probe -> probe.forbidden(LASTING_ALONE)));
    }
}
