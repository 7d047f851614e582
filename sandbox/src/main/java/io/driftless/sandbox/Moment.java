package io.driftless.sandbox;

import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state that a reader asks for.
///
/// @param version 0 for any
/// @param exact whether the state of this very version is meant
/// @param initial whether a watch begins with what there is
record Moment(long version, boolean exact, boolean initial) {
    private static final String MATCH = "resourceVersionMatch";

    /// @throws ApiError 400 and 422 for what cannot be meant, 504 for a version that is still to come
    static Moment ofList(HttpServerRequest request, long present) {
        String match = text(request, MATCH);
        String wanted = text(request, "resourceVersion");
        boolean goesOn = !text(request, "continue").isEmpty();
        List<Violation> wrong = new ArrayList<>();
        if (!match.isEmpty()) {
            forbid(wanted.isEmpty(), "resourceVersionMatch is forbidden unless resourceVersion is provided", wrong);
            forbid(goesOn, "resourceVersionMatch is forbidden when continue is provided", wrong);
            if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
                unsupported(match, "\"Exact\", \"NotOlderThan\", \"\"", wrong);
            }
            forbid(
                    match.equals("Exact") && wanted.equals("0"),
                    "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"",
                    wrong);
        }
        if (request.getParam("sendInitialEvents") != null) {
            wrong.add(Violation.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        }
        refuse(wrong);
        if (goesOn && !wanted.isEmpty() && !wanted.equals("0")) {
            throw ApiError.badRequest("specifying resource version is not allowed when using continue");
        }
        if (!number(wanted)) {
            throw ApiError.badRequest("invalid resource version: " + noNumber(wanted));
        }
        return new Moment(checked(wanted, present), match.equals("Exact"), false);
    }

    /// The version that a read of one object asks for at least.
    ///
    /// @throws ApiError 500 for what is none, 504 for one that is still to come
    static void ofGet(HttpServerRequest request, long present) {
        String wanted = text(request, "resourceVersion");
        if (!number(wanted)) {
            throw ApiError.of(500, "", noNumber(wanted));
        }
        checked(wanted, present);
    }

    /// @throws ApiError 422 and 500 for what cannot be meant
    static Moment ofWatch(HttpServerRequest request) {
        String match = text(request, MATCH);
        String wanted = text(request, "resourceVersion");
        String initial = request.getParam("sendInitialEvents");
        List<Violation> wrong = new ArrayList<>();
        if (initial != null && !match.equals("NotOlderThan")) {
            forbid(true, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan", wrong);
            if (!match.isEmpty()) {
                unsupported(match, "\"NotOlderThan\"", wrong);
            }
        }
        if (initial == null && !match.isEmpty()) {
            forbid(true, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided", wrong);
            if (!match.equals("NotOlderThan")) {
                unsupported(match, "\"NotOlderThan\"", wrong);
            }
        }
        refuse(wrong);
        if (!number(wanted)) {
            throw ApiError.of(500, "", noNumber(wanted));
        }
        long version = wanted.isEmpty() ? 0 : Long.parseLong(wanted);
        return new Moment(version, false, initial == null ? version == 0 : Answers.flag(request, "sendInitialEvents"));
    }

    private static String text(HttpServerRequest request, String name) {
        @Nullable String given = request.getParam(name);
        return given == null ? "" : given;
    }

    private static void forbid(boolean is, String why, List<Violation> wrong) {
        if (is) {
            wrong.add(Violation.forbidden(MATCH, why));
        }
    }

    private static void unsupported(String match, String supported, List<Violation> wrong) {
        wrong.add(Violation.worded(
                MATCH, "Unsupported value: " + Json.quoted(match) + ": supported values: " + supported));
    }

    private static void refuse(List<Violation> wrong) {
        if (!wrong.isEmpty()) {
            throw ApiError.invalid("meta.k8s.io", "ListOptions", "", wrong);
        }
    }

    private static boolean number(String text) {
        return text.matches("[0-9]{0,18}");
    }

    private static String noNumber(String text) {
        return "resourceVersion: Invalid value: " + Json.quoted(text) + ": strconv.ParseUint: parsing "
                + Json.quoted(text) + ": invalid syntax";
    }

    private static long checked(String wanted, long present) {
        long version = wanted.isEmpty() ? 0 : Long.parseLong(wanted);
        if (version > present) {
            throw VersionErrors.tooLarge(version, present);
        }
        return version;
    }
}
