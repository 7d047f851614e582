package io.driftless.kustomize.node;

import io.driftless.kustomize.KustomizeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What a scalar is once it is written out and read back, which is how the reference turns nodes into objects: the tag
/// counts only where the text does not contradict it, and quotes make text of untyped scalars.
public final class Values {
    private Values() {}

    /// [Tag#STR], [Tag#INT], [Tag#FLOAT], [Tag#BOOL] or [Tag#NULL].
    public static Tag type(Node node) {
        if (node.kind() == Kind.NONE) {
            return Tag.NULL;
        }
        Tag tag = node.tag();
        if (tag == Tag.STR || tag == Tag.MERGE || tag == Tag.BINARY || tag == Tag.OTHER) {
            return Tag.STR;
        }
        boolean quoted = node.style() != Style.PLAIN;
        if (tag == Tag.NONE) {
            return quoted ? Tag.STR : plain(Scalars.resolve(node.text()));
        }
        if (node.style() == Style.PLAIN
                && !node.isTagged()
                && tag != Tag.TIMESTAMP
                && tag != Tag.FLOAT
                && tag != Tag.NULL) {
            Tag found = Scalars.resolve(node.text());
            if (found == tag) {
                return tag;
            }
            return contradiction(node, tag, found);
        }
        Tag found = Scalars.resolve(node.text());
        if (found == tag) {
            return quoted && !node.isTagged() ? Tag.STR : plain(tag);
        }
        return contradiction(node, tag, found);
    }

    private static Tag contradiction(Node node, Tag tag, Tag found) {
        if (tag == Tag.FLOAT && found == Tag.INT) {
            return Tag.FLOAT;
        }
        if (tag == Tag.NULL && node.text().isEmpty()) {
            return Tag.NULL;
        }
        throw new KustomizeException(
                "yaml: cannot decode " + (found == Tag.NONE ? Tag.STR : found) + " `" + node.text() + "` as a " + tag);
    }

    private static Tag plain(Tag resolved) {
        return switch (resolved) {
            case MERGE, TIMESTAMP -> Tag.STR;
            default -> resolved;
        };
    }

    /// The text of a scalar that [#type] calls text: dates in full, binary decoded.
    public static String string(Node node) {
        if (node.tag() == Tag.BINARY) {
            try {
                return new String(Base64.getMimeDecoder().decode(node.text()), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notBase64) {
                throw new KustomizeException("yaml: !!binary value contains invalid base64 data");
            }
        }
        boolean untypedDate = node.tag() == Tag.NONE && node.style() == Style.PLAIN;
        if ((node.tag() == Tag.TIMESTAMP && node.style() == Style.PLAIN) || untypedDate) {
            String date =
                    node.text().length() >= 8 && node.text().charAt(4) == '-' ? Timestamps.print(node.text()) : null;
            return date == null ? node.text() : date;
        }
        return node.text();
    }
}
