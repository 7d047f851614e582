package io.driftless.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftless.http.HttpFailure;
import io.driftless.settings.SettingsWatch;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Changes accounts in `argocd-secret`. Every call blocks.
public final class AccountChanges {
    private final Sessions sessions;
    private final SettingsWatch settings;
    private final InstantSource clock;

    public AccountChanges(Sessions sessions, SettingsWatch settings, InstantSource clock) {
        this.sessions = sessions;
        this.settings = settings;
        this.clock = clock;
    }

    /// The account; fails with [HttpFailure] 404 when there is none of this name.
    public Account known(String name) {
        Account account = sessions.accounts().get(name);
        if (account == null) {
            throw HttpFailure.notFound("account '" + name + "' does not exist");
        }
        return account;
    }

    /// Sets a new password; sessions that began before are over.
    ///
    /// @param caller who asks, and whose present password proves it
    public void password(String caller, String present, String name, String password) {
        if (!sessions.proven(caller, present, "")) {
            throw HttpFailure.invalid("current password does not match");
        }
        Account account = known(name);
        if (!account.can(Account.LOGIN)) {
            throw HttpFailure.precondition("account '" + name + "' has no capability login, so it has no password");
        }
        Passwords.check(password, sessions.settings());
        String hash = Passwords.hash(password);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        settings.changeSecret(secret -> {
            secret.put(Accounts.key(name, "password"), hash.getBytes(UTF_8));
            secret.put(Accounts.key(name, "passwordMtime"), now.toString().getBytes(UTF_8));
            return secret;
        });
    }

    /// A new token of an account.
    ///
    /// @param id empty for a random one
    /// @param seconds how long it is good; 0 for ever
    public String createToken(String name, String id, long seconds) {
        Account account = known(name);
        if (!account.can(Account.API_KEY)) {
            throw HttpFailure.precondition("account '" + name + "' does not have apiKey capability");
        }
        if (seconds < 0) {
            throw HttpFailure.invalid("expiresIn must not be negative");
        }
        String tokenId = id.isEmpty() ? UUID.randomUUID().toString() : id;
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        long expires = seconds == 0 ? 0 : Math.addExact(now.getEpochSecond(), Math.min(seconds, 1L << 36));
        changeTokens(name, tokens -> {
            if (tokens.stream().anyMatch(token -> token.id().equals(tokenId))) {
                throw HttpFailure.invalid("account already has token with id '" + tokenId + "'");
            }
            tokens.add(new Account.Token(tokenId, now.getEpochSecond(), expires));
        });
        return sessions.issue(
                name + ':' + Account.API_KEY, tokenId, now, expires == 0 ? null : Instant.ofEpochSecond(expires));
    }

    public void deleteToken(String name, String id) {
        known(name);
        changeTokens(name, tokens -> {
            if (!tokens.removeIf(token -> token.id().equals(id))) {
                throw HttpFailure.notFound("token with id '" + id + "' does not exist");
            }
        });
    }

    private void changeTokens(String name, java.util.function.Consumer<List<Account.Token>> edit) {
        String key = Accounts.key(name, "tokens");
        settings.changeSecret(secret -> {
            byte[] before = secret.get(key);
            List<Account.Token> tokens =
                    new ArrayList<>(Accounts.tokens(before == null ? "" : new String(before, UTF_8)));
            edit.accept(tokens);
            secret.put(key, Accounts.text(tokens).getBytes(UTF_8));
            return secret;
        });
    }
}
