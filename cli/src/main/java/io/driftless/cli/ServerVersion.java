package io.driftless.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which Driftless a server is. It is asked for at a login, when answers are waited for anyway, and by `version`; other
/// commands do not wait for it.
///
/// @param server its address
/// @param text what it says of itself, such as `v3.4.6+driftless.0.1.0`
record ServerVersion(String server, String text) {
    private static final Pattern DRIFTLESS = Pattern.compile("\\+driftless\\.(?<release>(\\d{1,6})\\.(\\d{1,6})\\S*)");
    private static final Pattern RELEASE = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\S*");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static ServerVersion ask(ApiClient api) {
        return new ServerVersion(
                api.server(),
                api.within(PATIENCE).get("/api/version").path("Version").asText("unknown"));
    }

    /// The warning, where there is something to warn of and the server says which it is.
    static Optional<String> warningOf(ApiClient api) {
        try {
            return ask(api).warning();
        } catch (CommandFailure unknown) {
            return Optional.empty();
        }
    }

    /// What is to be said when this client and the server are two minor versions or more apart. Nothing of a server
    /// that is not Driftless.
    Optional<String> warning() {
        Matcher theirs = DRIFTLESS.matcher(text);
        Matcher ours = RELEASE.matcher(VersionCommand.DRIFTLESS);
        if (!theirs.find() || !ours.matches() || near(theirs, ours)) {
            return Optional.empty();
        }
        return Optional.of(
                "driftless: warning: " + server + " is Driftless " + theirs.group("release")
                        + ", this client is " + VersionCommand.DRIFTLESS
                        + ": they may misunderstand each other. Use a client of the server's version, at most one minor apart.");
    }

    private static boolean near(Matcher theirs, Matcher ours) {
        int minors = Integer.parseInt(theirs.group(3)) - Integer.parseInt(ours.group(2));
        return theirs.group(2).equals(ours.group(1)) && Math.abs(minors) < 2;
    }
}
