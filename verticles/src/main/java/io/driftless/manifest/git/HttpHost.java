package io.driftless.manifest.git;

import io.driftless.manifest.git.HttpWire.Answer;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Requests to the Git host of one repository over connections that stay open.
///
/// Redirects are followed for the first question only, and never to another host: credentials stay where they belong.
final class HttpHost {
    private static final String PROTOCOL = "version=2";
    private static final int MAX_REDIRECTS = 3;
    private static final Duration RECHECK = Duration.ofMinutes(10);

    private final HttpWire wire;
    private final RepositoryUrl url;
    private final Supplier<Optional<Credentials>> credentials;
    private final Duration timeout;
    private volatile URI base;
    private volatile @Nullable Boolean versionTwo;
    private volatile long asked;

    /// @param credentials asked for each request
    HttpHost(HttpWire wire, RepositoryUrl url, Supplier<Optional<Credentials>> credentials, Duration timeout) {
        this.wire = wire;
        this.url = url;
        this.credentials = credentials;
        this.timeout = timeout;
        this.base = URI.create(url.text());
    }

    /// The address after redirects.
    URI base() {
        return base;
    }

    Optional<Credentials> currentCredentials() {
        return credentials.get().or(url::credentials);
    }

    /// Asks once what the host speaks; later exchanges go straight to the point.
    void requireVersionTwo() throws IOException {
        Boolean known = versionTwo;
        if (known == null) {
            known = discover();
            asked = System.nanoTime();
            versionTwo = known;
        }
        if (!known) {
            throw new FastPathUnavailable("the host does not speak protocol version 2", null);
        }
    }

    /// After a detour the host is asked anew what it speaks, but one that said "not version 2" only every ten minutes.
    void forgetSometimes() {
        if (Boolean.TRUE.equals(versionTwo) || System.nanoTime() - asked > RECHECK.toNanos()) {
            versionTwo = null;
        }
    }

    private boolean discover() throws IOException {
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            URI address = URI.create(base + "/info/refs?service=git-upload-pack");
            try (Answer answer = await(wire.send(address, headers(), timeout, null))) {
                if (answer.status() / 100 == 3) {
                    base = redirected(address, answer);
                } else {
                    check(answer, "application/x-git-upload-pack-advertisement");
                    return speaksVersionTwo(answer.body());
                }
            }
        }
        throw new GitException.RepositoryUnreachable(
                url.text(), "it redirects more than " + MAX_REDIRECTS + " times", "check the repoURL", null);
    }

    private static boolean speaksVersionTwo(InputStream body) throws IOException {
        Set<String> capabilities = new HashSet<>();
        boolean two = false;
        // A server of version 0 lists its refs here; a few packets tell which one it is.
        for (int i = 0; i < 40; i++) {
            PacketLines.Packet packet = PacketLines.read(body);
            if (packet == null || (packet.isMark() && two)) {
                break;
            }
            String text = packet.text();
            two |= text.equals("version 2");
            if (two) {
                capabilities.add(text.split("=", 2)[0]);
                if (text.equals("object-format=sha256")) {
                    throw new GitException.NotSupported("repositories with SHA-256 objects are not supported yet");
                }
            }
        }
        return two && capabilities.contains("ls-refs") && capabilities.contains("fetch");
    }

    CompletableFuture<Answer> post(byte[] body) {
        Map<String, String> headers = headers();
        headers.put("Content-Type", "application/x-git-upload-pack-request");
        headers.put("Accept", "application/x-git-upload-pack-result");
        return wire.send(URI.create(base + "/git-upload-pack"), headers, timeout, body);
    }

    InputStream result(CompletableFuture<Answer> pending) throws IOException {
        Answer answer = await(pending);
        try {
            check(answer, "application/x-git-upload-pack-result");
            return answer.body();
        } catch (IOException | RuntimeException e) {
            answer.close();
            throw e;
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Git-Protocol", PROTOCOL);
        headers.put("User-Agent", "git/driftless");
        currentCredentials().ifPresent(known -> headers.put("Authorization", known.basicAuthorization()));
        return headers;
    }

    private URI redirected(URI from, Answer answer) {
        URI to = from.resolve(answer.header("Location", ""));
        String text = to.toString();
        int suffix = text.indexOf("/info/refs");
        boolean sameHost = to.getHost() != null
                && to.getHost().equalsIgnoreCase(base.getHost())
                && (to.getScheme().equals(base.getScheme())
                        ? to.getPort() == base.getPort()
                        : to.getScheme().equals("https") && to.getPort() < 0 && base.getPort() < 0);
        if (!sameHost || suffix < 0) {
            SecurityLog.tellOnce(
                    SecurityEvent.REDIRECT_REFUSED,
                    "a redirect of a Git host was not followed",
                    "repository",
                    url.text(),
                    "to",
                    RepositoryUrl.printable(text.split("\\?", 2)[0]));
            throw new GitException.RepositoryUnreachable(
                    url.text(),
                    "it redirects to " + RepositoryUrl.printable(text),
                    "redirects to another host are not followed: use that address as repoURL if it is right",
                    null);
        }
        return URI.create(text.substring(0, suffix));
    }

    private void check(Answer answer, String contentType) throws IOException {
        int status = answer.status();
        String type = answer.header("Content-Type", "nothing");
        switch (status) {
            case 200 -> {
                if (!type.startsWith(contentType)) {
                    throw new GitException.NotAGitServer(
                            url.text(),
                            "it answered with " + RepositoryUrl.printable(type) + " instead of Git's protocol");
                }
            }
            case 401, 403 -> {
                String scheme = answer.header("WWW-Authenticate", "Basic");
                if (status == 401 && !scheme.regionMatches(true, 0, "Basic", 0, 5)) {
                    throw new FastPathUnavailable("the host asks for another kind of authentication", null);
                }
                throw new GitException.AuthenticationFailed(
                        url.text(), "HTTP " + status + (currentCredentials().isEmpty() ? " without credentials" : ""));
            }
            case 404, 410 ->
                throw new GitException.RepositoryUnreachable(
                        url.text(),
                        "HTTP " + status,
                        "check that it exists; hosts also hide private repositories this way: add credentials",
                        null);
            case 429, 502, 503, 504 ->
                throw new GitException.RepositoryUnreachable(url.text(), "HTTP " + status, "it is tried again", null);
            default -> throw new FastPathUnavailable("HTTP " + status, null);
        }
    }

    /// Closes an answer that nobody takes any more, when it comes.
    static void drop(CompletableFuture<Answer> pending) {
        pending.thenAccept(late -> {
            try {
                late.close();
            } catch (IOException ignored) {
                // It is thrown away anyhow.
            }
        });
    }

    private Answer await(CompletableFuture<Answer> pending) throws IOException {
        try {
            return pending.get();
        } catch (InterruptedException e) {
            drop(pending);
            throw (IOException) new InterruptedIOException("interrupted while waiting for the host").initCause(e);
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof CompletionException c && c.getCause() != null ? c.getCause() : e.getCause();
            if (cause instanceof java.net.ConnectException
                    || cause instanceof java.net.UnknownHostException
                    || cause instanceof TimeoutException
                    || cause instanceof javax.net.ssl.SSLException) {
                String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
                throw new GitException.RepositoryUnreachable(
                        url.text(), what, "check the address and the network; it is tried again", cause);
            }
            throw new FastPathUnavailable("the connection failed", cause);
        }
    }
}
