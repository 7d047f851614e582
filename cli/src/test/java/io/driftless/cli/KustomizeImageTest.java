package io.driftless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KustomizeImageTest {
    @ParameterizedTest
    @CsvSource({
        "nginx,nginx",
        "nginx:1.2,nginx",
        "nginx@sha256:12,nginx",
        "registry:5000/web,registry:5000/web",
        "registry:5000/web:2@sha256:12,registry:5000/web",
        "nginx=registry:5000/other:1,nginx"
    })
    void theNameIsThatOfTheImageThatIsReplaced(String image, String name) {
        assertThat(KustomizeImage.name(image)).isEqualTo(name);
    }
}
