package io.driftless.sandbox.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// OpenAPI v2 as protobuf: who the server is, and no definitions. `kubectl` asks for it about kinds
/// that version 3 does not know, finds nothing, and leaves the judgement to the server. The
/// definitions are there as JSON.
public final class OpenApiProtobuf {
    /// The media type of OpenAPI v2 in protobuf.
    public static final String TYPE = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private OpenApiProtobuf() {}

    /// The description without any definition, for clients that ask for nothing else.
    public static byte[] document() {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        field(info, 1, "Kubernetes".getBytes(StandardCharsets.UTF_8));
        field(info, 2, "1.36".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        field(document, 1, "2.0".getBytes(StandardCharsets.UTF_8));
        field(document, 2, info.toByteArray());
        return document.toByteArray();
    }

    /// A field of bytes that are shorter than 128.
    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        out.write(number << 3 | 2);
        out.write(content.length);
        out.writeBytes(content);
    }
}
