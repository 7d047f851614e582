package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;

/// What the status stage asks for.
sealed interface StatusTask {
    ApplicationName application();

    /// metadata.uid of the Application that is meant: another one of the same name is left alone.
    String uid();

    /// Read `.status` as it stands.
    record Read(ApplicationName application, String uid) implements StatusTask {}

    /// Patch the Application, if it still is in the version that the patch was decided on.
    record Write(ApplicationName application, String uid, String resourceVersion, ObjectNode patch)
            implements StatusTask {}

    /// What came of a task.
    sealed interface Outcome {
        String uid();

        /// `.status` as it stands, an empty object when there is none yet, and the version and spec it stands beside.
        record WasRead(String uid, String resourceVersion, JsonNode spec, JsonNode status) implements Outcome {}

        record Written(String uid, String resourceVersion) implements Outcome {}

        /// Somebody else has written the Application: it has to be read again.
        record Changed(String uid) implements Outcome {}

        /// There is no such Application any more.
        record Gone(String uid) implements Outcome {}

        /// It did not work; it may later.
        record Failed(String uid, String reason) implements Outcome {}
    }
}
