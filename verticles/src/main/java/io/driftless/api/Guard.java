package io.driftless.api;

import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps foreign web pages out: nothing is done on behalf of another origin, and while there are no
/// accounts only loopback names, IP addresses and configured names are answered (against DNS
/// rebinding).
final class Guard {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private final Set<String> allowedHosts;
    private final boolean anyHost;

    /// @param anyHost whether requests for any name are answered, because callers prove who they are
    Guard(Set<String> allowedHosts, boolean anyHost) {
        this.allowedHosts = allowedHosts;
        this.anyHost = anyHost;
    }

    void check(RoutingContext context) {
        @Nullable HttpFailure refusal = refusal(context.request());
        if (refusal == null) {
            context.next();
        } else {
            Answers.fail(context, refusal);
        }
    }

    private @Nullable HttpFailure refusal(HttpServerRequest request) {
        @Nullable HostAndPort authority = request.authority();
        if (authority == null || !anyHost && !known(authority.host())) {
            return HttpFailure.forbidden(
                    "this host name is not served; use localhost, an IP address or a name given at the start");
        }
        String site = request.getHeader("Sec-Fetch-Site");
        boolean api = request.path() != null && request.path().startsWith("/api/");
        if (api && site != null && !site.equals("same-origin") && !site.equals("none")) {
            return HttpFailure.forbidden("requests of other web sites are refused");
        }
        if (SAFE.contains(request.method())) {
            return null;
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !origin.endsWith("://" + written(authority))) {
            return HttpFailure.forbidden("requests of other web sites are refused");
        }
        String type = request.getHeader("Content-Type");
        boolean json = type != null && accepted(type.strip().toLowerCase(Locale.ROOT));
        return WITH_BODY.contains(request.method()) && !json
                ? HttpFailure.mediaType("set the content type to application/json")
                : null;
    }

    private static String written(HostAndPort authority) {
        String host = authority.host().indexOf(':') >= 0 && !authority.host().startsWith("[")
                ? '[' + authority.host() + ']'
                : authority.host();
        return authority.port() > 0 ? host + ':' + authority.port() : host;
    }

    /// Types that no page of another site can send without asking first.
    private static boolean accepted(String type) {
        return type.startsWith("application/json") || type.startsWith("application/grpc");
    }

    private boolean known(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || ADDRESS.matcher(name).matches()
                || name.indexOf(':') >= 0
                || allowedHosts.contains(name);
    }
}
