package io.driftless.sandbox;

import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/// How a write is meant: tried only, over the objections of other managers, by whom.
record WriteOptions(boolean dryRun, boolean force, Author author) {
    /// What a request asks for.
    ///
    /// @throws ApiError where it asks for what there is not, or an apply names no manager
    static WriteOptions of(HttpServerRequest request, String verb) {
        String client = Call.client(request);
        String manager = request.getParam("fieldManager");
        if (manager == null || manager.isEmpty()) {
            if (verb.equals("apply")) {
                throw ApiError.option(request, "fieldManager", "Required value: is required for apply patch");
            }
            manager = client;
        }
        if (manager.length() > 128) {
            throw ApiError.option(request, "fieldManager", "Too long: may not be more than 128 bytes");
        }
        for (int at = 0; at < manager.length(); at++) {
            char c = manager.charAt(at);
            if (Character.isISOControl(c)) {
                String code = String.format("%02x", (int) c);
                throw ApiError.option(
                        request,
                        "fieldManager",
                        "Invalid value: " + Json.quoted(manager).replace("\\u00", "\\x") + ": invalid character U+00"
                                + code.toUpperCase(Locale.ROOT) + " (at position " + at + ")");
            }
        }
        String dryRun = request.getParam("dryRun");
        if (dryRun != null && !dryRun.equals("All")) {
            throw ApiError.option(
                    request, "dryRun", "Unsupported value: [\"" + dryRun + "\"]: supported values: \"All\"");
        }
        return new WriteOptions(dryRun != null, Answers.flag(request, "force"), new Author(client, verb, manager));
    }

    /// A write of a part of the sandbox itself.
    static WriteOptions by(String manager) {
        return new WriteOptions(false, false, new Author(manager, "update", manager));
    }

    String manager() {
        return author.manager();
    }
}
