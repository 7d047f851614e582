package io.driftless.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.http.SelfSigned;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final String HOST_KEY = "AAAAC3NzaC1lZDI1NTE5AAAAILEHtTQDeaYcL3SFDr9+77jLk0TQESNxgLiHfpBnG3dj";

    @Test
    void eachKeyOfABlockIsReadAndWrittenAlone() throws Exception {
        List<PublicKey> keys = PublicKey.read(keys());
        assertThat(keys)
                .extracting(PublicKey::id, PublicKey::fingerprint, PublicKey::owner, PublicKey::type)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "06C60C78CD6D846D",
                                "350E6EEEABD19F3E4460CDAC06C60C78CD6D846D",
                                "Ann Example <ann@example.com>",
                                "ed25519"),
                        org.assertj.core.groups.Tuple.tuple(
                                "79697B3D5776E62B",
                                "9C5F83A070C6571EAD1BA1A779697B3D5776E62B",
                                "Bob <bob@example.com>",
                                "rsa2048"));
        assertThat(PublicKey.read(keys.getFirst().armored())).containsExactly(keys.getFirst());
        assertThat(keys.getFirst().armored()).contains("=FW9E\n");
        assertThat(PublicKey.id("0x350e6eeeabd19f3e4460cdac06c60c78cd6d846d")).isEqualTo("06C60C78CD6D846D");
    }

    @Test
    void damagedKeysAreRefusedAndNothingElseHappens() throws Exception {
        String text = keys();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder damaged = new StringBuilder(text);
            for (int k = 0; k < 1 + random.nextInt(4); k++) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) (32 + random.nextInt(95)));
            }
            int cut = random.nextInt(4) == 0 ? random.nextInt(damaged.length()) : damaged.length();
            try {
                PublicKey.read(damaged.substring(0, cut));
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).as("seed " + seed).isNotBlank();
            }
        }
        assertThatThrownBy(() -> PublicKey.read("")).hasMessageContaining("no PGP public key block");
    }

    @Test
    void aKnownHostHasTheFingerprintThatSshShows() {
        String file = "# comment\n\ngit.example.com,10.0.0.1 ssh-ed25519 " + HOST_KEY + "\n@revoked x y z\n";
        List<KnownHost> hosts = KnownHost.read(file);
        assertThat(hosts).extracting(KnownHost::host).containsExactly("git.example.com", "10.0.0.1");
        assertThat(hosts.getFirst().fingerprint()).isEqualTo("SHA256:dN9fl/Za8kJjxTKxui/JlqXiWhpbRa/l0s8Sii+VmIQ");
        assertThat(hosts.getFirst().problem()).isEmpty();
        assertThat(KnownHost.read(KnownHost.write(hosts))).isEqualTo(hosts);
        assertThat(new KnownHost("git.example.com", "ssh-rsa", HOST_KEY).problem())
                .contains("ssh-rsa");
        assertThat(new KnownHost("a b", "ssh-ed25519", HOST_KEY).problem()).contains("no host name");
        assertThat(new KnownHost("a", "ssh-ed25519", "x").problem()).isNotEmpty();
    }

    @Test
    void aCertificateIsReadFromItsText() {
        String pem = SelfSigned.make(List.of("git.example.com"), java.time.Instant.now())
                .certificate();
        assertThat(HostCertificate.read(pem)).singleElement().satisfies(found -> {
            assertThat(found.algorithm()).isIn("ecdsa", "rsa");
            assertThat(found.subject()).isNotBlank();
        });
        assertThat(HostCertificate.read(pem + pem)).hasSize(2);
        assertThatThrownBy(() -> HostCertificate.read("hello")).hasMessageContaining("no valid PEM data");
        assertThatThrownBy(() -> HostCertificate.read("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"))
                .hasMessageContaining("is no certificate");
    }

    private static String keys() throws Exception {
        try (var in = TrustTest.class.getResourceAsStream("/two-public-keys.asc")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
