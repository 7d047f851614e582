package io.driftless.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// `schemas/` against the records. After a deliberate change: `mvn -pl events -am test
/// -Dschemas.write=true`, and look at the difference before committing it. Samples are never
/// rewritten: that is what keeps old records readable.
class PublishedContractTest {
    private static final boolean WRITE = Boolean.getBoolean("schemas.write");
    private static final Path SAMPLES = PublishedContract.DIRECTORY.resolve("samples");

    @Test
    void schemasAreWhatTheRecordsSay() throws Exception {
        Map<String, String> expected = PublishedContract.files();
        if (WRITE) {
            Files.createDirectories(PublishedContract.DIRECTORY);
            for (Map.Entry<String, String> file : expected.entrySet()) {
                Files.writeString(PublishedContract.DIRECTORY.resolve(file.getKey()), file.getValue());
            }
        }
        Map<String, String> actual = new TreeMap<>();
        try (Stream<Path> files = Files.list(PublishedContract.DIRECTORY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                actual.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        actual.remove("README.md");
        assertThat(actual).as("files of schemas/").isEqualTo(expected);
    }

    @Test
    void everyEventHasASample() throws Exception {
        if (WRITE) {
            for (Event event : Samples.all()) {
                Path file = SAMPLES.resolve(PublishedContract.fileName(EventTypes.nameOf(event.getClass())));
                Files.createDirectories(SAMPLES);
                if (!Files.exists(file)) {
                    JsonNode tree = EventCodec.mapper().readTree(EventCodec.data(event));
                    Files.writeString(
                            file,
                            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n");
                }
            }
        }
        TreeSet<String> expected = new TreeSet<>();
        EventTypes.all().keySet().forEach(type -> expected.add(PublishedContract.fileName(type)));
        TreeSet<String> actual = new TreeSet<>();
        samples().forEach(file -> actual.add(schemaOf(file)));
        assertThat(actual).isEqualTo(expected);
    }

    @TestFactory
    List<DynamicTest> samplesFitTheirSchemaAndSurviveReadingAndWriting() throws Exception {
        return samples().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
                .toList();
    }

    private static void check(Path file) throws Exception {
        String text = Files.readString(file);
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(PublishedContract.DIRECTORY.resolve(schemaOf(file))), InputFormat.JSON);
        assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();

        String type = "io.driftless." + schemaOf(file).replace(".json", "");
        Event event = EventCodec.mapper().readValue(text, EventTypes.recordOf(type));
        Envelope envelope =
                new Envelope("1", "/driftless/test", Instant.parse("2026-11-25T10:00:00.000001Z"), "c", null, event);
        Topic topic = Topic.of(event);
        assertThat(EventCodec.read(topic, EventCodec.headers(envelope), EventCodec.data(event)))
                .isEqualTo(envelope);
        assertThat(EventCodec.mapper().readTree(EventCodec.data(event)))
                .isEqualTo(EventCodec.mapper().readTree(text));
    }

    private static List<Path> samples() throws Exception {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.sorted().toList();
        }
    }

    /// `sync-started.v1.json` and `sync-started.v1.without-attempt.json` both fit `sync-started.v1.json`.
    private static String schemaOf(Path sample) {
        String[] parts = sample.getFileName().toString().split("\\.");
        return parts[0] + '.' + parts[1] + ".json";
    }
}
