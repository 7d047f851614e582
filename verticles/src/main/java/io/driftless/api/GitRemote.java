package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftless.http.HttpFailure;
import io.driftless.settings.HttpLogin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Asks a Git host over HTTP which refs a repository has. Redirects are not followed, so credentials go nowhere else.
final class GitRemote {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private GitRemote() {}

    /// The names of all refs; fails with [HttpFailure] 400 saying why there are none. Blocks.
    static List<String> refs(String url, HttpLogin login) {
        URI address = address(url);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        request.header("User-Agent", "git/driftless");
        if (!login.bearerToken().isEmpty()) {
            request.header("Authorization", "Bearer " + login.bearerToken());
        } else if (!login.empty()) {
            String pair = login.username() + ':' + login.password();
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
        }
        try (HttpClient client = client(login)) {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return read(url, response.statusCode(), body);
            }
        } catch (IOException e) {
            throw unusable(url, "the host cannot be reached: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unusable(url, "the look at it was ended");
        }
    }

    private static URI address(String url) {
        if (!url.startsWith("https://") && !url.startsWith("http://")) {
            throw HttpFailure.unsupported("a repository address that is not http or https");
        }
        try {
            String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            return URI.create(base + "/info/refs?service=git-upload-pack");
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("the repository address is not a URL");
        }
    }

    private static HttpClient client(HttpLogin login) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
        if (login.insecure()) {
            builder.sslContext(trustingAll());
        }
        return builder.build();
    }

    private static SSLContext trustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static List<String> read(String url, int status, InputStream body) throws IOException {
        if (status == 401 || status == 403) {
            throw unusable(url, "the host refuses the credentials (" + status + ")");
        }
        if (status != 200) {
            throw unusable(url, "the host answered " + status);
        }
        byte[] bytes = body.readNBytes(MOST_BYTES);
        List<String> names = new ArrayList<>();
        int at = 0;
        boolean git = false;
        while (at + 4 <= bytes.length) {
            int length = length(bytes, at);
            if (length < 0 || length > bytes.length - at || length > 0 && length < 4) {
                break;
            }
            String line = new String(bytes, at + 4, Math.max(0, length - 4), UTF_8);
            git |= line.startsWith("# service=git-upload-pack");
            int end = line.indexOf('\0') >= 0
                    ? line.indexOf('\0')
                    : line.stripTrailing().length();
            if (end > 41 && line.charAt(40) == ' ') {
                names.add(line.substring(41, end));
            }
            at += Math.max(4, length);
        }
        if (!git) {
            throw unusable(url, "the host answers, but not as a Git repository");
        }
        return names;
    }

    private static int length(byte[] bytes, int at) {
        int length = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(bytes[at + i], 16);
            if (digit < 0) {
                return -1;
            }
            length = length << 4 | digit;
        }
        return length;
    }

    private static HttpFailure unusable(String url, String why) {
        return HttpFailure.invalid("repository " + url.replaceFirst("//[^@/]*@", "//") + ": " + why);
    }

    /// For repositories whose owner asked for it.
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
