package io.driftless.sandbox.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What makes it invalid as whom, and with which rights, a pod or a container runs.
public final class SecurityRules {
    private static final List<String> PROFILES = List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final List<String> GROUP_CHANGES = List.of("Always", "OnRootMismatch");
    private static final List<String> GROUP_POLICIES = List.of("Merge", "Strict");
    private static final List<String> PROC_MOUNTS = List.of("Default", "Unmasked");
    private static final String SYSCTL_TEXT = "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final Pattern SYSCTL = Pattern.compile(SYSCTL_TEXT);
    private static final List<String> HOST = List.of("hostNetwork", "hostPID", "hostIPC");

    private SecurityRules() {}

    static void pod(Part spec) {
        Part context = spec.in("securityContext");
        for (String id : List.of("fsGroup", "runAsUser", "runAsGroup")) {
            context.with(id, SecurityRules::id);
        }
        context.each("supplementalGroups").forEach(SecurityRules::id);
        boolean shared = spec.value().path("shareProcessNamespace").asBoolean();
        if (shared && spec.value().path("hostPID").asBoolean()) {
            context.in("shareProcessNamespace")
                    .invalid("true", "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        sysctls(context);
        context.in("fsGroupChangePolicy").oneOf(GROUP_CHANGES);
        context.with("seccompProfile", profile -> profile(profile, "seccomp"));
        context.with("windowsOptions", SecurityRules::windows);
        context.with("appArmorProfile", profile -> profile(profile, "AppArmor"));
        context.in("seLinuxChangePolicy").oneOf(List.of("Recursive"));
        context.in("supplementalGroupsPolicy").oneOf(GROUP_POLICIES);
    }

    private static void id(Part id) {
        id.between(0, Integer.MAX_VALUE);
    }

    private static void sysctls(Part context) {
        Set<String> names = new HashSet<>();
        for (Part sysctl : context.each("sysctls")) {
            Part name = sysctl.in("name");
            if (!name.needed()) {
                continue;
            }
            if (!SYSCTL.matcher(name.text()).matches()) {
                name.invalid("must have at most 253 characters and match regex ^" + SYSCTL_TEXT + "$");
            } else if (!names.add(name.text().replace('/', '.'))) {
                name.duplicate(name.text());
            }
        }
    }

    static void container(Part context, boolean ownUsers) {
        context.with("runAsUser", SecurityRules::id);
        context.with("runAsGroup", SecurityRules::id);
        Part mount = context.in("procMount");
        mount.oneOf(PROC_MOUNTS);
        if (mount.text().equals("Unmasked") && !ownUsers) {
            mount.invalid("`hostUsers` must be false to use `Unmasked`");
        }
        context.with("seccompProfile", profile -> profile(profile, "seccomp"));
        if (!context.value().path("allowPrivilegeEscalation").asBoolean(true)) {
            String refused = "cannot set `allowPrivilegeEscalation` to false and ";
            if (context.value().path("privileged").asBoolean()) {
                context.invalid(InternalText.SECURITY_CONTEXT.of(context.value()), refused + "`privileged` to true");
            }
            for (Part capability : context.in("capabilities").each("add")) {
                if (capability.text().equals("CAP_SYS_ADMIN")) {
                    context.invalid(
                            InternalText.SECURITY_CONTEXT.of(context.value()),
                            refused + "`capabilities.Add` CAP_SYS_ADMIN");
                }
            }
        }
        context.with("windowsOptions", SecurityRules::windows);
        context.with("appArmorProfile", profile -> profile(profile, "AppArmor"));
    }

    private static void profile(Part profile, String what) {
        Part type = profile.in("type");
        Part file = profile.in("localhostProfile");
        boolean seccomp = what.equals("seccomp");
        if (type.text().isEmpty()) {
            type.required("type is required when " + (seccomp ? "seccompProfile" : "appArmorProfile") + " is set");
        } else {
            type.oneOf(PROFILES);
        }
        if (!type.text().equals("Localhost")) {
            if (file.there()) {
                file.invalid(
                        seccomp
                                ? InternalText.SECCOMP_PROFILE.of(profile.value())
                                : file.value().toString(),
                        "can only be set when " + what + " type is Localhost");
            }
        } else if (!file.there()) {
            file.required("must be set when " + what + " type is Localhost");
        } else if (seccomp) {
            MountRules.descending(file, file);
        } else if (!file.text().equals(file.text().strip())) {
            file.invalid("must not be padded with whitespace");
        } else if (file.text().isEmpty()) {
            file.required("must be set when AppArmor type is Localhost");
        }
    }

    private static void windows(Part options) {
        Part name = options.in("gmsaCredentialSpecName");
        if (name.there()) {
            name.subdomain();
        }
        Part user = options.in("runAsUserName");
        if (user.there() && user.text().isEmpty()) {
            user.invalid("runAsUserName cannot be an empty string");
        }
    }

    /// A pod with users of its own has no part in what is the node's.
    static void host(Part spec) {
        if (spec.value().path("hostUsers").asBoolean(true)) {
            return;
        }
        for (String field : HOST) {
            if (spec.value().path(field).asBoolean()) {
                spec.in(field.equals("hostNetwork") ? field : "H" + field.substring(1))
                        .forbidden("when `hostUsers` is false");
            }
        }
        for (Part container : spec.each("containers")) {
            if (!container.in("volumeDevices").value().isEmpty()) {
                container.in("volumeDevices").forbidden("when `hostUsers` is false");
            }
        }
    }
}
