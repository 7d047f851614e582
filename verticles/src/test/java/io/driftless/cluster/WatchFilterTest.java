package io.driftless.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchFilterTest {
    private static final String NEEDLE = "argocd.argoproj.io/tracking-id";
    private final WatchFilter filter = new WatchFilter(NEEDLE);

    @Test
    void linesOfObjectsThatNobodyTracksAreNotParsed() {
        assertThat(filter.wanted(line("ADDED", "u1", ""))).isFalse();
        assertThat(filter.wanted(line("MODIFIED", "u2", tracked()))).isTrue();
        assertThat(filter.wanted("{\"type\":\"BOOKMARK\",\"object\":{}}".getBytes(UTF_8)))
                .isTrue();
        assertThat(filter.wanted("{\"type\":\"ERROR\",\"object\":{}}".getBytes(UTF_8)))
                .isTrue();
    }

    @Test
    void anObjectThatLosesItsAnnotationIsSeenOnceMore() throws IOException {
        assertThat(filter.passes(object("u1", tracked()), false)).isTrue();

        assertThat(filter.wanted(line("MODIFIED", "u1", ""))).isTrue();
        assertThat(filter.passes(object("u1", ""), false)).isTrue();
        assertThat(filter.wanted(line("MODIFIED", "u1", ""))).isFalse();
    }

    @Test
    void chunksAreCutIntoLinesWhereverTheyBreak() {
        List<String> lines = new ArrayList<>();
        LineReader reader = new LineReader(line -> lines.add(new String(line, UTF_8)));

        for (String chunk : List.of("{\"a\"", ":1}\n{\"b\":", "2}\n", "\n{\"ü", "\":3}\n{")) {
            reader.read(List.of(ByteBuffer.wrap(chunk.getBytes(UTF_8))));
        }

        assertThat(lines).containsExactly("{\"a\":1}", "{\"b\":2}", "{\"ü\":3}");
    }

    private static String tracked() {
        return "\"annotations\":{\"" + NEEDLE + "\":\"a:/ConfigMap:n/x\"},";
    }

    private static JsonNode object(String uid, String annotations) throws IOException {
        return ApiConnection.JSON.readTree(line("ADDED", uid, annotations)).path("object");
    }

    private static byte[] line(String type, String uid, String annotations) {
        return ("{\"type\":\"" + type + "\",\"object\":{\"metadata\":{" + annotations + "\"uid\":\"" + uid + "\"}}}")
                .getBytes(UTF_8);
    }
}
