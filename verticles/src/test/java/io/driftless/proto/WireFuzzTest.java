package io.driftless.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bytes of strangers: whatever they are, they are read or refused.
class WireFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 20_000);
    private static final Schema SCHEMA = Schema.argoCd();

    @Test
    void anyBytesAreReadOrRefused() {
        Random random = new Random(seed(1));
        List<MessageType> types = requests();
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            read += take(types.get(random.nextInt(types.size())), bytes);
        }
        assertThat(read).isLessThan(ROUNDS);
    }

    @Test
    void aMessageWithBytesChangedIsReadOrRefusedAndComesBackAsItWasRead() throws Exception {
        Random random = new Random(seed(2));
        MessageType type = SCHEMA.message("application.ApplicationCreateRequest");
        JsonNode good = new ObjectMapper().readTree("""
                {"upsert":true,"application":{"metadata":{"name":"a","labels":{"b":"c"}},"spec":{"source":{"repoURL":"u",
                "kustomize":{"replicas":[{"name":"n","count":4}]}},"syncPolicy":{"automated":{"enabled":true}}},
                "status":{"reconciledAt":"2026-01-01T00:00:00Z"}}}
                """);
        byte[] bytes = WireWriter.write(type, good);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = bytes.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                JsonNode read = WireReader.read(type, changed);
                JsonNode again = WireReader.read(type, WireWriter.write(type, read));
                assertThat(WireReader.read(type, WireWriter.write(type, again))).isEqualTo(again);
            } catch (WireException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void messagesInMessagesAreReadToALimit() {
        MessageType type = SCHEMA.message("applicationset.ApplicationSetCreateRequest");
        byte[] bytes = {};
        for (int i = 0; i < 2_000; i++) {
            byte[] outer = new byte[bytes.length + 6];
            outer[0] = 0x0a;
            int length = bytes.length;
            for (int n = 1; n < 5; n++) {
                outer[n] = (byte) (length >> 7 * (n - 1) & 0x7f | 0x80);
            }
            outer[5] = 0;
            System.arraycopy(bytes, 0, outer, 6, bytes.length);
            bytes = outer;
        }
        assertThat(take(type, bytes)).isBetween(0, 1);
    }

    private static int take(MessageType type, byte[] bytes) {
        try {
            WireReader.read(type, bytes);
            return 1;
        } catch (WireException refused) {
            return 0;
        }
    }

    private static List<MessageType> requests() {
        List<MessageType> types = new ArrayList<>();
        SCHEMA.methods().forEach(method -> types.add(method.request()));
        return types;
    }

    private static long seed(long usual) {
        long seed = Long.getLong("fuzz.seed", usual);
        System.out.println("fuzz.seed=" + seed);
        return seed;
    }
}
