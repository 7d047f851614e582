package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Where one is logged in: the file `driftless/config.json` in the user's configuration folder, which only he may read.
/// Whoever can read it has his rights: a file that others may read is used all the same, and told of.
final class Logins {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Login NONE = new Login("", false);
    private final ObjectNode document;

    /// @param insecure whether the certificate of the server is not checked
    record Login(String token, boolean insecure) {
        /// Names no secret.
        @Override
        public String toString() {
            return "Login";
        }
    }

    private Logins(ObjectNode document) {
        this.document = document;
    }

    /// @param err where it is told that others may read the file
    static Logins load(PrintWriter err) {
        Path file = file();
        if (!Files.exists(file)) {
            return new Logins(JsonNodeFactory.instance.objectNode());
        }
        try {
            if (!forOwnerAlone(file)) {
                err.println("driftless: warning: " + file
                        + " holds your tokens and others may open it; to prevent that: " + "chmod 600 " + file);
            }
            return new Logins(
                    JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode read
                            ? read
                            : JsonNodeFactory.instance.objectNode());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage() + "; delete it and log in again");
        }
    }

    private static boolean forOwnerAlone(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return true;
        }
        return Stream.of(PosixFilePermission.values())
                .filter(right -> !right.name().startsWith("OWNER_"))
                .noneMatch(Files.getPosixFilePermissions(file)::contains);
    }

    private static Path file() {
        String folder = System.getenv("XDG_CONFIG_HOME");
        Path base = folder == null || folder.isBlank()
                ? Path.of(System.getProperty("user.home"), ".config")
                : Path.of(folder);
        return base.resolve("driftless").resolve("config.json");
    }

    static String normalised(String server) {
        String address = server.contains("://") ? server : "http://" + server;
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /// The server that commands talk to when none is named; empty when there is none.
    String current() {
        return document.path("current").asText("");
    }

    Login of(String server) {
        JsonNode login = document.path("servers").path(server);
        return login.isMissingNode()
                ? NONE
                : new Login(
                        login.path("token").asText(""), login.path("insecure").asBoolean());
    }

    List<String> servers() {
        List<String> servers = new ArrayList<>();
        document.path("servers").fieldNames().forEachRemaining(servers::add);
        return servers;
    }

    void use(String server) {
        document.put("current", server);
        save();
    }

    void put(String server, Login login) {
        document.withObjectProperty("servers")
                .putObject(server)
                .put("token", login.token())
                .put("insecure", login.insecure());
        use(server);
    }

    void remove(String server) {
        document.withObjectProperty("servers").remove(server);
        if (current().equals(server)) {
            document.remove("current");
        }
        save();
    }

    private void save() {
        Path file = file();
        try {
            Files.createDirectories(file.getParent(), mode("rwx------"));
            Path fresh = Files.createTempFile(file.getParent(), "config", ".new", mode("rw-------"));
            Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "cannot write " + file + ": " + e.getMessage());
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }
}
