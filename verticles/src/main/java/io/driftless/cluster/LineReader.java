package io.driftless.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/// Cuts a stream of chunks into lines.
final class LineReader {
    private final Consumer<byte[]> lines;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    LineReader(Consumer<byte[]> lines) {
        this.lines = lines;
    }

    void read(List<ByteBuffer> chunks) {
        for (ByteBuffer chunk : chunks) {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            int from = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    rest.write(bytes, from, i - from);
                    from = i + 1;
                    byte[] line = rest.toByteArray();
                    rest.reset();
                    if (line.length > 0) {
                        lines.accept(line);
                    }
                }
            }
            rest.write(bytes, from, bytes.length - from);
        }
    }
}
