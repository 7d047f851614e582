package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.project.Project;
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

    private static Optional<String> warning(String json) throws Exception {
        JsonNode object = new ObjectMapper().readTree(json.replace('\'', '"'));
        return OpenProjects.warning(object, new Project(object, List.of()), "argocd");
    }
}
