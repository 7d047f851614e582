package io.driftless.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.SyncRequested;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingSyncTest {
    private final ReadModel model = new ReadModel();

    @Test
    void aRequestThatIsReadBackLateDoesNotHideTheOneThatFollowedIt() {
        Instant now = Instant.now();
        model.asked(request("second"), now);

        model.asked(request("first"), now.minusSeconds(1));

        assertThat(model.pendingSync("argocd/app")).map(SyncRequested::id).contains("second");
    }

    @Test
    void theLastRequestIsTheOneThatIsPending() {
        Instant now = Instant.now();
        model.asked(request("first"), now.minusSeconds(1));

        model.asked(request("second"), now);

        assertThat(model.pendingSync("argocd/app")).map(SyncRequested::id).contains("second");
    }

    private static SyncRequested request(String id) {
        return new SyncRequested(
                new ApplicationName("argocd", "app"), id, "anna", null, false, false, List.of(), List.of(), null);
    }
}
