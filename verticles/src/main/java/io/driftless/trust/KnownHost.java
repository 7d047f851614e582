package io.driftless.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A line of a known-hosts file.
///
/// @param host one name, such as `git.example.com` or `[git.example.com]:2222`
/// @param type of the key, such as `ssh-ed25519`
/// @param key base64, as it stands in the file
public record KnownHost(String host, String type, String key) {
    private static final int LONGEST = 10_000;

    /// The lines of a file; comments and what is no entry are left out.
    public static List<KnownHost> read(String file) {
        List<KnownHost> hosts = new ArrayList<>();
        for (String line : file.split("\n")) {
            String[] parts = line.strip().split("[ \t]+", 3);
            if (parts.length == 3 && !parts[0].startsWith("#") && !parts[0].startsWith("@")) {
                for (String name : parts[0].split(",")) {
                    hosts.add(new KnownHost(name, parts[1], parts[2].strip()));
                }
            }
        }
        return hosts;
    }

    public static String write(List<KnownHost> hosts) {
        StringBuilder file = new StringBuilder();
        hosts.forEach(host -> file.append(host.host)
                .append(' ')
                .append(host.type)
                .append(' ')
                .append(host.key)
                .append('\n'));
        return file.toString();
    }

    /// Why it cannot be trusted; empty when it can.
    public String problem() {
        if (!host.matches("[A-Za-z0-9.\\-_:\\[\\]|=+/*?]{1,300}")) {
            return "'" + (host.length() > 100 ? host.substring(0, 100) : host) + "' is no host name";
        }
        if (!type.matches("[a-z0-9@.\\-]{1,60}")) {
            return "the type of the key of " + host + " is none that SSH has";
        }
        byte[] bytes = bytes();
        byte[] name = type.getBytes(UTF_8);
        if (key.length() > LONGEST || bytes.length < name.length + 4 || !startsWith(bytes, name)) {
            return "the key of " + host + " is no base64 of a key of type " + type;
        }
        return "";
    }

    private static boolean startsWith(byte[] bytes, byte[] name) {
        boolean length = bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == name.length;
        for (int i = 0; length && i < name.length; i++) {
            length = bytes[i + 4] == name[i];
        }
        return length;
    }

    private byte[] bytes() {
        try {
            return Base64.getDecoder().decode(key.split(" ", 2)[0]);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /// As `ssh-keygen -l` shows it.
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
