package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What a server says is wrong with an object: each as `FIELD: MESSAGE`, told once, in the order of the server.
final class Causes {
    static final String NOT_LABEL =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                    + " and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                    + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    static final String NOT_SUBDOMAIN =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start"
                    + " and end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private Causes() {}

    static List<String> of(Answer answer) {
        answer.refused(422, "Invalid");
        List<String> causes = new ArrayList<>();
        answer.at("/details/causes")
                .forEach(cause -> causes.add(cause.path("field").asText() + ": "
                        + cause.path("message").asText()));
        return List.copyOf(new LinkedHashSet<>(causes));
    }

    /// Asserts that an object is refused for these reasons and no other, without being made.
    ///
    /// @param prefix what all fields begin with
    static void refused(Answer answer, String prefix, String... causes) {
        assertThat(of(answer))
                .as(answer.request())
                .containsExactly(
                        List.of(causes).stream().map(cause -> prefix + cause).toArray(String[]::new));
    }
}
