package io.driftless.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.auth.Tokens.Claims;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// No token that this installation did not sign, or that is not in force, is believed.
class TokensTest {
    private static final byte[] KEY = "a secret of the installation".getBytes(UTF_8);
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    @Test
    void aTokenSaysWhatWasSigned() {
        Claims claims = new Claims("admin:login", "id", NOW, NOW.plusSeconds(60));
        assertThat(Tokens.verify(Tokens.sign(claims, KEY), KEY, NOW)).contains(claims);
        Claims forever = new Claims("ci:apiKey", "id", NOW, null);
        assertThat(Tokens.verify(Tokens.sign(forever, KEY), KEY, NOW.plusSeconds(1_000_000_000)))
                .contains(forever);
    }

    @Test
    void aTokenThatArgoCdMadeIsGood() {
        // Signed by the HS256 of another implementation, with this key and these claims.
        String payload = "{\"iss\":\"argocd\",\"sub\":\"admin:login\",\"exp\":1780401600,\"nbf\":1780315200,"
                + "\"iat\":1780315200,\"jti\":\"6e1\"}";
        assertThat(Tokens.verify(signed(HS256, payload, KEY), KEY, NOW))
                .map(Claims::subject)
                .contains("admin:login");
    }

    @Test
    void j01AndJ05RefusesEveryOtherAlgorithm() {
        String payload = "{\"iss\":\"argocd\",\"sub\":\"admin:login\",\"iat\":1780315200}";
        for (String alg : new String[] {
            "{\"alg\":\"none\"}",
            "{\"alg\":\"None\"}",
            "{\"alg\":\"HS512\"}",
            "{\"alg\":\"RS256\"}",
            "{\"alg\":\"ES256\"}",
            "{}",
            "{\"alg\":\"HS256\",\"crit\":[\"x\"]}",
            "{\"alg\":\"PBES2-HS256+A128KW\",\"p2c\":2147483648}",
            "{\"alg\":[\"HS256\"]}",
            "[]"
        }) {
            assertThat(Tokens.verify(signed(alg, payload, KEY), KEY, NOW))
                    .as(alg)
                    .isEmpty();
        }
        String unsigned = part("{\"alg\":\"none\"}") + '.' + part(payload) + '.';
        assertThat(Tokens.verify(unsigned, KEY, NOW)).isEmpty();
        assertThat(Tokens.verify(part(HS256) + '.' + part(payload) + '.', KEY, NOW))
                .isEmpty();
        assertThat(Tokens.verify(signed(HS256, payload, "another key".getBytes(UTF_8)), KEY, NOW))
                .isEmpty();
        assertThat(Tokens.verify(signed(HS256, payload, KEY), new byte[0], NOW)).isEmpty();
    }

    @Test
    void j01AHeaderThatNamesKeysOrAddressesChangesNothing() {
        String payload = "{\"iss\":\"argocd\",\"sub\":\"admin:login\",\"iat\":1780315200}";
        for (String header : new String[] {
            "{\"alg\":\"HS256\",\"kid\":\"../../key\"}", "{\"alg\":\"HS256\",\"jku\":\"http://127.0.0.1:1/\"}"
        }) {
            assertThat(Tokens.verify(signed(header, payload, KEY), KEY, NOW)).isPresent();
            assertThat(Tokens.verify(signed(header, payload, "k".getBytes(UTF_8)), KEY, NOW))
                    .isEmpty();
        }
    }

    @Test
    void j02RefusesTimesThatAreOverNotYetOrNone() {
        long now = NOW.getEpochSecond();
        for (String times : new String[] {
            "\"iat\":" + (now - 500) + ",\"exp\":" + (now - 61),
            "\"iat\":" + (now + 61),
            "\"iat\":" + now + ",\"nbf\":" + (now + 61),
            "\"iat\":" + now + ",\"exp\":\"" + (now + 60) + '"',
            "\"iat\":" + now + ",\"exp\":1000000000000000000",
            "\"iat\":" + now + ",\"exp\":1e18",
            "\"iat\":" + now + ",\"exp\":null",
            "\"iat\":-1",
            "\"iat\":1.5",
            "\"exp\":" + (now + 60)
        }) {
            assertThat(verify("{\"iss\":\"argocd\",\"sub\":\"admin:login\"," + times + '}'))
                    .as(times)
                    .isFalse();
        }
        assertThat(verify("{\"iss\":\"argocd\",\"sub\":\"admin:login\",\"iat\":" + (now + 59) + ",\"exp\":" + (now - 59)
                        + '}'))
                .isTrue();
    }

    @Test
    void j03RefusesWhomNobodyVouchesFor() {
        String iat = ",\"iat\":1780315200}";
        for (String who : new String[] {
            "{\"iss\":\"other\",\"sub\":\"admin:login\"",
            "{\"sub\":\"admin:login\"",
            "{\"iss\":[\"argocd\"],\"sub\":\"admin:login\"",
            "{\"iss\":\"argocd\",\"sub\":\"\"",
            "{\"iss\":\"argocd\",\"sub\":null",
            "{\"iss\":\"argocd\",\"sub\":7",
            "{\"iss\":\"argocd\",\"sub\":\"a\",\"sub\":\"admin:login\"",
            "{\"iss\":\"argocd\",\"sub\":\"admin:login\",\"jti\":{}"
        }) {
            assertThat(verify(who + iat)).as(who).isFalse();
        }
    }

    @Test
    void j04AndJ05RefusesHugeAndDeepTokensAtOnce() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(verify(deep)).isFalse();
        assertThat(verify("{\"iss\":\"argocd\",\"sub\":\"" + "a".repeat(20_000) + "\",\"iat\":1}"))
                .isFalse();
        assertThat(verify("{\"iss\":\"argocd\",\"sub\":\"a:login\",\"iat\":1,\"x\":" + "[".repeat(500) + "]".repeat(500)
                        + '}'))
                .isFalse();
    }

    @Test
    void anyTextIsATokenOrRefused() {
        long seed = Long.getLong("fuzz.seed", 4);
        System.out.println("fuzz.seed=" + seed);
        Random random = new Random(seed);
        String good = Tokens.sign(new Claims("admin:login", "id", NOW, null), KEY);
        for (int i = 0; i < 20_000; i++) {
            char[] token = good.toCharArray();
            for (int n = random.nextInt(3); n >= 0; n--) {
                token[random.nextInt(token.length)] = (char) random.nextInt(i % 2 == 0 ? 128 : 65_536);
            }
            String text = new String(token, 0, random.nextInt(token.length + 1));
            assertThat(Tokens.verify(text, KEY, NOW)).as(text).isEmpty();
        }
    }

    private static boolean verify(String payload) {
        return Tokens.verify(signed(HS256, payload, KEY), KEY, NOW).isPresent();
    }

    private static String signed(String header, String payload, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String text = part(header) + '.' + part(payload);
            return text
                    + '.'
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
