package io.driftless.manifest.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bytes that somebody else made more of, up to a limit: what is beyond it is an [ArchiveException], not an end.
final class BoundedInput extends FilterInputStream {
    private final long limit;
    private long left;

    BoundedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        count(count);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) {
        left -= Math.max(0, bytes);
        if (left < 0) {
            throw tooLarge(limit);
        }
    }

    static ArchiveException tooLarge(long limit) {
        return new ArchiveException("the archive is larger than " + limit
                + " bytes when it is decompressed; send fewer files, or a smaller folder");
    }
}
