package io.driftless.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeCacheTest {
    private final Store store = new Store(100);

    private Stored put(String name, @Nullable Stored before) {
        ObjectNode tree = Json.object();
        tree.putObject("metadata").put("name", name);
        Stored stored = store.put(new Key("nodes", "", name), before, tree, null, new Author("test", "update", "test"));
        return Objects.requireNonNull(stored);
    }

    @Test
    void theNewestVersionAndTheOneBeforeKeepTheirTrees() {
        Stored first = put("a", null);
        ObjectNode tree = first.tree();
        Stored second = put("a", first);
        assertThat(first.tree()).isSameAs(tree);
        ObjectNode later = second.tree();
        Stored third = put("a", second);
        assertThat(first.tree()).isEqualTo(tree).isNotSameAs(tree);
        assertThat(third.tree()).isSameAs(third.tree());
        assertThat(second.tree()).as("the older one was read again").isNotSameAs(later);
    }

    @Test
    void objectsThatManyOthersFollowedKeepTheirBytesAlone() {
        Stored first = put("first", null);
        ObjectNode tree = first.tree();
        for (int other = 0; other < 2047; other++) {
            Stored stored = put("n" + other, null);
            for (int version = 0; version < 3; version++) {
                stored = put("n" + other, stored);
            }
        }
        assertThat(first.tree()).as("of 2048 objects").isSameAs(tree);
        put("last", null);
        assertThat(first.tree()).isEqualTo(tree).isNotSameAs(tree);
    }
}
