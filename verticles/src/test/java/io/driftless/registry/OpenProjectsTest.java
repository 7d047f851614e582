package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.project.Project;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLines;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenProjectsTest {
    private static final String OPEN = "'spec':{'sourceRepos':['*'],'destinations':[{'server':'*','namespace':'*'}]}";

    @Test
    void p01AProjectThatLetsAnybodyBecomeAdministratorIsNamedWithTheRemedies() throws Exception {
        assertThat(warning("{'metadata':{'name':'team'}," + OPEN + "}").orElseThrow())
                .startsWith("AppProject team lets Applications from any repository write everything in argocd")
                .contains("spec.sourceRepos", "'!argocd'", "driftless.io/open-project: \"true\"");
    }

    @Test
    void p01ConsentEndsTheWarningAndTheProjectDefaultIsNotSpokenOf() throws Exception {
        assertThat(warning(
                        "{'metadata':{'name':'team','annotations':{'driftless.io/open-project':'true'}}," + OPEN + "}"))
                .isEmpty();
        assertThat(warning("{'metadata':{'name':'default'}," + OPEN + "}")).isEmpty();
        assertThat(warning("{'metadata':{'name':'closed'},'spec':{}}")).isEmpty();
    }

    @Test
    void p01OperatorsAreToldOnceUntilItIsMended() throws Exception {
        OpenProjects projects = new OpenProjects("argocd");
        try (SecurityLines heard = new SecurityLines()) {
            for (String metadata : List.of(
                    "'name':'loud'",
                    "'name':'loud'",
                    "'name':'loud','annotations':{'driftless.io/open-project':'true'}",
                    "'name':'loud'")) {
                projects.look(project("{'metadata':{" + metadata + "}," + OPEN + "}"));
            }

            assertThat(heard.of(SecurityEvent.PROJECT_OPEN))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("security=4 CWE=269 ")
                            .contains("project=\"loud\"", "AppProject loud", "driftless.io/open-project"));
        }
    }

    private static Optional<String> warning(String json) throws Exception {
        return project(json).openness("argocd");
    }

    private static Project project(String json) throws Exception {
        JsonNode object = new ObjectMapper().readTree(json.replace('\'', '"'));
        return new Project(object, List.of());
    }
}
