package io.driftless.objects.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.objects.yaml.YamlOptions.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoYamlTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What sigs.k8s.io/yaml 1.6 printed for each of these.
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "on|true",
                "yes|true",
                "y|true",
                "Y|true",
                "N|false",
                "no|false",
                "True|true",
                "tRue|`\"tRue\"`",
                "014|12",
                "0o14|12",
                "08|8",
                "09.5|9.5",
                "1_000|1000",
                "2001-12-14|`\"2001-12-14\"`",
                "12:30:45|`\"12:30:45\"`",
                "12345678901234567890|12345678901234567000",
                "~|null",
                "Null|null",
                "0x1F|31",
                "-0x1F|-31",
                "0b11|3",
                "+1|1",
                ".5|0.5",
                "5.|5",
                "1e3|1000",
                "1e400|`\"1e400\"`",
                "1.0|1",
                "-0.0|0",
                "1e-7|1e-7",
                "_1|`\"_1\"`",
                "1_|1",
                "0_7|7",
                "+|`\"+\"`",
                ".|`\".\"`",
                "=|`\"=\"`",
                "!!str 12|`\"12\"`",
                "!!int \"12\"|12",
                "!!binary aGk=|`\"hi\"`",
                "!!bool yes|true",
                "9223372036854775807|9223372036854775807",
                "0xFFFFFFFFFFFFFFFFFF|`\"0xFFFFFFFFFFFFFFFFFF\"`",
                "{y: 1}|`{\"true\":1}`",
                "{1.5: a}|`{\"1.5\":\"a\"}`",
                "0b2|`\"0b2\"`",
                "0o8|`\"0o8\"`",
                "-.5|-0.5",
                "'yes'|`\"yes\"`",
                "{2001-12-14: a}|`{\"2001-12-14\":\"a\"}`",
                "1__0|10",
                "00|0"
            })
    void readsAPlainScalarAsGoDoes(String yaml, String json) throws Exception {
        JsonNode read = GoYaml.readOne("a.yaml", "v: " + yaml).get("v");

        assertThat(read).isEqualTo(JSON.readTree(json));
    }

    @Test
    void keepsYesAsTextInTheDialectOfKustomize() {
        YamlOptions kustomize = YamlOptions.STRICT.withDialect(Dialect.KUSTOMIZE);

        JsonNode read = GoYaml.read("a.yaml", bytes("[yes, on, y, True, 2020-01-02, 0777]"), kustomize)
                .getFirst()
                .value();

        assertThat(read).hasToString("[\"yes\",\"on\",\"y\",true,\"2020-01-02T00:00:00Z\",511]");
    }

    @Test
    void readsDocumentsWithTheLineTheirContentStartsOn() {
        List<Document> documents = GoYaml.read("a.yaml", "# hello\na: 1\n---\n---\n\nb: 2\n...\n---\n# nothing\n");

        assertThat(documents).extracting(Document::line).containsExactly(2, 6);
    }

    @Test
    void mergesKeysWithoutOverridingThoseWritten() {
        JsonNode read = GoYaml.readOne("a.yaml", "base: &b {x: 1, y1: 2}\nuse:\n  x: 5\n  <<: *b\n");

        assertThat(read.get("use")).hasToString("{\"x\":5,\"y1\":2}");
    }

    @Test
    void copiesWhatAnAliasStandsFor() {
        JsonNode read = GoYaml.readOne("a.yaml", "a: &a {x: 1}\nb: *a\n");

        assertThat(read.get("b")).isEqualTo(read.get("a")).isNotSameAs(read.get("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\na: 2",
                "v: .inf",
                "v: *nope",
                "v: &v [*v]",
                "v: !!python/object x",
                "v: !foo bar",
                "a: b: c",
                "\tx: 1",
                "v: @x",
                "v: [1",
                "{~: a}",
                "v: \u0001",
                "<<: 1",
                "v: !!int x",
                "? [a]\n: b"
            })
    void namesFileLineAndRemedyOfWhatItRefuses(String yaml) {
        assertThatThrownBy(() -> GoYaml.read("apps/a.yaml", yaml))
                .isInstanceOf(InvalidYaml.class)
                .hasMessageMatching("(?s)apps/a.yaml line \\d+, column \\d+: .+; .+");
    }

    @Test
    void takesTheLastOfTwoEqualKeysWhenLenient() {
        List<Document> read = GoYaml.read("a.yaml", bytes("a: 1\na: 2"), YamlOptions.STRICT.lenient());

        assertThat(read.getFirst().value()).hasToString("{\"a\":2}");
    }

    @Test
    void refusesABillionLaughs() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            String alias = "*a" + (i - 1);
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(9, alias))));
        }

        assertThatThrownBy(() -> GoYaml.read("a.yaml", laughs.toString())).hasMessageContaining("aliases that expand");
    }

    @Test
    void refusesDepthDocumentsAndSizeBeyondTheLimits() {
        assertThatThrownBy(() -> GoYaml.read("a.yaml", "[".repeat(10_000))).hasMessageContaining("nesting deeper");
        assertThatThrownBy(() -> GoYaml.read("a.json", "[".repeat(10_000))).isInstanceOf(InvalidYaml.class);
        assertThatThrownBy(() -> GoYaml.read("a.yaml", "---\n".repeat(50_001))).hasMessageContaining("documents");
        assertThatThrownBy(() -> GoYaml.read("a.yaml", new byte[(16 << 20) + 1]))
                .hasMessageContaining("bytes");
        assertThatThrownBy(() -> GoYaml.read("a.yaml", new byte[] {'a', (byte) 0xFF}))
                .hasMessageContaining("UTF-8");
    }

    @Test
    void readsJsonWithTheNumbersOfGo() {
        assertThat(GoYaml.readOne("a.json", "{\"a\":1.0,\"b\":1e3,\"c\":[true,null,\"yes\"],\"d\":0.5}"))
                .hasToString("{\"a\":1,\"b\":1000,\"c\":[true,null,\"yes\"],\"d\":0.5}");
        assertThatThrownBy(() -> GoYaml.read("a.json", "{\"a\":1,\n\"a\":2}")).hasMessageContaining("a.json line 2");
        assertThatThrownBy(() -> GoYaml.read("a.json", "{} {}")).hasMessageContaining("after the end");
    }

    @Test
    void readsByteOrderMarksAndWindowsLineEnds() {
        assertThat(GoYaml.readOne("a.yaml", "\uFEFFa: |\r\n  x\r\n")).hasToString("{\"a\":\"x\\n\"}");
        assertThat(GoYaml.read("a.yaml", "\uFEFFa: 1".getBytes(StandardCharsets.UTF_16LE), YamlOptions.STRICT))
                .hasSize(1);
    }

    @Test
    void refusesNumbersThatNoReaderHolds() {
        assertThatThrownBy(() -> GoYaml.read("a.json", "{\"a\":1e999}")).isInstanceOf(InvalidYaml.class);
        assertThatThrownBy(() -> GoYaml.read("a.json", "[" + "9".repeat(500) + "]"))
                .isInstanceOf(InvalidYaml.class);
        assertThat(GoYaml.readOne("a.yaml", "a: " + "9".repeat(350)).get("a").isTextual())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: %s", "a: \"%s\"", "a: '%s'", "a: |\n  %s", "%s: a", "- %s", "# %s\na: b", "{\"a\": \"%s\"}"})
    @Timeout(20)
    void readsAWordOfTenMegabytesInTheTimeItIsLong(String yaml) {
        String text = yaml.formatted("x".repeat(10 << 20));

        assertThatCode(() -> {
                    try {
                        GoYaml.read("a.yaml", text);
                    } catch (InvalidYaml refused) {
                        // A key of this length may be refused, but soon.
                        assertThat(refused.getMessage()).hasSizeLessThan(1_000);
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void keepsTextThatWasBrokenByWindowsLineEnds() {
        String text = "\uFEFFa: b\r\n---\r\nc:\r\n- |\r\n  one\r\n  two\r\n- \"x\r\n  y\"\r\n";

        List<Document> read = GoYaml.read("a.yaml", text);

        assertThat(read).extracting(Document::line).containsExactly(1, 3);
        assertThat(read.getLast().value()).hasToString("{\"c\":[\"one\\ntwo\\n\",\"x y\"]}");
    }

    @Test
    void countsTheLinesBeforeAForbiddenCharacterWhateverTheyHold() {
        assertThatThrownBy(() -> GoYaml.read("a.yaml", "a: 😀😀😀\r\nb: \u0001"))
                .hasMessageStartingWith("a.yaml line 2, column 1: the character U+0001");
    }

    @Test
    void writesBlocksThatPeopleRead() {
        JsonNode value = GoYaml.readOne(
                "a.json",
                "{\"kind\":\"A\",\"list\":[{\"a\":1,\"b\":[2]},\"x\"],\"e\":{},\"none\":null,\"t\":\"yes\",\"m\":\"l1\\nl2\\n\"}");

        assertThat(GoYaml.write(value))
                .isEqualTo(
                        "kind: A\nlist:\n- a: 1\n  b:\n  - 2\n- x\ne: {}\nnone: null\nt: \"yes\"\nm: |\n  l1\n  l2\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yes",
                "y",
                "012",
                "1e3",
                "2001-12-14",
                "12:30:45",
                "a: b",
                "a:",
                "# x",
                "x #y",
                "-",
                "- a",
                "-a",
                "*x",
                "&x",
                "!x",
                "%x",
                "@x",
                "'q'",
                "\"q\"",
                "a\tb",
                "a\n",
                "a\nb",
                "\na",
                " a\nb",
                "a\n\n\nb\n\n",
                "a \nb",
                "\n",
                "\n\n",
                "a\r\nb",
                "\u0001",
                "\u2028",
                "😀",
                "null",
                "~",
                "<<",
                "=",
                ".inf",
                "[a",
                "{a",
                "a, b",
                "---",
                "...",
                "?",
                "? a",
                ":",
                "|",
                ">",
                "`",
                "a\\b",
                "a\"b",
                "it's",
                "\ta\nb",
                "a\n ",
                "é\u0085",
                "a\n\tb",
                "\n ",
                "a\n\n",
                "\n\na\n"
            })
    void readsBackWhatItWrote(String text) {
        JsonNode value = JSON.createObjectNode()
                .put("v", text)
                .put(text, "key")
                .set(
                        "l",
                        JSON.createArrayNode()
                                .add(text)
                                .add(JSON.createObjectNode().put("in", text)));

        String written = GoYaml.write(value);

        assertThat(GoYaml.readOne("a.yaml", written)).as(written).isEqualTo(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
