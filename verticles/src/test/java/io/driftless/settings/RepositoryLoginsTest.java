package io.driftless.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.api.MemoryCluster;
import org.junit.jupiter.api.Test;

class RepositoryLoginsTest {
    private static final String URL = "https://git.example.com/team/app";
    private final MemoryCluster cluster = new MemoryCluster();

    @Test
    void c08WhatOpensARepositoryForOneProjectIsItsOwn() throws Exception {
        secret("b", "repository", URL, "blue", "b");
        assertThat(logins().owner(URL)).isEqualTo("blue");
        secret("a", "repository", URL, "amber", "a");
        assertThat(logins().owner(URL)).isEqualTo("amber");
        assertThat(logins().of(URL).orElseThrow().password()).isEqualTo("a");
        secret("z", "repository", URL, "", "z");
        assertThat(logins().owner(URL)).isEmpty();
        assertThat(logins().of(URL).orElseThrow().password()).isEqualTo("z");
    }

    @Test
    void c08ATemplateOfAProjectIsItsOwnTooAndARepositoryThatNeedsNothingIsForAll() throws Exception {
        secret("open", "repository", "https://git.example.com/open", "blue", "");
        assertThat(logins().owner("https://git.example.com/open")).isEmpty();
        secret("t", "repo-creds", "https://git.example.com/team", "blue", "t");
        assertThat(logins().owner(URL)).isEqualTo("blue");
        assertThat(logins().owner("https://git.example.com/team-2/app")).isEmpty();
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
