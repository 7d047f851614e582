package io.driftless.rbac;

import java.util.List;

/// The roles that every installation has: `role:readonly` sees everything, `role:admin` may do everything, `admin` is
/// one.
final class BuiltInPolicy {
    private static final List<String> READ = List.of(
            "applications",
            "applicationsets",
            "certificates",
            "clusters",
            "repositories",
            "write-repositories",
            "projects",
            "accounts",
            "gpgkeys",
            "logs");
    private static final List<String> WRITE = List.of(
            "applications create",
            "applications update",
            "applications update/*",
            "applications delete",
            "applications delete/*",
            "applications sync",
            "applications rollback",
            "applications override",
            "applications action/*",
            "applicationsets create",
            "applicationsets update",
            "applicationsets delete",
            "certificates create",
            "certificates update",
            "certificates delete",
            "clusters create",
            "clusters update",
            "clusters delete",
            "repositories create",
            "repositories update",
            "repositories delete",
            "write-repositories create",
            "write-repositories update",
            "write-repositories delete",
            "projects create",
            "projects update",
            "projects delete",
            "accounts update",
            "gpgkeys create",
            "gpgkeys delete",
            "exec create");

    private BuiltInPolicy() {}

    static String text() {
        StringBuilder text = new StringBuilder();
        READ.forEach(resource -> line(
                text, "role:readonly", resource, "get", resource.equals("applications") || resource.equals("logs")));
        for (String entry : WRITE) {
            String[] words = entry.split(" ", 2);
            line(text, "role:admin", words[0], words[1], words[0].equals("applications") || words[0].equals("exec"));
        }
        return text.append("g, role:admin, role:readonly\ng, admin, role:admin\n")
                .toString();
    }

    private static void line(StringBuilder text, String role, String resource, String action, boolean ofProjects) {
        text.append("p, ")
                .append(role)
                .append(", ")
                .append(resource)
                .append(", ")
                .append(action);
        text.append(ofProjects ? ", */*, allow\n" : ", *, allow\n");
    }
}
