package io.driftless.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.app.Stage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// The arguments of a container, read by the command line itself: an option that it does not know fails the test.
///
/// @param options value of each option that is given, by its name
record ServerArguments(Map<String, String> options) {
    static ServerArguments of(JsonNode arguments) {
        List<String> given = Checkout.texts(arguments);
        assertThat(given).as("arguments of a stage").startsWith("server");
        ParseResult parsed = new CommandLine(command())
                .parseArgs(given.subList(1, given.size()).toArray(String[]::new));
        Map<String, String> options = new TreeMap<>();
        parsed.matchedOptions()
                .forEach(option -> options.put(
                        option.longestName(), option.originalStringValues().getFirst()));
        return new ServerArguments(options);
    }

    /// The options of `driftless server`.
    static Set<String> known() {
        return new CommandLine(command()).getCommandSpec().optionsMap().keySet();
    }

    Set<Stage> stages() {
        assertThat(options).containsKey("--stages");
        return Stage.parse(options.get("--stages"));
    }

    String option(String name) {
        assertThat(options).containsKey(name);
        return options.get(name);
    }

    private static Class<?> command() {
        try {
            return Class.forName("io.driftless.cli.ServerCommand");
        } catch (ClassNotFoundException e) {
            throw new AssertionError("the command `driftless server` has another class now: name it here", e);
        }
    }
}
