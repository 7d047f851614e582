package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What names, labels and the like may look like, with what the real server says of others.
public final class Names {
    private static final String SUBDOMAIN_TEXT = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    private static final String LABEL_TEXT = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern SUBDOMAIN = Pattern.compile(SUBDOMAIN_TEXT);
    private static final Pattern LABEL = Pattern.compile(LABEL_TEXT);
    private static final Pattern PART = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final String ENDS = ", and must start and end with an alphanumeric character (e.g. ";
    static final String NOT_SUBDOMAIN =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'" + ENDS
                    + "'example.com', regex used for validation is '" + SUBDOMAIN_TEXT + "')";
    static final String NOT_LABEL =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'" + ENDS
                    + "'my-name',  or '123-abc', regex used for validation is '" + LABEL_TEXT + "')";
    private static final String NOT_PART = " must consist of alphanumeric characters, '-', '_' or '.'" + ENDS;
    private static final int LONGEST_PART = 63;
    private static final int LONGEST_NAME = 253;
    /// Groups whose names may be whatever a path can hold.
    private static final Set<String> SEGMENTS =
            Set.of("rbac.authorization.k8s.io", "apiregistration.k8s.io", "certificates.k8s.io");

    private Names() {}

    /// The name of an object, or the beginning of names that are made (`generated`).
    static void name(ResourceType type, String field, String name, boolean generated, List<Violation> out) {
        // What is added to the beginning of a name ends it well.
        String whole = generated && name.endsWith("-") ? name.substring(0, name.length() - 1) + "a" : name;
        if (SEGMENTS.contains(type.group()) || MetadataRules.isLookedAtLast(type)) {
            if (name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
                String why = name.startsWith(".") ? "may not be '" + name + "'" : "may not contain '/'";
                out.add(invalid(field, name, name.contains("%") ? "may not contain '%'" : why));
            }
            return;
        }
        if (type.id().equals("ipaddresses.networking.k8s.io")) {
            AddressText.check(Part.at(field, TextNode.valueOf(name), out));
            return;
        }
        boolean label = type.id().equals("namespaces") || type.id().equals("services");
        if (label && name.contains(".")) {
            out.add(invalid(field, name, "must not contain dots"));
            return;
        }
        label |= type.id().equals("statefulsets.apps");
        int limit = label ? LONGEST_PART : LONGEST_NAME;
        if (whole.length() > limit) {
            out.add(invalid(field, name, "must be no more than " + limit + " characters"));
        }
        if (!(label ? LABEL : SUBDOMAIN).matcher(whole).matches()) {
            out.add(invalid(field, name, label ? NOT_LABEL : NOT_SUBDOMAIN));
        }
    }

    static boolean subdomain(String text) {
        return SUBDOMAIN.matcher(text).matches();
    }

    static boolean label(String text) {
        return LABEL.matcher(text).matches();
    }

    /// A key of labels or annotations: a name, with the domain of somebody before it if need be.
    static void key(String field, String key, List<Violation> out) {
        int slash = key.indexOf('/');
        String part = key.substring(slash + 1);
        if (part.contains("/")) {
            out.add(invalid(
                    field,
                    key,
                    "a qualified name" + NOT_PART
                            + "'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                            + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/'"
                            + " (e.g. 'example.com/MyName')"));
            return;
        }
        if (slash == 0) {
            out.add(invalid(field, key, "prefix part must be non-empty"));
        } else if (slash > LONGEST_NAME) {
            out.add(invalid(field, key, "prefix part must be no more than 253 bytes"));
        } else if (slash > 0 && !SUBDOMAIN.matcher(key.substring(0, slash)).matches()) {
            out.add(invalid(field, key, "prefix part " + NOT_SUBDOMAIN));
        }
        if (part.isEmpty()) {
            out.add(invalid(field, key, "name part must be non-empty"));
        } else if (part.length() > LONGEST_PART) {
            out.add(invalid(field, key, "name part must be no more than 63 bytes"));
        }
        if (!PART.matcher(part).matches()) {
            out.add(invalid(
                    field,
                    key,
                    "name part" + NOT_PART + "'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                            + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"));
        }
    }

    /// The value of a label.
    static void value(String field, String value, List<Violation> out) {
        if (value.length() > LONGEST_PART) {
            out.add(invalid(field, value, "must be no more than 63 bytes"));
        }
        if (!value.isEmpty() && !PART.matcher(value).matches()) {
            out.add(invalid(
                    field,
                    value,
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'"
                            + ENDS
                            + "'MyValue',  or 'my_value',  or '12345', regex used for validation is"
                            + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"));
        }
    }

    /// A text that cannot be the value of a field.
    public static Violation invalid(String field, String value, String why) {
        return Violation.invalid(field, Json.quoted(value), why);
    }
}
