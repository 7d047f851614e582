package io.driftless.sandbox.custom.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final JsonNode SELF = json("""
            {"min": 1, "max": 3, "half": 0.5, "name": "web-1", "on": true, "none": null, "list": [3, 1, 2],
             "parts": [{"name": "a", "size": 2}, {"name": "b"}], "map": {"x": "1", "y": "2"}, "a-b": 7}
            """);

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean holds(String rule) {
        return Expression.read(rule, Type.DYN).holds(SELF, null, new Budget());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self.min <= self.max && self.max != 4",
                "self.min + self.max * 2 == 7",
                "(self.min + self.max) * 2 == 8 && 7 / 2 == 3 && 7 % 4 == 3 && -self.min == 0 - 1",
                "self.half < 1 && self.half * 2.0 == 1.0",
                "self.name.startsWith('web') && self.name.matches('^[a-z]+-[0-9]$') && size(self.name) == 5",
                "self.name.split('-')[1] == \"1\" && self.name.replace('-', '_') == 'web_1'",
                "has(self.name) && !has(self.nothing)",
                "!has(self.nothing) || self.nothing > 1",
                "self.nothing > 1 || self.on",
                "self.none == null",
                "2 in self.list && !(4 in self.list) && 'x' in self.map",
                "self.list.all(i, i > 0) && self.list.exists(i, i == 3) && self.list.exists_one(i, i == 1)",
                "self.list.map(i, i * 2) == [6, 2, 4] && self.list.filter(i, i > 1).size() == 2",
                "self.list.map(i, i > 1, i + 1) == [4, 3]",
                "self.parts.all(p, !has(p.size) || p.size == 2)",
                "self.map.all(k, self.map[k] != '') && self.map == {'y': '2', 'x': '1'}",
                "self.on ? self.min == 1 : false",
                "int('5') + 1 == 6 && string(self.min) == '1' && double('1.5') == 1.5",
                "self.list.sum() == 6 && self.list.max() == 3 && !self.list.isSorted()",
                "r'a\\d' == 'a\\\\d' && 'a\\n'.size() == 2 && 0x10 == 16 && 010 == 10",
            })
    void whatHoldsIsFoundToHold(String rule) {
        assertThat(holds(rule)).as(rule).isTrue();
    }

    @Test
    void whatIsMissingHasNoValue() {
        assertThatThrownBy(() -> holds("self.nothing > 1"))
                .isInstanceOf(CelException.class)
                .hasMessage("no such key: nothing");
        assertThatThrownBy(() -> holds("self.list[7] > 1")).isInstanceOf(CelException.class);
        assertThatThrownBy(() -> holds("self.name > 1")).isInstanceOf(CelException.class);
        assertThatThrownBy(() -> holds("1 / 0 == 1")).hasMessage("division by zero");
    }

    @Test
    void whatIsNotKnownIsRefusedWhenItIsRead() {
        assertThatThrownBy(() -> Expression.read("google.protobuf.Duration{seconds: 1} == self.a", Type.DYN))
                .hasMessageContaining("google.protobuf.Duration")
                .hasMessageContaining("not supported yet");
        assertThatThrownBy(() -> Expression.read("math.least(1, 2) == 1", Type.DYN))
                .hasMessageContaining("undeclared reference to 'math'");
        assertThatThrownBy(() -> Expression.read("quantity(self.a) > 1", Type.DYN))
                .hasMessageContaining("'_>_' applied to '(kubernetes.Quantity, int)'");
        assertThatThrownBy(() -> Expression.read("self.foo >", Type.DYN)).hasMessageContaining("Syntax error");
        assertThatThrownBy(() -> Expression.read("other > 1", Type.DYN)).hasMessageContaining("undeclared reference");
        assertThatThrownBy(() -> Expression.read("self.x == 'open", Type.DYN)).hasMessageContaining("Syntax error");
        assertThatThrownBy(() -> Expression.read("(".repeat(5000) + "1", Type.DYN))
                .isInstanceOf(CelException.class);
    }

    @Test
    void aRuleThatWouldTakeForEverIsGivenUp() {
        String deep = "self.list.all(a, self.list.all(b, self.list.all(c, self.list.all(d, self.list.all(e, true)))))";
        JsonNode many = json("{\"list\": [" + "1,".repeat(200) + "1]}");
        Expression rule = Expression.read(deep, Type.DYN);

        assertThatThrownBy(() -> rule.holds(many, null, new Budget())).hasMessageContaining("steps");
    }

    @Test
    void whatWasBeforeIsCompared() {
        Expression rule = Expression.read("self.min >= oldSelf.min", Type.DYN);

        assertThat(rule.comparing()).isTrue();
        assertThat(rule.holds(SELF, json("{\"min\": 2}"), new Budget())).isFalse();
        assertThat(Expression.read("self.min > 0", Type.DYN).comparing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quantity('1.5Gi').isGreaterThan(quantity('1500M')) && quantity('1').add(2).asInteger() == 3",
                "url('https://a:80/b?c=d').getPort() == '80' && !isURL('a')",
                "cidr('10.0.0.0/8').containsIP(ip('10.1.2.3')) && string(ip('FE80::0')) == 'fe80::'",
                "semver('1.2.3-a').isLessThan(semver('1.2.3')) && isSemver('v1', true)",
                "format.dns1123Label().validate('a_').hasValue() && !format.named('x').hasValue()",
                "duration('90m').getHours() == 1 && timestamp('2024-02-03T23:00:00-02:00').getDate() == 4",
                "'a1b2'.findAll('[0-9]') == ['1', '2'] && 'a-b'.split('-').join('+') == 'a+b'",
                "'%s %d %.1f'.format(['a', 1, 2.55]) == 'a 1 2.5'",
                "self.?nothing.orValue(1) == 1 && self.?name.hasValue() && [?{'a': 1}[?'b'], 2] == [2]",
                "self.?name.optMap(n, n.size()).orValue(0) == 5 && optional.none().or(optional.of(1)).value() == 1",
                "self.list.all(i, v, i < 3 && v > 0) && self.map.transformList(k, v, k + v) == ['x1', 'y2']",
                "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2} && [3, 1, 2].sortBy(x, -x) == [3, 2, 1]",
                "sets.equivalent([1, 2], [2, 1, 1]) && lists.range(2) == [0, 1] && [[1], [2]].flatten() == [1, 2]",
                "type(self.min) == int && type(1u) == uint && 3u - 1u == 2u && b'\\x41' == bytes('A')",
                "dyn(1) == 1.0 && {1: 'a'}[1] == 'a' && string(1e6) == '1e+06' && int('7') == 7",
            })
    void librariesAreThere(String rule) {
        assertThat(holds(rule)).as(rule).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a'.replace('', self.long).replace('', self.long).replace('', self.long) == ''",
                "self.long.split('').map(x, self.long).join('') == ''",
                "lists.range(1000000000).size() == 1",
                "'%.999999999f'.format([1.0]) == ''",
                "(self.long + '!').matches('^(a+)+$')",
                "self.long.split('').all(x, self.long.matches('^(a|a|b)*c$') || true)",
                "sets.contains(self.long.split(''), self.long.split('').map(x, x + 'b')) || self.long.split('').distinct().size() > 0"
                        + " && self.long.split('').map(x, self.long.indexOf('b')).sum() > 0",
                "self.long.split('').map(x, self.long.split('').map(y, self.long.split(''))).size() == 0",
            })
    void whatWouldFillTheMemoryOrTakeForEverIsGivenUp(String rule) {
        JsonNode self = json("{\"long\": \"" + "a".repeat(20_000) + "\"}");

        assertThatThrownBy(() -> Expression.read(rule, Type.DYN).holds(self, null, new Budget()))
                .isInstanceOf(CelException.class);
    }

    @Test
    void whatDoublesWithEachLevelIsGivenUp() {
        String many = "optional.of([1])" + ".optMap(a, [a, a])".repeat(60) + ".value()";
        for (String rule : new String[] {
            many + " == " + many,
            "'%s'.format([" + many + "]) == ''",
            many + ".flatten(100) == []",
            "{" + many + ": 1} == {}",
            "optional.of('a')" + ".optMap(a, a + a)".repeat(60) + ".hasValue()",
            "optional.of({'a': 1})" + ".optMap(a, {a: a})".repeat(60) + ".hasValue()"
        }) {
            assertThatThrownBy(() -> Expression.read(rule, Type.DYN).holds(SELF, null, new Budget()))
                    .as(rule)
                    .isInstanceOf(CelException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {240, 2_000, 90_000})
    void manyTermsAreNoHarm(int count) {
        String all = "true" + " && true".repeat(count / 8);
        assertThat(Expression.read(all, Type.DYN).holds(SELF, null, new Budget()))
                .isTrue();
        for (String deep : new String[] {
            "1" + "+1".repeat(count / 2) + " > 0",
            "(".repeat(count / 2) + "true" + ")".repeat(count / 2),
            "!".repeat(count) + "true",
            "[".repeat(count / 2) + "]".repeat(count / 2) + " != []",
            "self" + ".a".repeat(count / 2) + " == 1"
        }) {
            try {
                assertThat(Expression.read(deep, Type.DYN)).isNotNull();
            } catch (CelException e) {
                assertThat(e).hasMessageContaining("recursion");
            }
        }
    }

    @Test
    void fieldsHaveTheNamesAndTypesOfTheSchema() {
        Type self = Type.object(
                "self",
                java.util.Map.of("a-b", Type.INT, "at", Type.TIMESTAMP, "for", Type.STRING, "set", Type.set(Type.INT)));
        JsonNode object = json("{\"a-b\": 7, \"at\": \"2024-02-03T04:05:06Z\", \"for\": \"x\", \"set\": [1, 2]}");

        assertThat(Expression.read("self.a__dash__b == 7 && self.__for__ == 'x' && self.set == [2, 1]", self)
                        .holds(object, null, new Budget()))
                .isTrue();
        assertThat(Expression.read("self.at.getFullYear() == 2024", self).holds(object, null, new Budget()))
                .isTrue();
        assertThatThrownBy(() -> Expression.read("self.at == 'x' || self.no", self))
                .isInstanceOfSatisfying(
                        CelException.class,
                        e -> assertThat(e.at("self.at == 'x' || self.no"))
                                .isEqualTo(
                                        "ERROR: <input>:1:9: found no matching overload for '_==_' applied to '(timestamp,"
                                                + " string)'\n | self.at == 'x' || self.no\n | ........^\n"
                                                + "ERROR: <input>:1:23: undefined field 'no'\n | self.at == 'x' || self.no\n"
                                                + " | ......................^"));
    }

    @Test
    void whatWasBeforeMayBeNone() {
        Expression rule = Expression.read("oldSelf.?min.orValue(9) > self.min", Type.DYN, true);

        assertThat(rule.optional()).isTrue();
        assertThat(rule.holds(SELF, null, new Budget())).isTrue();
        assertThat(rule.holds(SELF, json("{\"min\": 1}"), new Budget())).isFalse();
    }
}
