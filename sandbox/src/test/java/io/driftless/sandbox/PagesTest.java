package io.driftless.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.sandbox.Pages.Page;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.Store.Snapshot;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final Store store = new Store(100);
    private final Pages pages = new Pages();

    private void put(String name) {
        Author author = new Author("test", "create", "test");
        assertThat(store.put(new Key("nodes", "", name), null, Json.object(), null, author))
                .isNotNull();
    }

    private Snapshot now() {
        return store.snapshot("nodes", "");
    }

    @Test
    void piecesComeFromTheMomentOfTheFirst() {
        List.of("a", "b", "c", "d", "e").forEach(this::put);
        Page first = pages.page(2, null, this::now);
        put("bb");
        List<String> seen = new ArrayList<>();
        Page page = first;
        while (true) {
            page.objects().forEach(o -> seen.add(o.key().name()));
            if (page.token().isEmpty()) {
                break;
            }
            page = pages.page(2, page.token(), this::now);
        }
        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
        assertThat(page.version()).isEqualTo(first.version());
        assertThat(first.remaining()).isEqualTo(3);
    }

    @Test
    void aForgottenMomentIsTold410AndNonsense400() {
        List.of("a", "b", "c").forEach(this::put);
        String token = pages.page(1, null, this::now).token();
        pages.forget();
        assertThatThrownBy(() -> pages.page(1, token, this::now))
                .isInstanceOfSatisfying(
                        ApiError.class, e -> assertThat(e.code()).isEqualTo(410));
        assertThatThrownBy(() -> pages.page(1, "nonsense", this::now))
                .isInstanceOfSatisfying(
                        ApiError.class, e -> assertThat(e.code()).isEqualTo(400));
    }
}
