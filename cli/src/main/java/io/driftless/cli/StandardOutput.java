package io.driftless.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Standard output that fails with [OutputClosed] once nobody reads it. A `PrintWriter` keeps an `IOException` to
/// itself, and a command that follows logs would go on for ever, a full disk would look like success.
final class StandardOutput extends OutputStream {
    private final OutputStream descriptor;

    private StandardOutput(OutputStream descriptor) {
        this.descriptor = descriptor;
    }

    /// Writes UTF-8, because manifests are UTF-8 wherever they are printed and whatever the locale says.
    static PrintWriter open() {
        OutputStream descriptor = new FileOutputStream(FileDescriptor.out);
        return new PrintWriter(new OutputStreamWriter(new StandardOutput(descriptor), StandardCharsets.UTF_8), true);
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            descriptor.write(bytes, offset, length);
        } catch (IOException e) {
            throw new OutputClosed(e);
        }
    }
}
