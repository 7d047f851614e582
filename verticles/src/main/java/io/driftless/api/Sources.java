package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/// What lies in Git repositories. Calls block; what cannot be read is an [io.driftless.http.HttpFailure].
public interface Sources {
    /// What a commit says.
    ///
    /// @param project with whose credentials it is read
    Commit commit(String project, String repository, String revision);

    /// Where applications lie in a repository.
    ///
    /// @param project with whose credentials it is read
    List<Found> applications(String project, String repository, String revision);

    /// What a source would deploy; fails saying why it would deploy nothing.
    ///
    /// @param application as an Application document, as far as it is known
    Details details(JsonNode source, JsonNode application);

    /// What a source would deploy, object by object, values of Secrets as digests; fails saying why it would deploy
    /// nothing.
    ///
    /// @param source with the revision that is asked about
    Manifests manifests(JsonNode source, JsonNode application);

    /// The same of a folder that somebody sends instead of a repository; nothing but what lies in it is read.
    ///
    /// @param archive a compressed tar archive of the folder, which stands for the root of the repository
    /// @param source whose path and options count
    Manifests sent(byte[] archive, JsonNode source, JsonNode application);

    /// @param revision the commit
    record Manifests(String type, String revision, List<JsonNode> objects) {
        public Manifests {
            objects = List.copyOf(objects);
        }
    }

    /// @param author name and address
    /// @param tags that name it
    record Commit(String author, Instant date, String message, List<String> tags) {
        public Commit {
            tags = List.copyOf(tags);
        }
    }

    /// @param type `Helm` or `Kustomize`
    record Found(String path, String type) {}

    /// @param type `Directory` or `Kustomize`
    record Details(String type, List<String> images) {
        public Details {
            images = List.copyOf(images);
        }
    }
}
