package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `driftless gpg …`
@Command(
        name = "gpg",
        mixinStandardHelpOptions = true,
        description = "Public keys that commits may be signed with; signatures are not verified yet.")
final class GpgCommand extends CommandGroup {
    private static final String PATH = "/api/v1/gpgkeys";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List public keys.")
    int list(@Mixin ServerOption server) {
        Output.list(
                out(),
                server.output,
                server.api().get(PATH).path("items"),
                List.of("KEYID", "TYPE", "IDENTITY"),
                key -> List.of(
                        key.path("keyID").asText(),
                        key.path("subType").asText().toUpperCase(Locale.ROOT),
                        key.path("owner").asText()));
        return ExitCode.OK;
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Show a public key.")
    int get(@Mixin ServerOption server, @Parameters(paramLabel = "KEYID") String id) {
        JsonNode key = server.api().get(PATH + '/' + ApiClient.encode(id));
        if (Output.forMachines(server.output)) {
            Output.print(out(), server.output, key);
            return ExitCode.OK;
        }
        out().println("Key ID:          " + key.path("keyID").asText());
        out().println("Key fingerprint: " + key.path("fingerprint").asText());
        out().println("Key subtype:     " + key.path("subType").asText().toUpperCase(Locale.ROOT));
        out().println("Key owner:       " + key.path("owner").asText());
        out().println("Key data follows until EOF:");
        out().println(key.path("keyData").asText());
        return ExitCode.OK;
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Add the public keys of a file.")
    int add(
            @Mixin ServerOption server,
            @Option(
                            names = {"-f", "--from"},
                            required = true,
                            description = "The file, with armored keys.")
                    String from) {
        JsonNode answer =
                server.api().post(PATH, JsonNodeFactory.instance.objectNode().put("keyData", InputText.read(from)));
        int created = answer.path("created").path("items").size();
        out().println("Created " + created + " key(s) from input file");
        if (!answer.path("skipped").isEmpty()) {
            List<String> skipped = new ArrayList<>();
            answer.path("skipped").forEach(id -> skipped.add(id.asText()));
            out().println("Skipped because they are there: " + String.join(", ", skipped));
        }
        return ExitCode.OK;
    }

    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Remove a public key.")
    int remove(@Mixin ServerOption server, @Parameters(paramLabel = "KEYID") String id) {
        server.api().delete(PATH + "?keyID=" + ApiClient.encode(id));
        out().println("Deleted key with key ID " + id);
        return ExitCode.OK;
    }
}
