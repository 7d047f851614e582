package io.driftless.sync;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How operations begin. Ids follow from what is known, so that a decision made again after a crash has the same id.
final class Operations {
    /// Who asked, for operations that nobody asked for.
    static final String AUTOMATED = "automated sync";

    private static final int ID_DIGITS = 16;

    private Operations() {}

    static OperationRecorded requested(
            SyncRequested request,
            ApplicationName application,
            @Nullable ApplicationDeclared declared,
            @Nullable Operation last,
            Instant now) {
        String uid = declared == null ? "" : declared.uid();
        List<String> handled = handled(last);
        handled.add(request.id());
        if (handled.size() > Operation.REMEMBERED_REQUESTS) {
            handled.removeFirst();
        }
        var beginning = new Beginning(application, uid, request.id(), request.requestedBy(), "", "", null);
        return record(beginning, request, last, handled, now);
    }

    static OperationRecorded cascade(ApplicationDeclared declared, @Nullable Operation last, Instant now) {
        String id = OperationRecorded.cascadeId(declared.uid());
        var beginning = new Beginning(declared.application(), declared.uid(), id, "deletion", "", "", null);
        return record(beginning, null, last, handled(last), now);
    }

    static OperationRecorded automated(
            ApplicationDeclared declared,
            ApplicationCompared compared,
            @Nullable Operation last,
            AutomatedSync.Start start,
            Instant now) {
        var beginning = new Beginning(
                declared.application(),
                declared.uid(),
                id(declared, compared, last),
                AUTOMATED,
                compared.revision(),
                compared.render(),
                start);
        return record(beginning, null, last, handled(last), now);
    }

    /// How an operation is known from its beginning on; `automated` is null for one that automated sync did not start.
    private record Beginning(
            ApplicationName application,
            String uid,
            String id,
            String requestedBy,
            String revision,
            String render,
            AutomatedSync.@Nullable Start automated) {}

    // NullAway does not see that a nullable component of a nested type in a compiled record is nullable.
    @SuppressWarnings("NullAway")
    private static OperationRecorded record(
            Beginning beginning,
            @Nullable SyncRequested request,
            @Nullable Operation last,
            List<String> handled,
            Instant now) {
        var automated = beginning.automated();
        return new OperationRecorded(
                beginning.application(),
                beginning.uid(),
                beginning.id(),
                last == null ? 0 : last.sequence,
                Phase.RUNNING,
                beginning.revision(),
                beginning.render(),
                beginning.requestedBy(),
                automated != null,
                automated != null && automated.selfHeal(),
                request,
                0,
                null,
                automated == null ? 0 : automated.healsInARow(),
                now,
                null,
                "",
                List.of(),
                handled);
    }

    private static List<String> handled(@Nullable Operation last) {
        return last == null ? new ArrayList<>() : new ArrayList<>(last.handledRequests);
    }

    private static String id(ApplicationDeclared declared, ApplicationCompared compared, @Nullable Operation last) {
        StringBuilder known = new StringBuilder(declared.uid())
                .append(' ')
                .append(compared.revision())
                .append(' ')
                .append(compared.render())
                .append(' ')
                .append(last == null ? 0 : last.sequence);
        for (ResourceVerdict verdict : compared.resources()) {
            known.append(' ').append(verdict.resource()).append(' ').append(verdict.resourceVersion());
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(known.toString().getBytes(StandardCharsets.UTF_8));
            return "auto-" + HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }
}
