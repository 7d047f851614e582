package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.BodyText;
import io.driftless.sandbox.model.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;

/// Requests to the sandbox itself, under a path that no client of Kubernetes uses, from this machine only.
///
/// | request | what it does |
/// |---|---|
/// | `GET /sandbox/faults` | lists the faults in force |
/// | `POST /sandbox/faults` | puts one in force; see [FaultJson] |
/// | `DELETE /sandbox/faults`, `/sandbox/faults/ID` | ends all, or one |
/// | `DELETE /sandbox/watches` | cuts all open watches |
/// | `DELETE /sandbox/history` | forgets past changes: 410 for who resumes from them |
/// | `GET /sandbox/audit?since=VERSION` | the writes since then |
final class AdminRequests {
    static final String PREFIX = "/sandbox/";
    private final Store store;
    private final Faults faults;
    private final AuditLog audit;
    private final ReadRequests reads;

    AdminRequests(Store store, Faults faults, AuditLog audit, ReadRequests reads) {
        this.store = store;
        this.faults = faults;
        this.audit = audit;
        this.reads = reads;
    }

    void handle(HttpServerRequest request, Buffer body) {
        if (!local(request)) {
            throw ApiError.of(403, "Forbidden", "the sandbox is told what to do from its own machine only");
        }
        String[] parts = request.path().substring(PREFIX.length()).split("/");
        String what = request.method().name() + " " + parts[0];
        String id = parts.length > 1 ? parts[1] : "";
        switch (what) {
            case "GET faults" -> listed(request);
            case "POST faults" -> added(request, body);
            case "DELETE faults" -> {
                if (id.isEmpty()) {
                    faults.clear();
                } else if (!faults.remove(id)) {
                    throw ApiError.of(404, "NotFound", "no fault " + id + " is in force");
                }
                done(request);
            }
            case "DELETE watches" -> {
                reads.cutWatches();
                done(request);
            }
            case "DELETE history" -> {
                store.forgetHistory();
                reads.forgetPages();
                done(request);
            }
            case "GET audit" -> audit(request);
            default -> throw ApiError.noSuchPath();
        }
    }

    private static boolean local(HttpServerRequest request) {
        try {
            var address = request.remoteAddress();
            String host = address == null ? "" : address.hostAddress();
            return host != null
                    && !host.isEmpty()
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void listed(HttpServerRequest request) {
        ObjectNode out = Json.object();
        ArrayNode list = out.putArray("faults");
        faults.list().forEach((id, fault) -> list.add(FaultJson.write(id, fault)));
        Answers.send(request.response(), 200, out, Answers.JSON);
    }

    private void added(HttpServerRequest request, Buffer body) {
        try {
            JsonNode given = BodyText.json(body, new ArrayList<>());
            Fault fault = FaultJson.read(given);
            Answers.send(request.response(), 201, FaultJson.write(faults.add(fault), fault), Answers.JSON);
        } catch (BodyText.Unreadable | IllegalArgumentException | IllegalStateException e) {
            throw ApiError.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private void audit(HttpServerRequest request) {
        String since = request.getParam("since", "0");
        if (!since.matches("[0-9]{1,18}")) {
            throw ApiError.badRequest("since must be a resource version, not \"" + since + "\"");
        }
        Buffer out = Buffer.buffer();
        audit.since(Long.parseLong(since))
                .forEach(entry -> out.appendBuffer(Json.bytes(entry.json())).appendByte((byte) '\n'));
        Answers.send(request.response(), 200, out, "application/x-ndjson");
    }

    private static void done(HttpServerRequest request) {
        Answers.send(request.response(), 200, Json.object().put("done", true), Answers.JSON);
    }
}
