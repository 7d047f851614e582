package io.driftless.manifest;

import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.Opening;
import io.driftless.manifest.git.RemoteBase;
import io.driftless.manifest.git.RemoteFile;
import io.driftless.manifest.git.RemoteSource;
import io.driftless.manifest.web.WebException;
import io.driftless.manifest.web.WebFiles;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What renders read outside of their repositories, in one word each: to tell whether it is still the same.
///
/// @param commits of other repositories
/// @param files of web servers
record RemoteStates(RemoteCommits commits, WebFiles files) {
    /// In place of a commit or digest: the host did not answer.
    static final String UNREACHABLE = "unreachable";
    /// In place of a commit or digest: there is none, or it may not be read.
    static final String REFUSED = "refused";

    private static final Duration LONG_WAIT = Duration.ofSeconds(5);

    private String state(Opening own, RemoteSource source) {
        try {
            return switch (source) {
                case RemoteBase base -> commits.find(own, base).commit();
                case RemoteFile file -> files.read(own.url(), file.url()).digest();
            };
        } catch (GitException e) {
            return word(e.passing());
        } catch (WebException e) {
            return word(e.passing());
        }
    }

    /// The word for what could not be read.
    static String word(boolean passing) {
        return passing ? UNREACHABLE : REFUSED;
    }

    /// Whether a render that saw these would see the same now, for certain.
    boolean unchanged(Opening own, Map<RemoteSource, String> seen) {
        return seen.entrySet().stream()
                .allMatch(source -> !source.getValue().equals(UNREACHABLE)
                        && source.getValue().equals(state(own, source.getKey())));
    }

    /// One look at many sources, each asked for once.
    Round round() {
        return new Round(this, new HashMap<>(), new HashSet<>());
    }

    /// What was found so far in one look. A host that let us wait in vain is not asked for anything
    /// else in it, so that it cannot hold up the others for long.
    record Round(RemoteStates states, Map<Asked, String> found, Set<String> silent) {
        private record Asked(Opening own, RemoteSource source) {}

        /// Whether one of them is known to have moved; a host that does not answer says nothing.
        boolean moved(Opening own, Map<RemoteSource, String> seen) {
            return seen.entrySet().stream().anyMatch(source -> {
                String now = found.computeIfAbsent(new Asked(own, source.getKey()), this::ask);
                return !now.equals(UNREACHABLE) && !now.equals(source.getValue());
            });
        }

        private String ask(Asked asked) {
            String host = asked.source().url().replaceFirst("(://[^/]*).*", "$1");
            if (silent.contains(host)) {
                return UNREACHABLE;
            }
            long start = System.nanoTime();
            String now = states.state(asked.own(), asked.source());
            if (now.equals(UNREACHABLE) && System.nanoTime() - start > LONG_WAIT.toNanos()) {
                silent.add(host);
            }
            return now;
        }
    }
}
