package io.driftless.proto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.driftless.events.EventCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An object of an answer that is there in written form already, because many answers hold it: both
/// doors send its bytes as they are. It is never changed.
public final class Written extends POJONode {
    private static final long serialVersionUID = 1;
    private final transient byte[] json;
    /// What gRPC sends; may be forgotten where memory is short, and is written again then.
    private transient volatile @Nullable SoftReference<byte[]> wire;

    /// @param json the object, in UTF-8
    public Written(byte[] json) {
        super(new RawValue(new WrittenText(json)));
        this.json = json;
    }

    public byte[] json() {
        return json;
    }

    /// The object as a tree of its own.
    public JsonNode tree() {
        try {
            return EventCodec.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] wire(MessageType type) {
        SoftReference<byte[]> kept = wire;
        byte[] known = kept == null ? null : kept.get();
        if (known == null) {
            known = WireWriter.write(type, tree());
            wire = new SoftReference<>(known);
        }
        return known;
    }

    @Override
    public String toString() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
