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
        return Expression.read(rule, Type.DYN).holds(SELF, null);
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
                "self.a__dash__b == 7",
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
        assertThatThrownBy(() -> Expression.read("quantity(self.a) > 1", Type.DYN))
                .hasMessageContaining("quantity")
                .hasMessageContaining("not supported yet");
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

        assertThatThrownBy(() -> rule.holds(many, null)).hasMessageContaining("steps");
    }

    @Test
    void whatWasBeforeIsCompared() {
        Expression rule = Expression.read("self.min >= oldSelf.min", Type.DYN);

        assertThat(rule.comparing()).isTrue();
        assertThat(rule.holds(SELF, json("{\"min\": 2}"))).isFalse();
        assertThat(Expression.read("self.min > 0", Type.DYN).comparing()).isFalse();
    }
}
