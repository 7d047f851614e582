package io.driftless.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.api.MemoryCluster;
import org.junit.jupiter.api.Test;

class RepositoryLoginsTest {
    private static final String URL = "https://git.example.com/team/app";
    private final MemoryCluster cluster = new MemoryCluster();

    @Test
    void c08AProjectUsesItsOwnThenThoseOfAllAndNeverThoseOfAnother() throws Exception {
        secret("b", "repository", URL, "blue", "b");
        secret("a", "repository", URL, "amber", "a");
        assertThat(password("blue")).isEqualTo("b");
        assertThat(password("amber")).isEqualTo("a");
        assertThat(logins().owner(URL, "green")).isEmpty();
        assertThat(logins().of(URL, "green")).isEmpty();
        assertThat(logins().owner(URL, "")).isEmpty();

        secret("z", "repository", URL, "", "z");
        assertThat(password("green")).isEqualTo("z");
        assertThat(logins().owner(URL, "green")).isEqualTo(RepositoryLogins.ALL);
        assertThat(password("blue")).isEqualTo("b");
        assertThat(password("")).isEqualTo("z");
    }

    @Test
    void c08ATemplateOfAProjectIsItsOwnTooAndARepositoryThatNeedsNothingOpensNothing() throws Exception {
        secret("open", "repository", "https://git.example.com/open", "blue", "");
        assertThat(logins().owner("https://git.example.com/open", "blue")).isEmpty();
        secret("t", "repo-creds", "https://git.example.com/team", "blue", "t");
        assertThat(password("blue")).isEqualTo("t");
        assertThat(logins().owner(URL, "amber")).isEmpty();
        assertThat(logins().owner("https://git.example.com/team-2/app", "blue")).isEmpty();

        secret("z", "repository", URL, "", "z");
        assertThat(password("blue"))
                .as("its own template comes before what is for all")
                .isEqualTo("t");
        assertThat(password("amber")).isEqualTo("z");
        secret("own", "repository", URL, "blue", "own");
        assertThat(password("blue")).isEqualTo("own");
    }

    private String password(String project) {
        return logins().of(URL, project).orElseThrow().password();
    }

    private RepositoryLogins logins() {
        return new RepositoryLogins(new LabelledSecrets(cluster, "argocd"));
    }

    private void secret(String name, String type, String url, String project, String password) throws Exception {
        cluster.create(
                new ObjectMapper()
                        .readTree(("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'" + name
                                        + "','namespace':'argocd','labels':{'argocd.argoproj.io/secret-type':'" + type
                                        + "'}},'data':{'url':'" + text(url) + "','project':'" + text(project)
                                        + "','password':'" + text(password) + "'}}")
                                .replace('\'', '"')),
                "test",
                false);
    }

    private static String text(String value) {
        return java.util.Base64.getEncoder().encodeToString(value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
