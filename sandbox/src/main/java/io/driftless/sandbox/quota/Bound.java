package io.driftless.sandbox.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Set;

/// What is bounded: requests and limits of a container, a pod or a claim, and what is said where they are out of
/// bounds.
record Bound(String sort, Amounts requests, Amounts limits) {
    /// Holds both against one entry of a LimitRange.
    void add(JsonNode limit, Set<String> out) {
        Amounts min = Amounts.of(limit.path("min"));
        min.names().forEach(name -> atLeast(name, min.orNothing(name), out));
        Amounts max = Amounts.of(limit.path("max"));
        max.names().forEach(name -> atMost(name, max.orNothing(name), out));
        Amounts ratios = Amounts.of(limit.path("maxLimitRequestRatio"));
        ratios.names().forEach(name -> ratio(name, ratios.orNothing(name), out));
    }

    private String bounded(String which, String name, Amount bound) {
        return which + " " + name + " usage per " + sort + " is " + bound.text();
    }

    void atLeast(String name, Amount least, Set<String> out) {
        String begin = bounded("minimum", name, least);
        Amount request = requests.get(name);
        Amount limit = limits.get(name);
        if (request == null) {
            out.add(begin + ".  No request is specified");
        } else if (request.compareTo(least) < 0) {
            out.add(begin + ", but request is " + request.text());
        } else if (limit != null && limit.compareTo(least) < 0) {
            out.add(begin + ", but limit is " + limit.text());
        }
    }

    private void atMost(String name, Amount most, Set<String> out) {
        String begin = bounded("maximum", name, most);
        Amount limit = limits.get(name);
        Amount request = requests.get(name);
        if (limit == null) {
            out.add(begin + ".  No limit is specified");
        } else if (limit.compareTo(most) > 0) {
            out.add(begin + ", but limit is " + limit.text());
        } else if (request != null && request.compareTo(most) > 0) {
            out.add(begin + ", but request is " + request.text());
        }
    }

    void requestAtMost(String name, Amount most, Set<String> out) {
        Amount request = requests.get(name);
        if (request == null || request.compareTo(most) > 0) {
            out.add(bounded("maximum", name, most)
                    + (request == null ? ". No request is specified" : ", but request is " + request.text()));
        }
    }

    private void ratio(String name, Amount most, Set<String> out) {
        String begin = name + " max limit to request ratio per " + sort + " is " + most.text() + ", but ";
        Amount request = requests.get(name);
        Amount limit = limits.get(name);
        if (request == null || request.isNothing()) {
            out.add(begin + "no request is specified or request is 0");
        } else if (limit == null || limit.isNothing()) {
            out.add(begin + "no limit is specified or limit is 0");
        } else {
            BigDecimal ratio = limit.number().divide(request.number(), MathContext.DECIMAL64);
            if (ratio.compareTo(most.number()) > 0) {
                out.add(begin + String.format(Locale.ROOT, "provided ratio is %f", ratio));
            }
        }
    }
}
