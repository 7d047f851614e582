package io.driftless.sandbox.custom.cel;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// Parts of points in time, in UTC or elsewhere, and of durations.
final class TimeFunctions {
    static final List<Function> ALL = all();

    private TimeFunctions() {}

    private static List<Function> all() {
        List<Function> out = new ArrayList<>();
        moment(out, "getFullYear", ZonedDateTime::getYear);
        moment(out, "getMonth", time -> time.getMonthValue() - 1);
        moment(out, "getDayOfYear", time -> time.getDayOfYear() - 1);
        moment(out, "getDayOfMonth", time -> time.getDayOfMonth() - 1);
        moment(out, "getDate", ZonedDateTime::getDayOfMonth);
        moment(out, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7);
        moment(out, "getHours", ZonedDateTime::getHour);
        moment(out, "getMinutes", ZonedDateTime::getMinute);
        moment(out, "getSeconds", ZonedDateTime::getSecond);
        moment(out, "getMilliseconds", time -> time.getNano() / 1_000_000);
        duration(out, "getHours", 3_600_000_000_000L);
        duration(out, "getMinutes", 60_000_000_000L);
        duration(out, "getSeconds", 1_000_000_000L);
        duration(out, "getMilliseconds", 1_000_000L);
        return List.copyOf(out);
    }

    private static void moment(List<Function> out, String name, ToLongFunction<ZonedDateTime> part) {
        out.add(Function.one(
                "timestamp::" + name + "(): int", time -> part.applyAsLong(Moments.in((OffsetDateTime) time, "UTC"))));
        out.add(Function.two(
                "timestamp::" + name + "(string): int",
                (time, zone) -> part.applyAsLong(Moments.in((OffsetDateTime) time, (String) zone))));
    }

    private static void duration(List<Function> out, String name, long nanos) {
        out.add(Function.one("duration::" + name + "(): int", duration -> ((Duration) duration).toNanos() / nanos));
    }
}
