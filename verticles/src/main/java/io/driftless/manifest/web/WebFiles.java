package io.driftless.manifest.web;

import io.driftless.manifest.web.WebClient.Answer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Files of web servers, read as anybody would: without credentials, of hosts that the rule allows, within limits of
/// size, time and redirects. A file that was read before is only asked whether it changed; those who look together ask
/// once.
///
/// Methods block (call them on virtual threads) and throw [WebException]; all are safe for concurrent use.
public final class WebFiles implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_ADDRESSES = 3;

    private final WebClient client;
    private final HostRule hosts;
    private final Settings settings;
    private final WebCache cache;
    private final AtomicLong requests = new AtomicLong();

    /// The bounds of reading files.
    ///
    /// @param patience for one answer, its content included
    /// @param fileBytes the largest file
    /// @param cacheBytes memory for files read lately
    /// @param freshFor how long a file that was read is not asked about again
    public record Settings(Duration patience, int fileBytes, long cacheBytes, Duration freshFor) {
        public static final Settings DEFAULT =
                new Settings(Duration.ofSeconds(15), 5 << 20, 32L << 20, Duration.ofSeconds(5));

        public Settings withFreshFor(Duration age) {
            return new Settings(patience, fileBytes, cacheBytes, age);
        }

        public Settings withPatience(Duration limit) {
            return new Settings(limit, fileBytes, cacheBytes, freshFor);
        }
    }

    public WebFiles(Vertx vertx, HostRule hosts, Settings settings) {
        this.client = new WebClient(vertx, settings.patience(), settings.fileBytes());
        this.hosts = hosts;
        this.settings = settings;
        this.cache = new WebCache(settings.cacheBytes());
    }

    /// How often a server was asked since the start.
    public long requests() {
        return requests.get();
    }

    /// The file as it is now.
    ///
    /// @param own address of the repository whose kustomization names the file
    public WebContent read(String own, String url) {
        URI uri = address(url, url);
        // What was read because the host is the repository's own is for the applications of that repository.
        WebCache.Slot slot = cache.slot(url, hosts.trusts(uri, own));
        slot.lock().lock();
        try {
            WebContent known = slot.content();
            if (known != null && slot.askedWithin(settings.freshFor())) {
                return known;
            }
            WebContent now = ask(own, url, uri, known);
            cache.keep(slot, now);
            return now;
        } finally {
            slot.lock().unlock();
        }
    }

    private WebContent ask(String own, String url, URI first, @Nullable WebContent known) {
        URI at = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Answer answer = answer(own, url, at, known == null ? Map.of() : known.conditions());
            int status = answer.status();
            if (status == 200) {
                return WebContent.of(answer.body(), answer.etag(), answer.modified());
            }
            if (status == 304 && known != null) {
                return known;
            }
            if (status / 100 != 3 || answer.location().isEmpty()) {
                throw refusal(url, status);
            }
            URI next = address(url, resolved(url, at, answer.location()));
            if ("https".equalsIgnoreCase(at.getScheme()) && !"https".equalsIgnoreCase(next.getScheme())) {
                throw WebException.refused(
                        url,
                        "it redirects from https to " + next.getScheme() + "; name the address"
                                + " that holds the file");
            }
            at = next;
        }
        throw WebException.refused(
                url, "it redirects more than " + MOST_REDIRECTS + " times; name the address that holds the file");
    }

    private static WebException refusal(String url, int status) {
        String answered = "the server answers with HTTP " + status;
        return status >= 500 || status == 408 || status == 425 || status == 429
                ? WebException.unreachable(url, answered + "; it is tried again", null)
                : WebException.refused(
                        url,
                        answered + "; check the address, or put the file into the repository if it is not for"
                                + " everybody");
    }

    private Answer answer(String own, String url, URI at, Map<String, String> conditions) {
        List<InetAddress> addresses = hosts.addresses(url, at, own);
        IOException last = null;
        for (InetAddress address : addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()))) {
            try {
                requests.incrementAndGet();
                return client.get(at, address, conditions);
            } catch (WebClient.TooLarge large) {
                throw WebException.refused(url, large.getMessage() + ", which is beyond the limit; split it");
            } catch (IOException failed) {
                last = failed;
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw WebException.unreachable(url, "interrupted; it is tried again", ended);
            }
        }
        String what = last == null ? "no address" : last.getMessage();
        throw WebException.unreachable(url, what + "; check the address and the network, it is tried again", last);
    }

    private static String resolved(String url, URI at, String location) {
        try {
            return at.resolve(location).toString();
        } catch (IllegalArgumentException malformed) {
            throw WebException.refused(url, "it redirects to what is no address; name the one that holds the file");
        }
    }

    /// @param url the file as it is named
    /// @param text the same, or where a redirect leads
    private static URI address(String url, String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || text.length() > 2048) {
                throw WebException.refused(url, "an address looks like https://host/path, within 2048 characters");
            }
            if (uri.getRawUserInfo() != null) {
                throw WebException.refused(
                        url, "credentials in the address are not supported yet; put the file into the repository");
            }
            return uri;
        } catch (URISyntaxException malformed) {
            throw WebException.refused(url, "the address is malformed: " + malformed.getReason() + "; correct it");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
