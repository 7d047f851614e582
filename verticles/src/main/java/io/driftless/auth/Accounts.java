package io.driftless.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import io.driftless.settings.Settings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The accounts that settings declare: `admin`, unless it is switched off, and `accounts.NAME: apiKey, login`.
public final class Accounts {
    private static final String PREFIX = "accounts.";

    private Accounts() {}

    public static Map<String, Account> of(Settings settings) {
        Map<String, Account> accounts = new TreeMap<>();
        Set<String> adminCan = new TreeSet<>(capabilities(settings.config(PREFIX + Account.ADMIN)));
        adminCan.add(Account.LOGIN);
        accounts.put(Account.ADMIN, account(settings, Account.ADMIN, settings.flag("admin.enabled", true), adminCan));
        settings.config().forEach((key, value) -> {
            if (!key.startsWith(PREFIX) || key.endsWith(".enabled")) {
                return;
            }
            String name = key.substring(PREFIX.length());
            if (!name.isEmpty() && name.length() <= 32 && !name.equals(Account.ADMIN)) {
                boolean enabled = settings.flag(key + ".enabled", true);
                accounts.put(name, account(settings, name, enabled, capabilities(value)));
            }
        });
        return accounts;
    }

    private static Set<String> capabilities(String list) {
        Set<String> capabilities = new TreeSet<>();
        for (String word : list.split(",", 16)) {
            String capability = word.strip();
            if (capability.equals(Account.LOGIN) || capability.equals(Account.API_KEY)) {
                capabilities.add(capability);
            }
        }
        return capabilities;
    }

    private static Account account(Settings settings, String name, boolean enabled, Set<String> capabilities) {
        return new Account(
                name,
                enabled,
                capabilities,
                settings.secretText(key(name, "password")).orElse(""),
                time(settings.secretText(key(name, "passwordMtime")).orElse("")),
                tokens(settings.secretText(key(name, "tokens")).orElse("")));
    }

    /// The key of `argocd-secret` that holds a part of an account.
    static String key(String account, String part) {
        return account.equals(Account.ADMIN) ? account + '.' + part : PREFIX + account + '.' + part;
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
        } catch (DateTimeException e) {
            // Nobody can tell which sessions are older: all are.
            return Instant.MAX;
        }
    }

    static List<Account.Token> tokens(String text) {
        List<Account.Token> tokens = new ArrayList<>();
        try {
            JsonNode list =
                    text.isBlank() ? JsonNodeFactory.instance.arrayNode() : StrictJson.value(text.getBytes(UTF_8));
            list.forEach(token -> tokens.add(new Account.Token(
                    token.path("id").asText(""),
                    token.path("iat").asLong(),
                    token.path("exp").asLong())));
        } catch (HttpFailure unreadable) {
            // No token of a list that cannot be read is good.
        }
        return tokens;
    }

    static String text(List<Account.Token> tokens) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Account.Token token : tokens) {
            var node = list.addObject().put("id", token.id()).put("iat", token.issuedAt());
            if (token.expiresAt() != 0) {
                node.put("exp", token.expiresAt());
            }
        }
        return Answers.text(list);
    }
}
