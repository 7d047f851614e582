package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.project.GlobalProjects;
import io.driftless.project.NamespacePatterns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectPermitsTest {
    private static final String OWN = "https://kubernetes.default.svc";
    private final ProjectCache projects = new ProjectCache();
    private final ProjectPermits permits = new ProjectPermits(
            projects,
            List::of,
            () -> GlobalProjects.NONE,
            new ProjectPermits.Homes("argocd", NamespacePatterns.parse("team-*")));

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "* https://git.example/a/b.git true",
                "https://git.example/team/* https://git.example/team/a.git true",
                "https://git.example/team/* https://git.example/team/a/b false",
                "https://git.example/team/** https://git.example/team/a/b true",
                "https://git.example/team/* git@git.example:team/a true",
                "https://git.example/* https://evil.example/git.example/a false",
                "!https://git.example/secret https://git.example/secret.git false",
                "!https://git.example/secret https://git.example/other true",
                "*,!https://git.example/secret https://git.example/SECRET false"
            })
    void sourcesArePermittedByGlobsAndForbiddenByThoseWithAMark(String patterns, String url, boolean expected) {
        project(patterns, "*/*");
        check(application(url, OWN, "web"), expected, "is not permitted in project 'team'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "*/* web true",
                "https://kubernetes.default.svc/team-* team-a true",
                "https://kubernetes.default.svc/team-* web false",
                "in-cluster/web web true",
                "*/*;*/!kube-system kube-system false",
                "*/*;*/!kube-system web true",
                "*/*;!https://kubernetes.default.svc/* web false",
                "https://other/* web false"
            })
    void destinationsAreMatchedByServerOrNameAndNamespace(String destinations, String namespace, boolean expected) {
        project("*", destinations);
        check(application("https://git.example/a", OWN, namespace), expected, "do not match any of the allowed");
    }

    @Test
    void aProjectMustExistButTheDefaultOneNeedNot() {
        check(application("https://git.example/a", OWN, "web"), false, "references project team which does not exist");
        String usual =
                application("https://git.example/a", OWN, "web").toString().replace("\"team\"", "\"\"");
        check(read(usual), true, "");
    }

    private void check(JsonNode application, boolean expected, String message) {
        if (expected) {
            assertThatCode(() -> permits.check(application)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> permits.check(application)).hasMessageContaining(message);
        }
    }

    private void project(String sources, String destinations) {
        StringBuilder entries = new StringBuilder();
        for (String destination : destinations.split(";")) {
            int slash = destination.lastIndexOf('/');
            String place = destination.substring(0, slash);
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{\"")
                    .append(place.equals("in-cluster") ? "name" : "server")
                    .append("\":\"")
                    .append(place)
                    .append("\",\"namespace\":\"")
                    .append(destination.substring(slash + 1))
                    .append("\"}");
        }
        projects.see(read("{\"metadata\":{\"name\":\"team\"},\"spec\":{\"sourceRepos\":[\""
                + sources.replace(",", "\",\"") + "\"],\"destinations\":[" + entries + "]}}"));
    }

    private static JsonNode application(String url, String server, String namespace) {
        return read("{\"metadata\":{\"name\":\"app\"},\"spec\":{\"project\":\"team\",\"source\":{\"repoURL\":\"" + url
                + "\"},\"destination\":{\"server\":\"" + server + "\",\"namespace\":\"" + namespace + "\"}}}");
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
