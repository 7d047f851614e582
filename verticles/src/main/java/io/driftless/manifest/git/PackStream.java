package io.driftless.manifest.git;

import java.io.IOException;
import java.io.InputStream;

/// The pack inside the side-band packets of an answer: band 1 is data, 2 progress (dropped), 3 a fatal message.
final class PackStream extends InputStream {
    /// The download passed its limit.
    static final class Oversized extends IOException {
        Oversized(long limit) {
            super("the download is larger than " + limit + " bytes");
        }
    }

    private final InputStream in;
    private final long limit;
    private long total;
    private byte[] data = new byte[0];
    private int position;
    private boolean ended;

    PackStream(InputStream in, long limit) {
        this.in = in;
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        return more() ? data[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, data.length - position);
        System.arraycopy(data, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean more() throws IOException {
        while (position >= data.length && !ended) {
            PacketLines.Packet packet = PacketLines.read(in);
            if (packet == null || packet.data() == null) {
                ended = true;
            } else {
                accept(packet.data());
            }
        }
        return position < data.length;
    }

    private void accept(byte[] packet) throws IOException {
        if (packet.length == 0) {
            return;
        }
        switch (packet[0]) {
            case 1 -> {
                data = packet;
                position = 1;
                total += packet.length - 1;
                if (total > limit) {
                    throw new Oversized(limit);
                }
            }
            case 2 -> {}
            case 3 -> throw new IOException("the Git server stopped the download with an error");
            default -> throw new IOException("the answer uses an unknown side band " + packet[0]);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
