package io.driftless.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a watch shows of a change, and how.
///
/// @param namespace empty for all
/// @param name empty for all
/// @param selector null for all
/// @param shape another form of the objects, such as a Table; null for the objects as they are
record WatchLines(
        ResourceType type,
        String namespace,
        String name,
        @Nullable Predicate<JsonNode> selector,
        @Nullable Function<ObjectNode, ObjectNode> shape) {
    private static final byte[] ADDED = start(Change.ADDED);
    private static final byte[] MODIFIED = start(Change.MODIFIED);
    private static final byte[] DELETED = start(Change.DELETED);
    private static final byte[] END = "}\n".getBytes(US_ASCII);

    private static byte[] start(Change change) {
        return ("{\"type\":\"" + change + "\",\"object\":").getBytes(US_ASCII);
    }

    private static byte[] beginning(Change change) {
        return switch (change) {
            case ADDED -> ADDED;
            case MODIFIED -> MODIFIED;
            case DELETED -> DELETED;
        };
    }

    boolean inScope(Key key) {
        return (namespace.isEmpty() || key.namespace().equals(namespace))
                && (name.isEmpty() || key.name().equals(name));
    }

    /// Whether this watch shows a change as everybody sees it.
    boolean showsAsItIs(Event event) {
        return selector == null && shape == null && event.version() > 0;
    }

    /// The line of a change as everybody sees it.
    static byte[] whole(Event event, ResourceType type) {
        byte[] start = beginning(event.change());
        byte[] object = event.object().bytesIn(type);
        byte[] out = Arrays.copyOf(start, start.length + object.length + END.length);
        System.arraycopy(object, 0, out, start.length, object.length);
        System.arraycopy(END, 0, out, start.length + object.length, END.length);
        return out;
    }

    /// Adds the line of a change; false where this watch does not show it. An object that a selector lets in or
    /// out is added or deleted for this watch.
    boolean append(Buffer out, Event event) {
        Change change = seen(event);
        if (change == null) {
            return false;
        }
        out.appendBytes(beginning(change));
        Stored before = event.before();
        Stored object = event.object();
        if (change == Change.DELETED && event.change() != Change.DELETED && before != null) {
            ObjectNode left = Json.object().setAll(before.in(type));
            Json.ownMeta(left).put("resourceVersion", Long.toString(event.version()));
            out.appendBytes(Json.write(shape == null ? left : shape.apply(left)))
                    .appendBytes(END);
            return true;
        }
        out.appendBytes(shape == null ? object.bytesIn(type) : Json.write(shape.apply(object.in(type))));
        out.appendBytes(END);
        return true;
    }

    private @Nullable Change seen(Event event) {
        if (selector == null) {
            return event.change();
        }
        Stored before = event.before();
        boolean was = before != null && selector.test(before.tree());
        boolean is =
                event.change() != Change.DELETED && selector.test(event.object().tree());
        return is ? (was ? Change.MODIFIED : Change.ADDED) : was ? Change.DELETED : null;
    }

    void bookmark(Buffer out, long version, boolean initialEnd) {
        ObjectNode object = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
        ObjectNode meta = object.putObject("metadata").put("resourceVersion", Long.toString(version));
        if (initialEnd) {
            meta.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        out.appendBuffer(Watch.line("BOOKMARK", object));
    }
}
