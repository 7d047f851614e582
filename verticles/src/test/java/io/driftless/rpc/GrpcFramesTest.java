package io.driftless.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.http.HttpFailure;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrpcFramesTest {
    @Test
    void aMessageComesOutOfItsFrame() {
        byte[] message = "hello".getBytes(US_ASCII);
        assertThat(GrpcFrames.only(GrpcFrames.message(message))).isEqualTo(message);
        assertThat(GrpcFrames.only(GrpcFrames.message(new byte[0]))).isEmpty();
    }

    @Test
    void refusesWhatIsNotExactlyOneMessage() {
        for (String hex :
                new String[] {"", "00", "00000000", "0000000001", "00000000010203", "02000000000", "80", "00ffffffff"
                }) {
            byte[] body = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + '0');
            assertThatThrownBy(() -> GrpcFrames.only(body)).as(hex).isInstanceOf(HttpFailure.class);
        }
    }

    @Test
    void saysThatCompressionIsNotSupported() {
        assertThatThrownBy(() -> GrpcFrames.only(new byte[] {1, 0, 0, 0, 0})).hasMessageContaining("not supported yet");
    }

    @Test
    void textBodiesMayComeInPiecesWithTheirOwnPadding() {
        byte[] message = "hello world".getBytes(US_ASCII);
        byte[] frame = GrpcFrames.message(message);
        String pieces = Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(frame, 5))
                + Base64.getEncoder().encodeToString(java.util.Arrays.copyOfRange(frame, 5, frame.length));
        assertThat(GrpcFrames.only(GrpcFrames.fromText(pieces.getBytes(US_ASCII))))
                .isEqualTo(message);
    }

    @Test
    void anyBytesAreAMessageOrRefused() {
        long seed = Long.getLong("fuzz.seed", 3);
        System.out.println("fuzz.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (boolean text : new boolean[] {true, false}) {
                try {
                    assertThat(GrpcFrames.only(text ? GrpcFrames.fromText(bytes) : bytes))
                            .hasSizeLessThanOrEqualTo(bytes.length);
                } catch (HttpFailure refused) {
                    assertThat(refused.status()).isIn(400, 501);
                }
            }
        }
    }

    @Test
    void timeoutsOfTheWireAreMilliseconds() {
        assertThat(GrpcRoutes.timeout("5S")).isEqualTo(5_000);
        assertThat(GrpcRoutes.timeout("99999999H")).isPositive();
        assertThat(GrpcRoutes.timeout("1n")).isEqualTo(1);
        assertThat(GrpcRoutes.timeout("S")).isEqualTo(-1);
        assertThat(GrpcRoutes.timeout(null)).isEqualTo(-1);
    }

    @Test
    void errorMessagesTravelAsPrintableAscii() {
        assertThat(GrpcReply.percentEncoded("50% ü\n")).isEqualTo("50%25 %C3%BC%0A");
    }
}
