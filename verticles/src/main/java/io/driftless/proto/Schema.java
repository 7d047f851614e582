package io.driftless.proto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The messages and methods of a set of `.proto` files.
public final class Schema {
    private static final List<String> ARGOCD = List.of(
            "meta_v1",
            "core_v1",
            "runtime",
            "intstr",
            "apiextensions_v1",
            "v1alpha1",
            "events",
            "oidc",
            "account",
            "application",
            "applicationset",
            "certificate",
            "cluster",
            "gpgkey",
            "notification",
            "project",
            "repocreds",
            "repository",
            "session",
            "version");

    private final Map<String, MessageType> messages;
    private final Map<String, MethodType> methods;

    Schema(Map<String, MessageType> messages, Map<String, MethodType> methods) {
        this.messages = new LinkedHashMap<>(messages);
        this.methods = new LinkedHashMap<>(methods);
    }

    /// Argo CD's API, whose files lie in the program; read once.
    public static Schema argoCd() {
        return ArgoCd.SCHEMA;
    }

    private static final class ArgoCd {
        private static final Schema SCHEMA = load();

        private static Schema load() {
            ProtoFiles files = new ProtoFiles();
            ARGOCD.forEach(name -> files.add(name + ".proto", read(name)));
            return files.schema();
        }
    }

    private static String read(String name) {
        try (InputStream in = Schema.class.getResourceAsStream("/argocd/" + name + ".proto")) {
            if (in == null) {
                throw new IllegalStateException("the file argocd/" + name + ".proto is missing from the program");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Collection<MethodType> methods() {
        return methods.values();
    }

    /// The method of this path, such as `version.VersionService/Version`; null when there is none.
    public @Nullable MethodType method(String path) {
        return methods.get(path);
    }

    /// The message of this full name.
    public MessageType message(String name) {
        MessageType type = messages.get(name);
        if (type == null) {
            throw new IllegalArgumentException("there is no message " + name);
        }
        return type;
    }
}
