package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/// An answer that goes on for as long as somebody listens: a line for each message. Lines may have blanks around them,
/// which are signs of life.
record AnswerStream(InputStream body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// False when `limit` passed before `enough` said so. What `enough` throws is thrown.
    boolean until(Duration limit, Predicate<JsonNode> enough) throws IOException, InterruptedException {
        boolean[] found = {false};
        IOException[] failed = {null};
        RuntimeException[] told = {null};
        String[] refused = {""};
        Thread reader = Thread.startVirtualThread(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.isBlank()) {
                        continue;
                    }
                    JsonNode message = JSON.readTree(line);
                    if (message.has("error")) {
                        refused[0] = message.path("error").path("message").asText("the server ended the stream");
                        return;
                    }
                    if (enough.test(message.path("result"))) {
                        found[0] = true;
                        return;
                    }
                }
                failed[0] = new IOException("the server ended the stream");
            } catch (IOException e) {
                failed[0] = e;
            } catch (RuntimeException e) {
                told[0] = e;
            }
        });
        if (!reader.join(limit)) {
            body.close();
            return false;
        }
        if (told[0] != null) {
            throw told[0];
        }
        if (!refused[0].isEmpty()) {
            throw new CommandFailure(ExitCode.API, refused[0]);
        }
        if (failed[0] != null) {
            throw failed[0];
        }
        return found[0];
    }
}
