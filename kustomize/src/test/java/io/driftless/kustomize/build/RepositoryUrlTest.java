package io.driftless.kustomize.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.kustomize.KustomizeException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryUrlTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            https://host/org/repo//dir/sub?ref=v1           | https://host/org/repo         | dir/sub | v1
            https://host/org/repo/dir?version=v1            | https://host/org/repo         | dir     | v1
            https://host/org/repo/dir?version=v1&ref=v2     | https://host/org/repo         | dir     | v2
            https://host/org/repo/dir?version=v1&ref=       | https://host/org/repo         | dir     | v1
            https://host/org/repo//dir?ref=feature%2Fx      | https://host/org/repo         | dir     | feature/x
            https://host/org/repo//dir?ref=50%              | https://host/org/repo         | dir     | 50%
            https://host/org/repo.git/dir                   | https://host/org/repo.git     | dir     | ''
            github.com/org/repo/dir?ref=main                | https://github.com/org/repo   | dir     | main
            git::https://host/org/repo//dir                 | https://host/org/repo         | dir     | ''
            git@host:org/repo//dir?ref=v1                   | git@host:org/repo             | dir     | v1
            GIT@host.example/org/repo/dir                   | GIT@host.example/org/repo     | dir     | ''
            git@github.com:org/repo.git//dir                | git@github.com:org/repo.git   | dir     | ''
            ssh://git@GitHub.com/org/repo//dir              | git@github.com:org/repo       | dir     | ''
            https://git@github.com/org/repo//dir            | git@github.com:org/repo       | dir     | ''
            http://github.com/org/repo                      | https://github.com/org/repo   | ''      | ''
            github.com:org/repo                             | https://github.com/org/repo   | ''      | ''
            HTTPS://u:p@Host/org/repo//dir                  | https://u:p@Host/org/repo     | dir     | ''
            ssh://git@host:2222/org/repo//dir               | ssh://git@host:2222/org/repo  | dir     | ''
            file:///srv/git/repo//dir?ref=v1                | file:///srv/git/repo          | dir     | v1
            file:///srv/git@home/repo.git/dir               | file:///srv/git@home/repo.git | dir     | ''
            https://dev.azure.com/o/p/_git/repo/dir?ref=v1  | https://dev.azure.com/o/p/_git/repo | dir | v1
            """, delimiter = '|')
    void tellsRepositoryDirectoryAndRef(String raw, String url, String path, String ref) {
        var repository = Objects.requireNonNull(RepositoryUrl.parse(raw));

        assertThat(repository.url()).isEqualTo(url);
        assertThat(repository.path()).isEqualTo(path);
        assertThat(repository.ref()).isEqualTo(ref);
    }

    @ParameterizedTest
    @CsvSource({"../base", "base.yaml", "org/repo", "https://host", "./a//b", "git://host/org/repo", "/org/repo//dir"})
    void takesPathsForPaths(String raw) {
        assertThat(RepositoryUrl.parse(raw)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"https://host/org/repo//../x", "https://host/org/repo//a/../../x?ref=v1"})
    void staysInsideOfTheRepository(String raw) {
        assertThatThrownBy(() -> RepositoryUrl.parse(raw))
                .isInstanceOf(KustomizeException.class)
                .hasMessageContaining("url path exits repo")
                .hasMessageContaining(raw);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 27000, true",
        "timeout=61, 61000, true",
        "timeout=1m30s&ref=v1, 90000, true",
        "timeout=1.5h, 5400000, true",
        "timeout=250ms, 250, true",
        "timeout=0, 27000, true",
        "timeout=soon&submodules=false, 27000, false",
        "submodules=no, 27000, true",
    })
    void tellsHowToFetch(String query, long millis, boolean submodules) {
        var repository = Objects.requireNonNull(RepositoryUrl.parse("https://host/org/repo//dir?" + query));

        assertThat(repository.timeout()).hasMillis(millis);
        assertThat(repository.submodules()).isEqualTo(submodules);
    }
}
