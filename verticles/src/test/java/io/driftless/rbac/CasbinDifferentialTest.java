package io.driftless.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.aviator.runtime.type.AviatorBoolean;
import com.googlecode.aviator.runtime.type.AviatorObject;
import io.driftless.rbac.Policy.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.casbin.jcasbin.util.function.CustomFunction;
import org.junit.jupiter.api.Test;

/// Generated policies and requests, decided here and by Casbin with Argo CD's model; both must always agree. A few
/// thousand by default, 100,000 with `-Drbac.requests=100000`.
class CasbinDifferentialTest {
    private static final int REQUESTS = Integer.getInteger("rbac.requests", 4_000);
    private static final int PER_POLICY = 20;
    private static final String MODEL = """
            [request_definition]
            r = sub, res, act, obj
            [policy_definition]
            p = sub, res, act, obj, eft
            [role_definition]
            g = _, _
            [policy_effect]
            e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
            [matchers]
            m = g(r.sub, p.sub) && globMatches(r.res, p.res) && globMatches(r.act, p.act) && globMatches(r.obj, p.obj)
            """;
    private static final List<String> SUBJECTS =
            List.of("alice", "bob", "role:a", "role:b", "role:c", "proj:team:ci", "org:ops");
    private static final List<String> RESOURCES = List.of("applications", "logs", "projects", "clusters");
    private static final List<String> ACTIONS = List.of("get", "sync", "delete", "action/apps/Deployment/restart");
    private static final List<String> OBJECTS =
            List.of("team/app", "team/ns/app", "other/app", "https://host", "team", "team/app-2", "*/*");
    private static final List<String> PATTERNS = List.of(
            "*", "*/*", "team/*", "?eam/*", "{team,other}/*", "[a-t]*", "[!a-s]*", "*app*", "**", "act*/*/restart");

    @Test
    void decidesAsCasbinDoes() throws PolicyException {
        long seed = Long.getLong("fuzz.seed", 6);
        System.out.println("fuzz.seed=" + seed + " rbac.requests=" + REQUESTS);
        Random random = new Random(seed);
        int allowed = 0;
        for (int done = 0; done < REQUESTS; done += PER_POLICY) {
            List<List<String>> lines = lines(random);
            Policy ours = PolicyReader.read("generated", text(lines), "");
            Enforcer casbin = casbin(lines);
            for (int i = 0; i < PER_POLICY; i++) {
                String subject = any(random, SUBJECTS);
                Request request = new Request(any(random, RESOURCES), any(random, ACTIONS), any(random, OBJECTS));
                boolean expected = casbin.enforce(subject, request.resource(), request.action(), request.object());
                assertThat(ours.allows(subject, request))
                        .as(() -> subject + ' ' + request + " under\n" + text(lines))
                        .isEqualTo(expected);
                allowed += expected ? 1 : 0;
            }
        }
        assertThat(allowed).isBetween(REQUESTS / 50, REQUESTS * 49 / 50);
    }

    private static List<List<String>> lines(Random random) {
        List<List<String>> lines = new ArrayList<>();
        for (int n = 2 + random.nextInt(8); n > 0; n--) {
            lines.add(List.of(
                    "p",
                    any(random, SUBJECTS),
                    random.nextBoolean() ? any(random, RESOURCES) : "*",
                    random.nextBoolean() ? any(random, ACTIONS) : any(random, PATTERNS),
                    random.nextInt(3) == 0 ? any(random, OBJECTS) : any(random, PATTERNS),
                    random.nextInt(4) == 0 ? "deny" : "allow"));
        }
        for (int n = random.nextInt(6); n > 0; n--) {
            lines.add(List.of("g", any(random, SUBJECTS), any(random, SUBJECTS)));
        }
        return lines;
    }

    private static String text(List<List<String>> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(fields -> text.append(String.join(
                        ", ",
                        fields.stream()
                                .map(f -> f.contains(",") ? '"' + f + '"' : f)
                                .toList()))
                .append('\n'));
        return text.toString();
    }

    private static Enforcer casbin(List<List<String>> lines) {
        Model model = new Model();
        model.loadModelFromText(MODEL);
        Enforcer enforcer = new Enforcer(model);
        enforcer.addFunction("globMatches", new GlobFunction());
        for (List<String> fields : lines) {
            if (fields.getFirst().equals("p")) {
                enforcer.addPolicy(fields.subList(1, 6));
            } else if (!fields.get(1).equals(fields.get(2))) {
                enforcer.addGroupingPolicy(fields.subList(1, 3));
            }
        }
        return enforcer;
    }

    private static String any(Random random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /// A matcher of its own, by trying every way, so that a mistake of the other one shows.
    private static final class GlobFunction extends CustomFunction {
        @Override
        public AviatorObject call(Map<String, Object> env, AviatorObject text, AviatorObject pattern) {
            String value = String.valueOf(text.getValue(env));
            String glob = String.valueOf(pattern.getValue(env));
            return AviatorBoolean.valueOf(matches(value, glob));
        }

        @Override
        public String getName() {
            return "globMatches";
        }

        private static boolean matches(String text, String glob) {
            if (glob.isEmpty()) {
                return text.isEmpty();
            }
            String rest = glob.substring(1);
            return switch (glob.charAt(0)) {
                case '*' -> {
                    for (int i = 0; i <= text.length(); i++) {
                        if (matches(text.substring(i), rest)) {
                            yield true;
                        }
                    }
                    yield false;
                }
                case '?' -> !text.isEmpty() && matches(text.substring(1), rest);
                case '[' -> {
                    int end = glob.indexOf(']');
                    boolean not = glob.charAt(1) == '!';
                    String set = glob.substring(not ? 2 : 1, end);
                    yield !text.isEmpty()
                            && (text.charAt(0) >= set.charAt(0) && text.charAt(0) <= set.charAt(2)) != not
                            && matches(text.substring(1), glob.substring(end + 1));
                }
                case '{' -> {
                    int end = glob.indexOf('}');
                    for (String choice : glob.substring(1, end).split(",")) {
                        if (matches(text, choice + glob.substring(end + 1))) {
                            yield true;
                        }
                    }
                    yield false;
                }
                default -> !text.isEmpty() && text.charAt(0) == glob.charAt(0) && matches(text.substring(1), rest);
            };
        }
    }
}
