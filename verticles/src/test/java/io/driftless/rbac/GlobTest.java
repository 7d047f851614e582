package io.driftless.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "* anything/at/all true",
                "*/* a/b true",
                "*/* a/b/c true",
                "*/* ab false",
                "a*c a/b/c true",
                "a?c abc true",
                "a?c ac false",
                "[abc] b true",
                "[abc] d false",
                "[a-c] b true",
                "[!a-c] d true",
                "[!a-c] b false",
                "{dev,stage}-* stage-x true",
                "{dev,stage}-* prod-x false",
                "{a{b,c},d} ac true",
                "a\\*c a*c true",
                "a\\*c abc false",
                "delete/*/Pod/* delete/x/Pod/y/z true",
                "a.c abc false",
                "abc ABC false",
                "a+b a+b true"
            })
    void matchesAsThePolicyLanguageMeansIt(String glob, String text, boolean expected) throws PolicyException {
        assertThat(Glob.compile(glob).matches(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a,b", "a}", "[z-a]", "[", "[]", "a]", "\\", "{[a}"})
    void refusesMalformedGlobs(String glob) {
        assertThatThrownBy(() -> Glob.compile(glob)).isInstanceOf(PolicyException.class);
    }

    @Test
    void takesNoLongerThanTheTextIsLong() throws PolicyException {
        TextMatcher matcher = Glob.compile("*a".repeat(500) + "b");
        TextMatcher regex = TextMatcher.of(TextMatcher.Mode.REGEX, "^(a+)+$");
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertThat(matcher.matches("a".repeat(2_000))).isFalse();
            assertThat(regex.matches("a".repeat(20_000) + "b")).isFalse();
        });
        assertThatThrownBy(() -> TextMatcher.of(TextMatcher.Mode.GLOB, "a".repeat(64 * 1024)))
                .isInstanceOf(PolicyException.class);
    }
}
