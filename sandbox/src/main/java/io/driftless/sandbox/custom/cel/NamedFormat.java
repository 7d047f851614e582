package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A format by name, which says what is wrong with a text.
record NamedFormat(String name, Check check) implements Values.Foreign {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String OLD_LABEL = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String PART = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String ENDS = ", and must start and end with an alphanumeric character (e.g. ";
    private static final String NOT_SUBDOMAIN =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'" + ENDS
                    + "'example.com', regex used for validation is '" + SUBDOMAIN + "')";
    private static final String NOT_PART = "must consist of alphanumeric characters, '-', '_' or '.'" + ENDS
            + "'MyName',  or 'my.name',  or '123-abc', regex used for validation is '" + PART + "')";
    private static final Shape DNS_LABEL = new Shape(
            63,
            LABEL,
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'" + ENDS
                    + "'my-name',  or '123-abc', regex used for validation is '" + LABEL + "')");
    private static final Shape DNS_SUBDOMAIN = new Shape(253, SUBDOMAIN, NOT_SUBDOMAIN);
    private static final Shape DNS_1035 = new Shape(
            63,
            OLD_LABEL,
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
                    + " validation is '" + OLD_LABEL + "')");
    private static final Shape VALUE = new Shape(
            63,
            "(" + PART + ")?",
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'" + ENDS
                    + "'MyValue',  or 'my_value',  or '12345', regex used for validation is '(" + PART + ")?')");
    private static final Shape KEY = new Shape(63, PART, "name part " + NOT_PART);

    /// By the names that expressions have for them.
    static final Map<String, NamedFormat> ALL = Map.ofEntries(
            entry("dns1123Label", "DNS1123Label", DNS_LABEL::wrong),
            entry("dns1123Subdomain", "DNS1123Subdomain", DNS_SUBDOMAIN::wrong),
            entry("dns1035Label", "DNS1035Label", DNS_1035::wrong),
            entry("qualifiedName", "QualifiedName", NamedFormat::qualified),
            entry("dns1123LabelPrefix", "DNS1123LabelPrefix", text -> DNS_LABEL.wrong(begun(text))),
            entry("dns1123SubdomainPrefix", "DNS1123SubdomainPrefix", text -> DNS_SUBDOMAIN.wrong(begun(text))),
            entry("dns1035LabelPrefix", "DNS1035LabelPrefix", text -> DNS_1035.wrong(begun(text))),
            entry("labelValue", "LabelValue", VALUE::wrong),
            entry("uri", "URI", NamedFormat::uri),
            entry(
                    "uuid",
                    "uuid",
                    text -> StringFormats.isUuid(text) ? List.of() : List.of("does not match the UUID format")),
            entry("byte", "byte", text -> StringFormats.isBase64(text) ? List.of() : List.of("invalid base64")),
            entry("date", "date", text -> StringFormats.isDate(text) ? List.of() : List.of("invalid date")),
            entry(
                    "datetime",
                    "datetime",
                    text -> StringFormats.isDateTime(text) ? List.of() : List.of("invalid datetime")));

    /// Says all that is wrong with a text.
    interface Check {
        List<String> wrong(String text);
    }

    private record Shape(int longest, Pattern pattern, String told) {
        Shape(int longest, String pattern, String told) {
            this(longest, Pattern.compile(pattern), told);
        }

        List<String> wrong(String text) {
            List<String> out = new ArrayList<>();
            if (text.length() > longest) {
                out.add("must be no more than " + longest + " characters");
            }
            if (!pattern.matcher(text.substring(0, Math.min(text.length(), 1_000)))
                    .matches()) {
                out.add(told);
            }
            return out;
        }
    }

    private static Map.Entry<String, NamedFormat> entry(String name, String title, Check check) {
        return Map.entry(name, new NamedFormat(title, check));
    }

    /// What is added to the beginning of a name ends it well.
    private static String begun(String text) {
        return text.length() > 1 && text.endsWith("-") ? text.substring(0, text.length() - 2) + "a" : text;
    }

    private static List<String> uri(String text) {
        try {
            var _ = UrlReader.strict(text);
            return List.of();
        } catch (CelException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> qualified(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2) {
            return List.of("a valid label key " + NOT_PART
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        List<String> out = new ArrayList<>();
        if (parts.length == 2 && parts[0].isEmpty()) {
            out.add("prefix part must be non-empty");
        } else if (parts.length == 2) {
            DNS_SUBDOMAIN.wrong(parts[0]).forEach(why -> out.add("prefix part " + why));
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            out.add("name part must be non-empty");
        } else if (name.length() > 63) {
            out.add("name part must be no more than 63 characters");
        }
        if (!KEY.pattern()
                .matcher(name.substring(0, Math.min(name.length(), 1_000)))
                .matches()) {
            out.add(KEY.told());
        }
        return out;
    }

    @Override
    public String type() {
        return "kubernetes.NamedFormat";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedFormat that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
