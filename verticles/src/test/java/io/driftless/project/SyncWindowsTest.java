package io.driftless.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.events.ProjectRules.SyncWindow;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncWindowsTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z"); // a Wednesday
    private static final long HOUR = 3_600_000;
    private static final String OPEN = "30 11 * * *";
    private static final String SHUT = "0 3 * * *";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * * | 2026-03-04T12:00:30 | 2026-03-04T12:01
            0 22 * * * | 2026-03-04T12:00 | 2026-03-04T22:00
            0 12 * * * | 2026-03-04T12:00 | 2026-03-05T12:00
            */15 8-10 * * * | 2026-03-04T10:50 | 2026-03-05T08:00
            5/20 * * * ? | 2026-03-04T12:26 | 2026-03-04T12:45
            0 0 1 * * | 2026-03-04T12:00 | 2026-04-01T00:00
            0 0 * * mon-FRI | 2026-03-06T12:00 | 2026-03-09T00:00
            0 0 * * 0,6 | 2026-03-04T12:00 | 2026-03-07T00:00
            0 0 13 * fri | 2026-03-04T12:00 | 2026-03-06T00:00
            0 0 29 feb * | 2026-03-04T12:00 | 2028-02-29T00:00
            0 0 31 4,6 * | 2026-03-04T12:00 | never
            """)
    void aScheduleNamesTheNextTime(String schedule, String after, String expected) {
        var next = Cron.parse(schedule).after(LocalDateTime.parse(after));

        assertThat(next.map(LocalDateTime::toString).orElse("never")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * | five fields
            60 * * * * | '60' is outside of 0 to 59
            * * 0 * * | '0' is outside of 1 to 31
            * * * * 7 | '7' is outside of 0 to 6
            5-1 * * * * | or backwards
            */0 * * * * | outside
            a * * * * | 'a' is not a value
            , * * * * | is not a value
            @daily | five fields
            1-2-3 * * * * | is not a part
            """)
    void p05AScheduleThatMakesNoSenseIsRefused(String schedule, String message) {
        assertThatThrownBy(() -> Cron.parse(schedule)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            | true | true
            allow open | true | true
            allow shut | false | false
            allow shut manual | false | true
            allow shut manual, allow shut | false | false
            deny open | false | false
            deny open manual | false | true
            deny open manual, deny open | false | false
            deny shut | true | true
            deny open, allow open | false | false
            allow open, allow shut | true | true
            deny shut, allow shut | false | false
            """)
    void openDeniesWinThenOpenAllowsThenShutAllowsAreInTheWay(String windows, boolean automated, boolean manual) {
        SyncWindows all = windows(windows == null ? "" : windows);

        assertThat(all.permit(false, NOON)).isEqualTo(automated);
        assertThat(all.permit(true, NOON)).isEqualTo(manual);
    }

    @Test
    void aSyncMayRunIntoAWindowThatLetsItOverrun() {
        SyncWindows overrun = windows("deny open overrun");
        Instant before = Instant.parse("2026-03-04T11:29:00Z");

        assertThat(overrun.permitRunning(false, before, NOON)).isTrue();
        assertThat(overrun.permitRunning(false, NOON, NOON)).isFalse();
        assertThat(windows("deny open").permitRunning(false, before, NOON)).isFalse();
    }

    @Test
    void theNextChangeIsTheNextOpeningOrClosing() {
        assertThat(windows("deny open").nextChange(NOON)).contains(Instant.parse("2026-03-04T12:30:00Z"));
        assertThat(windows("allow shut").nextChange(NOON)).contains(Instant.parse("2026-03-05T03:00:00Z"));
        assertThat(windows("").nextChange(NOON)).isEmpty();
    }

    @Test
    void aWindowIsOpenFromItsStartToBeforeItsEndInItsTimeZone() {
        SyncWindows berlin =
                new SyncWindows(List.of(new SyncWindow(false, "0 13 * * *", HOUR, "Europe/Berlin", false, false)));

        assertThat(berlin.permit(true, NOON)).isFalse();
        assertThat(berlin.permit(true, NOON.minusSeconds(1))).isTrue();
        assertThat(berlin.permit(true, NOON.plusSeconds(3_599))).isFalse();
        assertThat(berlin.permit(true, NOON.plusSeconds(3_600))).isTrue();
        assertThat(berlin.permit(true, Instant.parse("2026-07-04T11:00:00Z"))).isFalse();
    }

    /// Berlin leaves out 02:00 to 03:00 on 29 March 2026 and has it twice on 25 October.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 1 * * * | 2026-03-29T00:29:59Z | true
            30 1 * * * | 2026-03-29T00:30:00Z | false
            30 1 * * * | 2026-03-29T01:29:59Z | false
            30 1 * * * | 2026-03-29T01:30:00Z | true
            30 3 * * * | 2026-03-29T01:30:00Z | false
            30 3 * * * | 2026-03-29T02:30:00Z | true
            30 1 * * * | 2026-10-24T23:30:00Z | false
            30 1 * * * | 2026-10-25T00:29:59Z | false
            30 1 * * * | 2026-10-25T00:30:00Z | true
            30 3 * * * | 2026-10-25T01:30:00Z | true
            30 3 * * * | 2026-10-25T02:30:00Z | false
            """)
    void p05AnHourLastsAnHourWhenTheClocksAreChanged(String schedule, Instant at, boolean permitted) {
        SyncWindows windows =
                new SyncWindows(List.of(new SyncWindow(false, schedule, HOUR, "Europe/Berlin", false, false)));

        assertThat(windows.permit(true, at)).isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'applications':['sh*']} | true
            {'applications':['x']} | false
            {'namespaces':['prod']} | true
            {'clusters':['in-cluster']} | true
            {'clusters':['https://kubernetes.*']} | true
            {'applications':['x'],'namespaces':['prod']} | true
            {'applications':['x'],'namespaces':['prod'],'andOperator':true} | false
            {'applications':['*'],'namespaces':['prod'],'andOperator':true} | true
            {} | false
            """)
    void aWindowConcernsWhatItsListsName(String window, boolean expected) {
        Project.Target target = new Project.Target("shop", "https://kubernetes.default.svc", "in-cluster", "prod");

        assertThat(WindowReader.concerns(json(window), target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'kind':'maybe','schedule':'* * * * *','duration':'1h'} | can only be allow or deny
            {'kind':'deny','schedule':'* *','duration':'1h'} | cannot parse schedule '* *'
            {'kind':'deny','schedule':'* * * * *','duration':'1 h'} | cannot parse duration '1 h'
            {'kind':'deny','schedule':'* * * * * *','duration':'1h'} | five fields
            {'kind':'deny','schedule':'0 0 30 2 *','duration':'1h'} | it never comes
            {'kind':'deny','schedule':'* * * * *','duration':'-1h'} | cannot parse duration '-1h'
            {'kind':'deny','schedule':'* * * * *','duration':'0s'} | cannot parse duration '0s'
            {'kind':'deny','schedule':'* * * * *','duration':''} | cannot parse duration ''
            {'kind':'deny','schedule':'* * * * *','duration':'1h','timeZone':'Mars'} | cannot parse time zone 'Mars'
            """)
    void p05AWindowThatCannotBeReadIsRefusedWithTheReason(String window, String message) {
        assertThatThrownBy(() -> WindowReader.read(json(window))).hasMessageContaining(message);
    }

    private static SyncWindows windows(String text) {
        return new SyncWindows(Stream.of(text.split(","))
                .map(String::strip)
                .filter(window -> !window.isEmpty())
                .map(window -> new SyncWindow(
                        window.startsWith("allow"),
                        window.contains("open") ? OPEN : SHUT,
                        HOUR,
                        "UTC",
                        window.contains("manual"),
                        window.contains("overrun")))
                .toList());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
