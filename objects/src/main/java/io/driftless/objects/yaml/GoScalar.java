package io.driftless.objects.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.kustomize.node.GoNumbers;
import io.driftless.kustomize.node.JacksonNodes;
import io.driftless.kustomize.node.Scalars;
import io.driftless.kustomize.node.Tag;
import io.driftless.kustomize.node.Timestamps;
import io.driftless.objects.yaml.YamlOptions.Dialect;
import java.math.BigInteger;
import java.util.Objects;
import java.util.regex.Pattern;

/// Plain scalars as the JSON that an API server gets of them. What their text means is decided by the rules that the
/// readers of YAML share.
final class GoScalar {
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}");
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9]*)?");

    private GoScalar() {}

    /// A number that JSON cannot hold: infinite, or not a number.
    static final class NotFinite extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static JsonNode resolve(String text, Dialect dialect) {
        Tag type = type(text, dialect);
        return switch (type) {
            case NULL -> NullNode.instance;
            case BOOL -> BooleanNode.valueOf(Scalars.isTrue(text));
            case INT -> of(Objects.requireNonNull(Scalars.integer(text.replace("_", ""))));
            case FLOAT -> {
                if (Scalars.isInfinite(text)) {
                    throw new NotFinite();
                }
                yield JacksonNodes.number(Scalars.json(text, type));
            }
            case TIMESTAMP -> TextNode.valueOf(Objects.requireNonNull(Timestamps.print(text)));
            default -> TextNode.valueOf(text);
        };
    }

    private static Tag type(String text, Dialect dialect) {
        return switch (dialect) {
            case KUBERNETES -> Scalars.resolveOld(text);
            case KUSTOMIZE -> Scalars.resolve(text);
        };
    }

    /// Whether `text`, written plain, would be read as something else than this text by some reader that
    /// matters.
    static boolean isPlainText(String text) {
        return Scalars.resolveOld(text) == Tag.STR
                && !DATE.matcher(text).lookingAt()
                && !SEXAGESIMAL.matcher(text).matches()
                && !text.equals("=");
    }

    /// As the JSON of an API server holds it: 64-bit integers exactly, larger ones rounded to a double.
    static JsonNode of(BigInteger value) {
        return value.bitLength() < Long.SIZE ? JacksonNodes.number(value.toString()) : of(value.doubleValue());
    }

    /// A double without a fraction is an integer, as Go writes it to JSON.
    static JsonNode of(double value) {
        if (!Double.isFinite(value)) {
            throw new NotFinite();
        }
        return JacksonNodes.number(GoNumbers.json(value));
    }
}
