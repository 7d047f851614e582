package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/// `edit set replicas NAME=COUNT …`
@Command(name = "replicas", mixinStandardHelpOptions = true, description = "Set replicas: NAME=COUNT.")
final class EditReplicas extends Edit {
    @Override
    void check() {
        require(!arguments().isEmpty(), "no replicas specified");
        arguments().forEach(EditReplicas::replica);
    }

    @Override
    void change(Node file) {
        Node replicas = list(file, "replicas");
        Map<String, Node> sorted = new TreeMap<>();
        replicas.items().forEach(one -> sorted.put(text(one, "name"), one));
        for (String argument : arguments()) {
            Node replica = replica(argument);
            sorted.put(text(replica, "name"), replica);
        }
        replicas.replaceItems(sorted.values().stream().toList());
    }

    private static Node replica(String argument) {
        String[] parts = argument.split("=", -1);
        try {
            if (parts.length == 2) {
                Node replica = Node.map();
                replica.put("name", quoted(parts[0]));
                replica.put("count", Node.scalar(Long.toString(Long.parseLong(parts[1])), Tag.INT, Style.PLAIN));
                return replica;
            }
        } catch (NumberFormatException noNumber) {
            // Said below.
        }
        throw new KustomizeException("invalid format of replica, use the following format: <name>=<count>");
    }
}
