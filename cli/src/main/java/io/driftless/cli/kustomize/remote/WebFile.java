package io.driftless.cli.kustomize.remote;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases.HttpFailure;
import io.driftless.kustomize.RemoteBases.NotAFile;
import io.driftless.kustomize.build.RepositoryUrl;
import io.driftless.kustomize.node.Limits;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Reads files of web servers for a person at a terminal: of any host, and as much as a build reads of one file.
final class WebFile {
    private static final int MOST_REDIRECTS = 10;
    private static final int MOST_BYTES = Limits.DEFAULT.fileBytes();
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// @param patience for one answer, its content included
    WebFile(Duration patience) {
        this.patience = patience;
    }

    byte[] read(String url) {
        URI at = uri(url, url);
        String credentials = at.getRawUserInfo();
        URI first = at;
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            HttpResponse<byte[]> answer = get(url, at, sameHost(first, at) ? credentials : null);
            int status = answer.statusCode();
            String location = answer.headers().firstValue("Location").orElse("");
            if (status / 100 == 2) {
                return answer.body();
            }
            if (status / 100 != 3 || location.isEmpty()) {
                throw refused(url, status);
            }
            at = at.resolve(uri(url, location));
        }
        throw failure(url, "stopped after " + MOST_REDIRECTS + " redirects");
    }

    private static boolean sameHost(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    /// What is no file may be a repository.
    private static KustomizeException refused(String url, int status) {
        return RepositoryUrl.parse(url) != null
                ? new NotAFile("URL is a git repository")
                : new HttpFailure("HTTP Error: status code " + StatusText.of(status));
    }

    private HttpResponse<byte[]> get(String url, URI at, @Nullable String credentials) {
        CompletableFuture<HttpResponse<byte[]>> answer;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(patience);
            if (credentials != null) {
                request.header("Authorization", basic(at.getUserInfo() == null ? credentials : at.getUserInfo()));
            }
            answer = client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        } catch (IllegalArgumentException noWebAddress) {
            throw failure(url, String.valueOf(noWebAddress.getMessage()));
        }
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failure(url, reason(at, failed.getCause()));
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw failure(url, "no answer within " + patience.toSeconds() + "s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure(url, "interrupted");
        }
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    private static String reason(URI at, @Nullable Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "dial tcp: lookup " + at.getHost() + ": no such host";
            }
        }
        if (failed instanceof ConnectException) {
            int usual = at.getScheme().equals("https") ? 443 : 80;
            return "dial tcp " + at.getHost() + ":" + (at.getPort() < 0 ? usual : at.getPort())
                    + ": connect: connection refused";
        }
        return failed == null || failed.getMessage() == null ? String.valueOf(failed) : failed.getMessage();
    }

    private static URI uri(String url, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw failure(url, "invalid address: " + malformed.getReason());
        }
    }

    private static KustomizeException failure(String url, String reason) {
        return new KustomizeException("Get \"" + url + "\": " + reason);
    }
}
