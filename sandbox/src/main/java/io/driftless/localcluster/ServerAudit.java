package io.driftless.localcluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The audit log of a real API server: each request to write, once it was answered, without bodies.
///
/// @param policy the file that tells the server what to write down
/// @param log the file it writes to, one event of JSON a line
record ServerAudit(Path policy, Path log) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived, ResponseStarted]
            rules:
            - level: None
              verbs: [get, list, watch]
            - level: None
              resources: [{group: coordination.k8s.io}, {group: "", resources: [events]}]
            - level: Metadata
            """;

    static ServerAudit in(Path data) {
        return new ServerAudit(data.resolve("audit-policy.yaml"), data.resolve("audit.log"));
    }

    /// What the API server is started with; writes the policy.
    List<String> flags() {
        try {
            Files.writeString(policy, POLICY);
        } catch (IOException e) {
            throw new LocalClusterException("cannot write " + policy + ": " + e.getMessage(), e);
        }
        return List.of("--audit-policy-file=" + policy, "--audit-log-path=" + log);
    }

    /// The events so far. The last line may still be in the making, and counts once it is whole.
    List<JsonNode> events() {
        if (!Files.exists(log)) {
            return List.of();
        }
        try {
            String text = Files.readString(log);
            List<JsonNode> events = new ArrayList<>();
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                events.add(JSON.readTree(line));
            }
            return events;
        } catch (JsonProcessingException e) {
            throw new LocalClusterException(log + " holds what is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new LocalClusterException("cannot read " + log + ": " + e.getMessage(), e);
        }
    }
}
