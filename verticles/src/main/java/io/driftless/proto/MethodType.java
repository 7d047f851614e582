package io.driftless.proto;

import java.util.List;

/// One method of a service.
///
/// @param path full name as gRPC writes it, such as `version.VersionService/Version`
/// @param streamsIn whether the client sends a stream of messages
/// @param streamsOut whether the server does
/// @param bindings under which HTTP requests it is served, beside gRPC
public record MethodType(
        String path,
        MessageType request,
        MessageType response,
        boolean streamsIn,
        boolean streamsOut,
        List<Binding> bindings) {
    public MethodType {
        bindings = List.copyOf(bindings);
    }

    /// An HTTP request that means this method.
    ///
    /// @param verb `GET`, `POST` …
    /// @param template path with `{field}` and `{field=**}`
    /// @param body which field the body is; `*` for the whole request, empty for none
    public record Binding(String verb, String template, String body) {}
}
