package io.driftless.stage;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/// How to reach Kafka: address and further client properties, such as TLS and SASL.
///
/// @param bootstrap `host:port`, several separated by commas
/// @param properties names as in Kafka's client configuration; their values are never shown
public record KafkaConnection(String bootstrap, Map<String, String> properties) {
    public KafkaConnection {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException("the address of Kafka is empty; give host:port");
        }
        properties = Map.copyOf(properties);
    }

    public static KafkaConnection of(String bootstrap) {
        return new KafkaConnection(bootstrap, Map.of());
    }

    /// Reads the client properties from a file, as Kafka's own tools do with `--command-config`.
    public static KafkaConnection of(String bootstrap, Path propertiesFile) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(propertiesFile)) {
            read.load(reader);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the Kafka properties file " + propertiesFile + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, String> properties = new HashMap<>();
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        return new KafkaConnection(bootstrap, properties);
    }

    /// Properties of a client: what was given wins over `defaults`, except for the address.
    Map<String, String> client(Map<String, String> defaults) {
        Map<String, String> client = new HashMap<>(defaults);
        client.put("metric.reporters", "");
        client.put("enable.metrics.push", "false");
        client.putAll(properties);
        client.put("bootstrap.servers", bootstrap);
        return Collections.unmodifiableMap(client);
    }

    /// True for a broker on this machine, where compressing costs more time than it saves.
    boolean near() {
        return Stream.of(bootstrap.split(","))
                .allMatch(address -> address.startsWith("127.") || address.startsWith("localhost:"));
    }

    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrap + ", " + properties.keySet() + "]";
    }
}
