package io.driftless.api;

import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.settings.Settings;
import io.vertx.ext.web.Router;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logins at an identity provider, which are not built. Its addresses say so whatever they are given: nobody is sent
/// elsewhere, nobody gets a cookie, and no provider is asked for anything. Local accounts go on beside one that is set
/// up, and clients are not told of it, so that they offer the logins that work.
final class SingleSignOn {
    private static final Logger LOG = LoggerFactory.getLogger(SingleSignOn.class);
    private static final List<String> PATHS = List.of("/auth/login", "/auth/callback", "/api/dex", "/api/dex/*");
    private static final List<String> KEYS = List.of("oidc.config", "dex.config");
    private List<String> told = List.of();

    void mount(Router router) {
        PATHS.forEach(path -> router.route(path).handler(context -> Answers.fail(context, unsupported())));
    }

    private static HttpFailure unsupported() {
        return HttpFailure.unsupported("single sign-on (log in with a local account, or use a token)");
    }

    /// Tells whoever sets it up, once.
    synchronized void take(Settings settings) {
        List<String> given =
                KEYS.stream().filter(key -> !settings.config(key).isBlank()).toList();
        if (!given.isEmpty() && !given.equals(told)) {
            LOG.warn(
                    "{} of argocd-cm has no effect: single sign-on is not supported yet. Local accounts (accounts.NAME)"
                            + " and tokens are let in",
                    String.join(" and ", given));
        }
        told = given;
    }
}
