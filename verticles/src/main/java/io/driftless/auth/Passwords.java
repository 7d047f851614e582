package io.driftless.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.driftless.http.HttpFailure;
import io.driftless.settings.Settings;
import java.security.SecureRandom;
import java.util.Base64;

/// Passwords and their hashes.
final class Passwords {
    private static final int COST = 10;
    private static final int LONGEST_BYTES = 72;
    private static final String USUAL_PATTERN = "^.{8,32}$";
    /// Of a password nobody knows. Accounts that do not exist are checked against it, so that they take as long.
    private static final String NOBODY = hash(random(24));

    private Passwords() {}

    static String hash(String password) {
        return new String(BCrypt.withDefaults().hash(COST, password.getBytes(UTF_8)), UTF_8);
    }

    /// Whether the password has this hash. Takes the same time when there is no hash (empty), and is then false.
    static boolean matches(String password, String hash) {
        byte[] bytes = password.getBytes(UTF_8);
        boolean fits = bytes.length > 0 && bytes.length <= LONGEST_BYTES;
        boolean known = !hash.isEmpty();
        boolean equal = BCrypt.verifyer()
                .verify(fits ? bytes : new byte[] {1}, (known ? hash : NOBODY).getBytes(UTF_8))
                .verified;
        return equal && fits && known;
    }

    /// Fails with [HttpFailure] 400 when a new password breaks the rule of the installation.
    static void check(String password, Settings settings) {
        String pattern =
                settings.config("passwordPattern").isEmpty() ? USUAL_PATTERN : settings.config("passwordPattern");
        try {
            if (!Pattern.compile(pattern).matcher(password).find()) {
                throw HttpFailure.invalid("New password does not match the following expression: " + pattern + ".");
            }
        } catch (PatternSyntaxException e) {
            throw HttpFailure.precondition(
                    "passwordPattern of argocd-cm is not a regular expression: " + e.getMessage());
        }
        if (password.getBytes(UTF_8).length > LONGEST_BYTES) {
            throw HttpFailure.invalid("the new password is longer than " + LONGEST_BYTES + " bytes");
        }
    }

    static String random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(0, length);
    }
}
