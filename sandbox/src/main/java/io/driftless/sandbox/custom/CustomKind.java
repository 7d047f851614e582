package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One version of a kind that a definition defines, read once for all its objects.
public final class CustomKind {
    /// What keeps rules from being looked at.
    private static final Set<String> BLOCKING = Set.of(
            "FieldValueNotSupported",
            "FieldValueRequired",
            "FieldValueTooLong",
            "FieldValueTooMany",
            "FieldValueTypeInvalid");

    private final Structure root;
    private final ScaleCheck scale;
    private final boolean ruled;

    private CustomKind(Structure root, ScaleCheck scale) {
        this.root = root.root();
        this.scale = scale;
        this.ruled = root.hasRules();
    }

    /// @param version an entry of `spec.versions` of a definition that was found sound
    public static CustomKind of(JsonNode version) {
        JsonNode schema = version.path("schema").path("openAPIV3Schema");
        return new CustomKind(Structure.ofObjects(schema), ScaleCheck.of(version));
    }

    /// Prunes an object in place and fills in defaults; returns the paths of what nobody knows.
    public List<String> complete(ObjectNode object) {
        return Pruner.complete(root, object);
    }

    /// What is wrong with a completed object.
    ///
    /// @param before what it was; null for a new one
    public List<Violation> check(ObjectNode object, @Nullable JsonNode before) {
        List<Violation> wrong = new ArrayList<>(Checker.check(root, "", object));
        scale.check(object, wrong);
        if (!ruled) {
            return wrong;
        }
        if (wrong.stream().anyMatch(violation -> BLOCKING.contains(violation.reason()))) {
            wrong.add(Violation.invalid(
                    "<nil>",
                    "null",
                    "some validation rules were not checked because the object was invalid; correct the existing"
                            + " errors to complete validation"));
        } else {
            RuleCheck.check(root, object, before, wrong);
        }
        return wrong;
    }

    /// What makes the object of an apply none of this kind: fields that are not declared, or of
    /// another type.
    public List<String> misfits(ObjectNode intent) {
        return Misfits.of(root, intent);
    }
}
