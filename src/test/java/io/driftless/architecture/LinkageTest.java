package io.driftless.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The Vert.x jars come in versions that were not released together: every class, method and field that one of them
/// names is on the class path, so that no call ends in a NoSuchMethodError one day.
class LinkageTest {
    /// What may be missing, by the beginning of its name, and why nobody misses it.
    private static final Map<String, String> OPTIONAL = new LinkedHashMap<>();

    static {
        OPTIONAL.put("io/netty/channel/kqueue/", "native transport of macOS, used where it is found");
        OPTIONAL.put("io/netty/channel/epoll/", "native transport of Linux, used where it is found");
        OPTIONAL.put("io/netty/channel/uring/", "native transport of Linux, used where it is found");
        OPTIONAL.put("io/netty/handler/codec/haproxy/", "the proxy protocol is off");
        OPTIONAL.put("io/vertx/ext/auth/", "routes with accounts are not used yet");
        OPTIONAL.put("io/vertx/ext/healthchecks/", "health is our own");
    }

    private final Map<String, Optional<ClassModel>> classes = new HashMap<>();
    private final Set<String> unused = new TreeSet<>(OPTIONAL.keySet());

    @Test
    void everythingThatVertxNamesIsThere() throws IOException {
        Map<String, String> missing = new TreeMap<>();
        int jars = 0;
        for (String path : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            String file = path.substring(path.lastIndexOf('/') + 1);
            if (file.startsWith("vertx-") && file.endsWith(".jar")) {
                jars++;
                check(path, file, missing);
            }
        }
        assertThat(jars).as("Vert.x jars on the class path").isGreaterThanOrEqualTo(4);
        assertThat(missing).isEmpty();
        assertThat(unused).as("exceptions that nothing needs").isEmpty();
    }

    private void check(String path, String file, Map<String, String> missing) throws IOException {
        try (JarFile jar = new JarFile(path)) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    ClassModel model =
                            ClassFile.of().parse(jar.getInputStream(entry).readAllBytes());
                    for (PoolEntry constant : model.constantPool()) {
                        String absent = absent(constant);
                        if (absent != null) {
                            missing.putIfAbsent(absent, file + ": " + entry.getName());
                        }
                    }
                }
            }
        }
    }

    /// What a constant names and the class path lacks; null when all is well.
    private @Nullable String absent(PoolEntry constant) {
        return switch (constant) {
            case MemberRefEntry member -> absentMember(member);
            case ClassEntry type -> absentClass(type.asInternalName());
            default -> null;
        };
    }

    private @Nullable String absentClass(String name) {
        String element = name.startsWith("[") ? name.replaceAll("^\\[+L?|;$", "") : name;
        boolean primitive = name.startsWith("[") && element.length() == 1;
        return primitive || optional(element) || find(element).isPresent() ? null : element;
    }

    private @Nullable String absentMember(MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        if (owner.startsWith("[") || optional(owner) || find(owner).isEmpty()) {
            return null; // arrays have what Object has; a class that is missing is reported as a class
        }
        String name = member.name().stringValue();
        String type = member.type().stringValue();
        return has(owner, name, type) ? null : owner + '.' + name + type;
    }

    private boolean has(String owner, String name, String type) {
        Optional<ClassModel> found = find(owner);
        if (found.isEmpty()) {
            return true; // an optional class above
        }
        ClassModel model = found.get();
        return model.methods().stream()
                        .anyMatch(m -> m.methodName().equalsString(name)
                                && (m.methodType().equalsString(type) || signaturePolymorphic(owner)))
                || model.fields().stream()
                        .anyMatch(f -> f.fieldName().equalsString(name)
                                && f.fieldType().equalsString(type))
                || model.superclass()
                        .filter(above -> has(above.asInternalName(), name, type))
                        .isPresent()
                || model.interfaces().stream().anyMatch(above -> has(above.asInternalName(), name, type))
                || (model.superclass().isPresent()
                        && model.flags().has(java.lang.reflect.AccessFlag.INTERFACE)
                        && has("java/lang/Object", name, type));
    }

    /// Calls of method handles have whatever type they are called with.
    private static boolean signaturePolymorphic(String owner) {
        return owner.equals("java/lang/invoke/MethodHandle") || owner.equals("java/lang/invoke/VarHandle");
    }

    private boolean optional(String name) {
        Optional<String> reason = find(name).isPresent()
                ? Optional.empty()
                : OPTIONAL.keySet().stream().filter(name::startsWith).findFirst();
        reason.ifPresent(unused::remove);
        return reason.isPresent();
    }

    private Optional<ClassModel> find(String name) {
        return classes.computeIfAbsent(name, LinkageTest::read);
    }

    private static Optional<ClassModel> read(String name) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            return in == null ? Optional.empty() : Optional.of(ClassFile.of().parse(in.readAllBytes()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
