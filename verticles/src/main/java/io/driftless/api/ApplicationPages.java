package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Parts of a list: `limit` says how many Applications at most, `sort` in which order, `continue`
/// after which one. A page goes on behind the last Application of the page before, whatever has
/// changed meanwhile: none that stays where it is comes twice or is left out.
final class ApplicationPages {
    private static final long LARGEST = 10_000;
    private static final int LONGEST_TOKEN = 4_096;
    private static final Map<String, Function<HeldApplication, String>> ORDERS = new TreeMap<>(Map.of(
            "name", application -> application.name().name(),
            "namespace", application -> application.name().namespace(),
            "project", application -> application.facts().project(),
            "sync", application -> application.facts().status().sync(),
            "health", application -> application.facts().status().health(),
            "created", application -> application.facts().created()));

    private final String sort;
    private final long limit;
    private final String token;

    /// @param more where the next page begins; empty at the end
    record Page(List<HeldApplication> items, String more) {}

    /// Where an Application stands in an order.
    private record Place(String value, String key) {}

    private ApplicationPages(String sort, long limit, String token) {
        this.sort = sort;
        this.limit = limit;
        this.token = token;
    }

    /// Reads the parameters; fails with [HttpFailure] 400 naming the one that is wrong.
    static ApplicationPages of(JsonNode request) {
        long limit = request.path("limit").asLong(0);
        if (limit < 0 || limit > LARGEST) {
            throw HttpFailure.invalid("parameter limit must be between 1 and " + LARGEST + ", or 0 for all");
        }
        String sort = request.path("sort").asText("");
        if (!sort.isEmpty() && !ORDERS.containsKey(plain(sort))) {
            throw HttpFailure.invalid("parameter sort must be one of " + String.join(", ", ORDERS.keySet())
                    + ", with - in front for the reverse order");
        }
        String token = request.path("continue").asText("");
        if (token.length() > LONGEST_TOKEN) {
            throw wrongToken();
        }
        return new ApplicationPages(sort, limit, token);
    }

    private static String plain(String sort) {
        return sort.startsWith("-") ? sort.substring(1) : sort;
    }

    /// @param candidates by their keys
    Page page(SortedMap<String, HeldApplication> candidates, Predicate<HeldApplication> wanted) {
        Stream<HeldApplication> found;
        if (sort.isEmpty()) {
            SortedMap<String, HeldApplication> rest =
                    token.isEmpty() ? candidates : candidates.tailMap(place().key() + '\0');
            found = rest.values().stream().filter(wanted);
        } else {
            Comparator<Place> order = order();
            Comparator<HeldApplication> byPlace = Comparator.comparing(this::placeOf, order);
            found = candidates.values().stream().filter(wanted);
            if (!token.isEmpty()) {
                Place last = place();
                found = found.filter(application -> order.compare(placeOf(application), last) > 0);
            }
            found = found.sorted(byPlace);
        }
        if (limit == 0) {
            return new Page(found.toList(), "");
        }
        List<HeldApplication> items = new ArrayList<>(found.limit(limit + 1).toList());
        boolean more = items.size() > limit;
        if (more) {
            items.removeLast();
        }
        return new Page(items, more ? token(items.getLast()) : "");
    }

    private Comparator<Place> order() {
        Comparator<Place> order = Comparator.comparing(Place::value).thenComparing(Place::key);
        return sort.startsWith("-") ? order.reversed() : order;
    }

    private Place placeOf(HeldApplication application) {
        Function<HeldApplication, String> value = ORDERS.getOrDefault(plain(sort), held -> "");
        return new Place(value.apply(application), application.key());
    }

    private String token(HeldApplication last) {
        String text = sort + '\n' + placeOf(last).value() + '\n' + last.key();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private Place place() {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), UTF_8).split("\n", 3);
            if (parts.length == 3 && parts[0].equals(sort)) {
                return new Place(parts[1], parts[2]);
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below.
        }
        throw wrongToken();
    }

    private static HttpFailure wrongToken() {
        return HttpFailure.invalid("parameter continue is not one that a list with the same sort gave");
    }
}
