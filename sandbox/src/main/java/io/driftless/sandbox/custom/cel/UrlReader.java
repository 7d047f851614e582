package io.driftless.sandbox.custom.cel;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads URLs, and says what is wrong with what is none.
final class UrlReader {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");
    private static final String FAILED = "URL parse error during conversion from string: ";
    private static final String IN_HOSTS = "-_.~!$&'()*+,;=:[]<>\"%";

    private UrlReader() {}

    /// @throws CelException where it is none
    static Url read(String text) {
        try {
            return strict(text);
        } catch (CelException e) {
            throw new CelException(FAILED + e.getMessage());
        }
    }

    /// What is wrong with a text as a URL is told as the reader of the real server tells it.
    static Url strict(String text) {
        try {
            return parts(text);
        } catch (CelException e) {
            throw new CelException("parse " + TextFormat.quoted(text) + ": " + e.getMessage());
        }
    }

    private static Url parts(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new CelException("net/url: invalid control character in URL");
        } else if (text.isEmpty()) {
            throw new CelException("empty url");
        } else if (text.startsWith(":")) {
            throw new CelException("missing protocol scheme");
        } else if (text.equals("*")) {
            return new Url("", "", "*", "", text);
        }
        Matcher named = SCHEME.matcher(text);
        String scheme = named.lookingAt() ? named.group(1).toLowerCase(Locale.ROOT) : "";
        String whole = scheme.isEmpty() ? text : text.substring(named.end());
        // A fragment counts to the path or the query when a URL is checked, and to neither when it is read.
        int mark = whole.indexOf('?');
        String rest = mark < 0 ? whole : whole.substring(0, mark);
        if (!rest.startsWith("/")) {
            if (scheme.isEmpty()) {
                throw new CelException("invalid URI for request");
            }
            return new Url(scheme, "", "", query(whole), text);
        }
        String host = "";
        if (!scheme.isEmpty() && rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            rest = slash < 0 ? "" : rest.substring(slash);
            host = host(scheme, authority);
        }
        escapes(rest);
        return new Url(scheme, host, rest.replaceFirst("#.*", ""), query(whole), text);
    }

    private static String query(String text) {
        String plain = text.replaceFirst("#.*", "");
        int mark = plain.indexOf('?');
        return mark < 0 ? "" : plain.substring(mark + 1);
    }

    private static void escapes(String text) {
        String wrong = Url.Escaped.wrong(text);
        if (!wrong.isEmpty()) {
            throw new CelException("invalid URL escape " + TextFormat.quoted(wrong));
        }
    }

    private static String host(String scheme, String authority) {
        int at = authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        if (host.startsWith("[")) {
            bracketed(host);
        } else if (host.contains("[")) {
            throw new CelException("invalid IP-literal");
        } else if (host.contains(":")) {
            boolean strict = scheme.equals("http") || scheme.equals("https");
            port(host.substring(strict ? host.indexOf(':') : host.lastIndexOf(':')));
        }
        characters(host);
        if (at >= 0 && !authority.substring(0, at).matches("[A-Za-z0-9._:~!$&'()*+,;=%@-]*")) {
            throw new CelException("net/url: invalid userinfo");
        }
        return host;
    }

    private static void bracketed(String host) {
        int end = host.lastIndexOf(']');
        if (end < 0) {
            throw new CelException("missing ']' in host");
        }
        port(host.substring(end + 1));
        try {
            if (AddressReader.read(host.substring(1, end).replace("%25", "%")).bits() == 32) {
                throw new CelException("");
            }
        } catch (CelException e) {
            String why = String.valueOf(e.getMessage());
            throw new CelException(why.isEmpty() ? "invalid IP-literal" : "invalid host: " + why);
        }
    }

    private static void port(String port) {
        if (!port.matches("(:[0-9]*)?")) {
            throw new CelException("invalid port " + TextFormat.quoted(port) + " after host");
        }
    }

    private static void characters(String host) {
        for (char c : host.toCharArray()) {
            if (c < 128 && !Character.isLetterOrDigit(c) && IN_HOSTS.indexOf(c) < 0) {
                throw new CelException("invalid character " + TextFormat.quoted(String.valueOf(c)) + " in host name");
            }
        }
        if (!host.startsWith("[")) {
            escapes(host);
        }
    }
}
