package io.driftless.sandbox.rules;

import io.driftless.sandbox.custom.Violation;
import java.util.regex.Pattern;

/// What makes it invalid how a workload replaces its pods.
public final class RolloutRules {
    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
    private static final String NOT_PERCENT =
            "a valid percent string must be a numeric string followed by an ending '%'"
                    + " (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

    private RolloutRules() {}

    static void deployment(Part strategy) {
        Part rolling = strategy.in("rollingUpdate");
        switch (strategy.in("type").text()) {
            case "Recreate" -> {
                if (rolling.there()) {
                    rolling.forbidden("may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> {
                Part unavailable = rolling.in("maxUnavailable");
                Part surge = rolling.in("maxSurge");
                amount(unavailable);
                amount(surge);
                if (none(unavailable) && none(surge)) {
                    unavailable.invalid("may not be 0 when `maxSurge` is 0");
                }
                notAll(unavailable);
            }
            default -> unsupported(strategy, "\"Recreate\", \"RollingUpdate\"");
        }
    }

    static void daemons(Part strategy) {
        switch (strategy.in("type").text()) {
            case "OnDelete" -> {
                // Whatever else is said is not looked at.
            }
            case "RollingUpdate" -> {
                Part unavailable = strategy.in("rollingUpdate").in("maxUnavailable");
                Part surge = strategy.in("rollingUpdate").in("maxSurge");
                amount(unavailable);
                amount(surge);
                notAll(unavailable);
                notAll(surge);
                if (!none(unavailable) && !none(surge)) {
                    surge.invalid("may not be set when maxUnavailable is non-zero");
                } else if (none(unavailable) && none(surge)) {
                    unavailable.required("cannot be 0 when maxSurge is 0");
                }
            }
            default -> unsupported(strategy, "\"RollingUpdate\", \"OnDelete\"");
        }
    }

    static void states(Part strategy) {
        Part rolling = strategy.in("rollingUpdate");
        switch (strategy.in("type").text()) {
            case "" -> strategy.required("");
            case "OnDelete" -> {
                if (rolling.there()) {
                    rolling.invalid(
                            InternalText.STATES_ROLLOUT.of(rolling.value()),
                            "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> rolling.in("partition").notNegative();
            default ->
                strategy.invalid(
                        InternalText.STATES_STRATEGY.of(strategy.value()), "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private static void unsupported(Part strategy, String supported) {
        strategy.add(Violation.worded(
                strategy.path(),
                "Unsupported value: " + InternalText.ROLLOUT.of(strategy.value()) + ": supported values: "
                        + supported));
    }

    private static void amount(Part amount) {
        if (amount.value().isTextual()) {
            if (!PERCENT.matcher(amount.text()).matches()) {
                amount.invalid(NOT_PERCENT);
            }
        } else {
            amount.notNegative();
        }
    }

    private static void notAll(Part amount) {
        String text = amount.text();
        if (PERCENT.matcher(text).matches()
                && Long.parseLong(text.substring(0, Math.min(9, text.length() - 1))) > 100) {
            amount.invalid("must not be greater than 100%");
        }
    }

    /// What is no amount at all counts for nothing.
    private static boolean none(Part amount) {
        return amount.value().isTextual()
                ? amount.text().equals("0%") || !PERCENT.matcher(amount.text()).matches()
                : amount.number() == 0;
    }
}
