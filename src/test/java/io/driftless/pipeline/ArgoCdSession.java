package io.driftless.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.pipeline.AccountsStand.Guarded;
import io.driftless.pipeline.ArgoCd.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The unmodified `argocd` command line, logged in as `admin` to a Driftless with accounts and TLS.
@ExtendWith(AccountsStand.class)
abstract class ArgoCdSession {
    static final String CLUSTER = "https://kubernetes.default.svc";

    @TempDir
    static Path home;

    @TempDir
    Path other;

    static Stand stand;
    static ArgoCd argocd;
    static String password;

    @BeforeAll
    static void start(Guarded guarded) throws IOException, InterruptedException {
        stand = guarded.stand();
        password = guarded.password();
        argocd = new ArgoCd(home, "--insecure");
        assertThat(login(argocd, "admin", password).code()).isZero();
    }

    static Result login(ArgoCd client, String user, String secret) throws IOException, InterruptedException {
        return client.run("login", ArgoCd.host(stand.url()), "--username", user, "--password", secret);
    }

    static JsonNode json(Result result) throws IOException {
        return new ObjectMapper().readTree(result.out());
    }
}
