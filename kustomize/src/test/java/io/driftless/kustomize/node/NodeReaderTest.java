package io.driftless.kustomize.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.kustomize.KustomizeException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeReaderTest {
    /// What the 5.8.1 binary prints for a field with such a value in a resource.
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes|`\"yes\"`",
                "on|`\"on\"`",
                "y|`\"y\"`",
                "True|true",
                "0777|511",
                "0o777|511",
                "1_000|1000",
                "0x1F|31",
                "2020-01-01|`\"2020-01-01T00:00:00Z\"`",
                "12:30:45|`\"12:30:45\"`",
                "18446744073709551615|18446744073709551615",
                "123456789012345678901234567890|1.2345678901234568e+29",
                "1.0|1",
                "1e3|1000",
                "1e21|1e+21",
                "`\"yes\"`|`\"yes\"`",
                "~|null",
                "!!binary aGk=|hi",
                "1.2.3|1.2.3",
            })
    void printsAPlainScalarAsTheReferenceDoes(String yaml, String printed) {
        assertThat(print("v: " + yaml)).isEqualTo("v: " + printed + "\n");
    }

    @Test
    void refusesInfinity() {
        assertThatThrownBy(() -> print("v: .inf"))
                .isInstanceOf(KustomizeException.class)
                .hasMessageContaining("json: unsupported value: +Inf");
    }

    @Test
    void expandsAnchorsAndMergeKeys() {
        assertThat(print("a: &a {x: 1, z: 2}\nb:\n  <<: *a\n  x: 3\nc: *a\n"))
                .isEqualTo("a:\n  x: 1\n  z: 2\nb:\n  x: 3\n  z: 2\nc:\n  x: 1\n  z: 2\n");
    }

    @Test
    void marksMapsWithRepeatedKeys() {
        Node node = read("a: 1\nb: 2\na: 3\n");

        assertThatThrownBy(() -> Duplicates.refuse(node)).hasMessageContaining("mapping key \"a\" already defined");
    }

    @Test
    void readsWindowsLineEndsAndAByteOrderMark() {
        List<Node> documents =
                NodeReader.all("\uFEFFa: |\r\n  x\r\n  z\r\n---\r\n# nothing\r\n---\r\nb: 1\r\n", Limits.DEFAULT);

        assertThat(documents).extracting(YamlText::print).containsExactly("a: |\n  x\n  z\n", "b: 1\n");
    }

    @Test
    @Timeout(20)
    void refusesABillionLaughs() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            String alias = "*a" + (i - 1);
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(9, alias))));
        }

        assertThatThrownBy(() -> read(laughs.toString())).hasMessageContaining("excessive aliasing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v: *nope", "v: &v [*v]", "a: &b [1]\nc: {<<: *b}", "v: [1", "\tx: 1", "v: \u0001"})
    void refusesWhatIsNoYaml(String yaml) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(MalformedYaml.class);
    }

    @Test
    void refusesDepthBeyondTheLimit() {
        assertThatThrownBy(() -> read("[".repeat(10_000))).hasMessageContaining("nested deeper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: %s", "a: \"%s\"", "a: '%s'", "a: |\n  %s", "- %s", "# %s\na: b"})
    @Timeout(20)
    void readsAWordOfTenMegabytesInTheTimeItIsLong(String yaml) {
        assertThat(read(yaml.formatted("x".repeat(10 << 20))).size()).isEqualTo(1);
    }

    private static Node read(String yaml) {
        return Objects.requireNonNull(NodeReader.first(yaml, Limits.DEFAULT));
    }

    private static String print(String yaml) {
        return YamlText.print(read(yaml));
    }
}
