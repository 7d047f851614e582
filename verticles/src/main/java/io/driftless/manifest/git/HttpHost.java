package io.driftless.manifest.git;

import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Requests to the Git host of one repository over connections that stay open.
///
/// Redirects are followed for the first question only, and never to another host: credentials stay where they belong.
final class HttpHost {
    private static final String PROTOCOL = "version=2";
    private static final int MAX_REDIRECTS = 3;
    private static final Duration RECHECK = Duration.ofMinutes(10);

    private final HttpClient client;
    private final RepositoryUrl url;
    private final Supplier<Optional<Credentials>> credentials;
    private final Duration timeout;
    private volatile URI base;
    private volatile @Nullable Boolean versionTwo;
    private volatile long asked;

    /// @param credentials asked for each request
    HttpHost(HttpClient client, RepositoryUrl url, Supplier<Optional<Credentials>> credentials, Duration timeout) {
        this.client = client;
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
            HttpResponse<InputStream> response =
                    await(client.sendAsync(request(address).GET().build(), HttpResponse.BodyHandlers.ofInputStream()));
            try (InputStream body = response.body()) {
                if (response.statusCode() / 100 == 3) {
                    base = redirected(response);
                } else {
                    check(response, "application/x-git-upload-pack-advertisement");
                    return speaksVersionTwo(body);
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

    CompletableFuture<HttpResponse<InputStream>> post(byte[] body) {
        HttpRequest request = request(URI.create(base + "/git-upload-pack"))
                .header("Content-Type", "application/x-git-upload-pack-request")
                .header("Accept", "application/x-git-upload-pack-result")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    InputStream result(CompletableFuture<HttpResponse<InputStream>> pending) throws IOException {
        HttpResponse<InputStream> response = await(pending);
        try {
            check(response, "application/x-git-upload-pack-result");
            return response.body();
        } catch (IOException | RuntimeException e) {
            response.body().close();
            throw e;
        }
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Git-Protocol", PROTOCOL)
                .header("User-Agent", "git/driftless");
        currentCredentials().ifPresent(known -> builder.header("Authorization", known.basicAuthorization()));
        return builder;
    }

    private URI redirected(HttpResponse<?> response) {
        String location = response.headers().firstValue("Location").orElse("");
        URI to = response.uri().resolve(location);
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

    private void check(HttpResponse<?> response, String contentType) throws IOException {
        int status = response.statusCode();
        String type = response.headers().firstValue("Content-Type").orElse("nothing");
        switch (status) {
            case 200 -> {
                if (!type.startsWith(contentType)) {
                    throw new GitException.NotAGitServer(
                            url.text(),
                            "it answered with " + RepositoryUrl.printable(type) + " instead of Git's protocol");
                }
            }
            case 401, 403 -> {
                String scheme =
                        response.headers().firstValue("WWW-Authenticate").orElse("Basic");
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

    private <T> T await(CompletableFuture<T> pending) throws IOException {
        try {
            return pending.get();
        } catch (InterruptedException e) {
            pending.cancel(true);
            throw (IOException) new InterruptedIOException("interrupted while waiting for the host").initCause(e);
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof CompletionException c && c.getCause() != null ? c.getCause() : e.getCause();
            if (cause instanceof java.net.ConnectException
                    || cause instanceof java.net.UnknownHostException
                    || cause instanceof java.net.http.HttpTimeoutException
                    || cause instanceof javax.net.ssl.SSLException) {
                String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
                throw new GitException.RepositoryUnreachable(
                        url.text(), what, "check the address and the network; it is tried again", cause);
            }
            throw new FastPathUnavailable("the connection failed", cause);
        }
    }
}
