package io.driftless.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `driftless cert …`
@Command(
        name = "cert",
        mixinStandardHelpOptions = true,
        description = "Certificates and SSH host keys of repository servers.")
final class CertCommand extends CommandGroup {
    private static final String PATH = "/api/v1/certificates";

    @Command(name = "add-tls", mixinStandardHelpOptions = true, description = "Add certificates of a server.")
    int addTls(
            @Mixin ServerOption server,
            @Parameters(paramLabel = "SERVERNAME") String name,
            @Option(
                            names = "--from",
                            defaultValue = "",
                            description = "Read PEM data from a file (default: standard input).")
                    String from,
            @Option(names = "--upsert", description = "Replace one that exists.") boolean upsert) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        items.add(certificate(name, "https", "", InputText.read(from)));
        int made = create(server, items, upsert);
        out().println("Created entry with " + made + " PEM certificates for repository server " + name);
        return ExitCode.OK;
    }

    @Command(name = "add-ssh", mixinStandardHelpOptions = true, description = "Add known hosts.")
    int addSsh(
            @Mixin ServerOption server,
            @Option(names = "--batch", required = true, description = "Read known hosts, one per line.") boolean batch,
            @Option(names = "--from", defaultValue = "", description = "Read from a file (default: standard input).")
                    String from,
            @Option(names = "--upsert", description = "Replace keys that are others.") boolean upsert) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (String line : InputText.read(from).lines().toList()) {
            String[] parts = line.strip().split("\\s+", 3);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (parts.length < 3) {
                throw new CommandFailure(ExitCode.FAILED, "not a line of a known-hosts file: " + line);
            }
            for (String host : parts[0].split(",")) {
                items.add(certificate(host, "ssh", parts[1], parts[2]));
            }
        }
        if (items.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "No valid SSH known hosts data found.");
        }
        out().println("Successfully created " + create(server, items, upsert) + " SSH known host entries");
        return ExitCode.OK;
    }

    private static ObjectNode certificate(String host, String type, String subType, String data) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("serverName", host)
                .put("certType", type)
                .put("certSubType", subType)
                .put("certData", Base64.getEncoder().encodeToString(data.getBytes(UTF_8)));
    }

    private static int create(ServerOption server, ArrayNode items, boolean upsert) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.set("items", items);
        return server.api().post(PATH + "?upsert=" + upsert, list).path("items").size();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List certificates and host keys.")
    int list(
            @Mixin ServerOption server,
            @Option(names = "--cert-type", defaultValue = "", description = "ssh or https.") String type,
            @Option(names = "--sort", defaultValue = "", description = "hostname or type.") String sort,
            @Option(names = "--hostname-pattern", defaultValue = "", description = "A pattern of host names.")
                    String pattern) {
        List<JsonNode> items = new ArrayList<>();
        server.api().get(PATH + query(pattern, type, "")).path("items").forEach(items::add);
        if (sort.equals("hostname") || sort.equals("type")) {
            String field = sort.equals("type") ? "certType" : "serverName";
            items.sort(Comparator.comparing(item -> item.path(field).asText()));
        }
        Output.list(
                out(),
                server.output,
                JsonNodeFactory.instance.arrayNode().addAll(items),
                List.of("HOSTNAME", "TYPE", "SUBTYPE", "INFO"),
                item -> List.of(
                        item.path("serverName").asText(),
                        item.path("certType").asText(),
                        item.path("certSubType").asText(),
                        item.path("certInfo").asText()));
        return ExitCode.OK;
    }

    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Remove certificates and host keys of a server.")
    int remove(
            @Mixin ServerOption server,
            @Parameters(paramLabel = "REPOSERVER") String name,
            @Option(names = "--cert-type", defaultValue = "", description = "ssh or https.") String type,
            @Option(names = "--cert-sub-type", defaultValue = "", description = "Type of an SSH key.") String subType) {
        JsonNode removed =
                server.api().delete(PATH + query(name, type, subType)).path("items");
        removed.forEach(item -> out().println("Removed cert for '"
                + item.path("serverName").asText() + "' of type '"
                + item.path("certType").asText() + "' (subtype '"
                + item.path("certSubType").asText() + "')"));
        if (removed.isEmpty()) {
            out().println("No certificates were removed (none matches the given pattern)");
        }
        return ExitCode.OK;
    }

    private static String query(String pattern, String type, String subType) {
        return "?hostNamePattern=" + ApiClient.encode(pattern) + "&certType=" + ApiClient.encode(type) + "&certSubType="
                + ApiClient.encode(subType);
    }
}
