package io.driftless.manifest.web;

import io.driftless.events.RepositoryUrl;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Which hosts may be asked for files. What they answer ends in a cluster, where the author of a kustomization can read
/// it; so hosts that only this machine's network reaches are asked only where the operator names them, or where the
/// application's own repository lies.
///
/// @param named hosts of private networks, as `host` or `host:port`
public record HostRule(Set<String> named) {
    public static final HostRule PUBLIC = new HostRule(Set.of());

    public HostRule {
        named = named.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /// Whether the host may be asked wherever it lies.
    boolean trusts(URI uri, String own) {
        String host = host(uri);
        return named.contains(host) || named.contains(host + ":" + port(uri)) || sameHost(uri, own);
    }

    private static boolean sameHost(URI uri, String own) {
        try {
            URI repository = new URI(own);
            return repository.getHost() != null
                    && repository.getScheme() != null
                    && repository.getScheme().equalsIgnoreCase(uri.getScheme())
                    && host(repository).equals(host(uri))
                    && port(repository) == port(uri);
        } catch (URISyntaxException noWebAddress) {
            return false;
        }
    }

    /// The addresses to connect to: those, and no others that the name may have a moment later.
    List<InetAddress> addresses(String url, URI uri, String own) {
        List<InetAddress> addresses;
        try {
            addresses = List.of(InetAddress.getAllByName(host(uri)));
        } catch (UnknownHostException unknown) {
            throw WebException.unreachable(
                    url, "the host " + uri.getHost() + " is not known; check the address, it is tried again", unknown);
        }
        if (!trusts(uri, own) && !addresses.stream().allMatch(PublicAddress::is)) {
            SecurityLog.tellOnce(
                    SecurityEvent.HOST_REFUSED,
                    "a kustomization names a file of a host that is not public",
                    "repository",
                    RepositoryUrl.normalise(own),
                    "host",
                    host(uri));
            throw WebException.refused(
                    url,
                    "the host " + uri.getHost() + " is not a public one; put the file into the repository, or let the"
                            + " operator allow the host with --private-file-hosts");
        }
        return addresses;
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    static int port(URI uri) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        return uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    }
}
