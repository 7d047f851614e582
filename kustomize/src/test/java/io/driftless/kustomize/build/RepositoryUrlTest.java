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
            https://dev.azure.com/o/p/_git/repo/dir?ref=v1  | https://dev.azure.com/o/p/_git/repo | dir | v1
            """, delimiter = '|')
    void tellsRepositoryDirectoryAndRef(String raw, String url, String path, String ref) {
        var repository = Objects.requireNonNull(RepositoryUrl.parse(raw));

        assertThat(repository.url()).isEqualTo(url);
        assertThat(repository.path()).isEqualTo(path);
        assertThat(repository.ref()).isEqualTo(ref);
    }

    @ParameterizedTest
    @CsvSource({"../base", "base.yaml", "org/repo", "https://host", "./a//b"})
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
}
