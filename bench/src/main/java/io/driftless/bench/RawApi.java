package io.driftless.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/// One connection to an API server, with as little of a client as can be: what is measured is the server. Same for
/// both servers, but for TLS.
final class RawApi implements AutoCloseable {
    private static final int READ_LIMIT_MILLIS = 60_000;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;
    private long bodyLeft;
    private boolean chunked;

    RawApi(ApiAddress address) throws IOException {
        Socket plain = new Socket();
        plain.connect(new InetSocketAddress(address.host(), address.port()), READ_LIMIT_MILLIS);
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(READ_LIMIT_MILLIS);
        this.socket = address.tls() == null
                ? plain
                : address.tls().getSocketFactory().createSocket(plain, address.host(), address.port(), true);
        this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        this.out = socket.getOutputStream();
        this.host = address.host() + ":" + address.port();
    }

    /// Sends a request, reads its answer to the end and returns the body.
    String call(String method, String path, String contentType, String body) throws IOException {
        int code = send(method, path, contentType, body);
        String answer = new String(readBody(), UTF_8);
        if (code / 100 != 2) {
            throw new IOException(method + " " + path + " was answered " + code + ": " + answer);
        }
        return answer;
    }

    /// Server-side apply, by force, of JSON.
    void apply(String path, String body) throws IOException {
        call("PATCH", path + "?fieldManager=bench&force=true", "application/apply-patch+yaml", body);
    }

    /// Starts a watch, which [#lines] reads.
    void watch(String path) throws IOException {
        int code = send("GET", path, "application/json", "");
        if (code != 200) {
            throw new IOException("GET " + path + " was answered " + code + ": " + new String(readBody(), UTF_8));
        }
    }

    private int send(String method, String path, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        byte[] head = (method + " " + path + " HTTP/1.1\r\nHost: " + host
                        + "\r\nUser-Agent: driftless-bench\r\nAccept: application/json\r\nContent-Type: " + contentType
                        + "\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                .getBytes(US_ASCII);
        byte[] all = new byte[head.length + bytes.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(bytes, 0, all, head.length, bytes.length);
        out.write(all);
        out.flush();
        return head();
    }

    private int head() throws IOException {
        String status = httpLine();
        bodyLeft = 0;
        chunked = false;
        for (String line = httpLine(); !line.isEmpty(); line = httpLine()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                bodyLeft = Long.parseLong(line.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            }
        }
        return Integer.parseInt(status.split(" ", 3)[1]);
    }

    private String httpLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the API server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private byte[] readBody() throws IOException {
        if (!chunked) {
            return in.readNBytes((int) bodyLeft);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (read(all)) {
            // Until the last chunk.
        }
        return all.toByteArray();
    }

    /// The next lines of a watch: as many as the server sent together, never a part of one.
    String lines() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(4096);
        byte[] last;
        do {
            if (!read(all)) {
                throw new EOFException("the watch ended");
            }
            last = all.toByteArray();
        } while (last[last.length - 1] != '\n');
        return new String(last, UTF_8);
    }

    /// Adds one chunk of a body; false at its end.
    private boolean read(ByteArrayOutputStream all) throws IOException {
        int size = Integer.parseInt(httpLine().strip(), 16);
        all.writeBytes(in.readNBytes(size));
        httpLine();
        return size > 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
