package io.driftless.api;

import io.driftless.cluster.ConnectionRules;
import io.driftless.http.HttpFailure;
import java.net.URI;

/// The address of an API server, as users may declare it: nothing in it but scheme, host, port and
/// path, and not one of the addresses at which clouds hand credentials to whatever asks from
/// within.
final class ClusterAddress {
    private ClusterAddress() {}

    static void check(String server) {
        URI address;
        try {
            address = URI.create(server);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("field cluster.server is missing or no URL");
        }
        String host = address.getHost();
        if (host == null || address.getRawUserInfo() != null) {
            throw HttpFailure.invalid("field cluster.server must name a host and no user");
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw HttpFailure.invalid("field cluster.server must end with its path");
        }
        if (ConnectionRules.handsOutCredentials(host)) {
            throw HttpFailure.invalid("field cluster.server must not be a link-local or metadata address");
        }
    }
}
