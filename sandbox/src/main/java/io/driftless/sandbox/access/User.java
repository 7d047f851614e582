package io.driftless.sandbox.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Who asks, as the server knows them.
///
/// @param uid empty where there is none
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    static final String AUTHENTICATED = "system:authenticated";
    private static final String MASTERS = "system:masters";
    private static final String ACCOUNT = "system:serviceaccount:";

    /// Whoever asks without credentials: the sandbox is a playground of its owner.
    public static final User ADMIN = new User("sandbox", "", List.of(MASTERS, AUTHENTICATED), Map.of());

    public User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /// Whether no role has to be looked at.
    public boolean unlimited() {
        return groups.contains(MASTERS);
    }

    /// A service account, with the groups of all and of those of its namespace.
    public static User serviceAccount(String namespace, String name, String uid, Map<String, List<String>> extra) {
        return new User(ACCOUNT + namespace + ":" + name, uid, accountGroups(namespace), extra);
    }

    /// Somebody by the names that another one gives: a service account has the groups of all service accounts where
    /// none are given.
    public static User named(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
        String[] account = name.startsWith(ACCOUNT) ? name.split(":") : new String[0];
        List<String> all =
                new ArrayList<>(groups.isEmpty() && account.length == 4 ? accountGroups(account[2]) : groups);
        boolean nobody = name.equals("system:anonymous");
        String everybody = nobody ? "system:unauthenticated" : AUTHENTICATED;
        if (!all.contains(everybody)) {
            all.add(everybody);
        }
        return new User(name, uid, all, extra);
    }

    private static List<String> accountGroups(String namespace) {
        return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, AUTHENTICATED);
    }
}
