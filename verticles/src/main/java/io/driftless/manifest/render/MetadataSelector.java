package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A selector over labels or annotations in Kubernetes' grammar: `a=b,c!=d,e in (x,y),f notin (z),g,!h`.
final class MetadataSelector {
    private static final Pattern TERM = Pattern.compile(
            "\\s*(!?)\\s*([A-Za-z0-9_./-]+)\\s*(?:(==|=|!=)\\s*([A-Za-z0-9_.-]*)|\\s(in|notin)\\s*\\(([^()]*)\\))?\\s*");

    private record Term(String key, boolean wanted, Optional<Set<String>> values) {
        /// As in Kubernetes, an object without the key satisfies `!=` and `notin`.
        boolean matches(JsonNode map) {
            JsonNode value = map.path(key);
            boolean found = !value.isMissingNode()
                    && values.map(set -> set.contains(value.asText())).orElse(true);
            return found == wanted;
        }
    }

    private final List<Term> terms;

    private MetadataSelector(List<Term> terms) {
        this.terms = terms;
    }

    /// Nothing if the text is malformed; an empty text selects everything.
    static Optional<MetadataSelector> parse(String text) {
        List<Term> terms = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",(?![^(]*\\))", -1)) {
            Matcher matcher = TERM.matcher(part);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            terms.add(term(matcher));
        }
        return Optional.of(new MetadataSelector(terms));
    }

    private static Term term(Matcher matcher) {
        String key = matcher.group(2);
        String operator = matcher.group(3) != null ? matcher.group(3) : matcher.group(5);
        if (operator == null) {
            return new Term(key, matcher.group(1).isEmpty(), Optional.empty());
        }
        Set<String> values = matcher.group(3) != null
                ? Set.of(matcher.group(4))
                : Arrays.stream(matcher.group(6).split(",")).map(String::strip).collect(Collectors.toSet());
        return new Term(key, !operator.equals("!=") && !operator.equals("notin"), Optional.of(values));
    }

    boolean matches(JsonNode map) {
        return terms.stream().allMatch(term -> term.matches(map));
    }
}
