package io.driftless.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import io.driftless.proto.FieldType;
import io.driftless.proto.MessageType;
import io.driftless.proto.MethodType;
import io.driftless.proto.MethodType.Binding;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// The REST door: the same methods under the paths that their `.proto` files name, with JSON bodies and parameters.
public final class RestRoutes {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_.]+)(=\\*\\*)?}");
    private final Methods methods;
    private final Doorman doorman;
    private final Bodies bodies;

    public RestRoutes(Methods methods, Doorman doorman, Bodies bodies) {
        this.methods = methods;
        this.doorman = doorman;
        this.bodies = bodies;
    }

    public void mount(Router router) {
        for (MethodType method : methods.schema().methods()) {
            method.bindings().forEach(binding -> mount(router, method, binding));
        }
    }

    private void mount(Router router, MethodType method, Binding binding) {
        List<String> variables = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(binding.template());
        StringBuilder path = new StringBuilder();
        while (matcher.find()) {
            boolean rest = matcher.group(2) != null;
            matcher.appendReplacement(path, rest ? "*" : ":p" + variables.size());
            variables.add(matcher.group(1));
        }
        matcher.appendTail(path);
        router.route(HttpMethod.valueOf(binding.verb()), path.toString())
                .handler(context -> serve(context, method, binding, variables));
    }

    private void serve(RoutingContext context, MethodType method, Binding binding, List<String> variables) {
        Call call = Call.admit(context.vertx(), doorman, method, context.request());
        if (method.streamsIn()) {
            gather(context, call, method, binding);
            return;
        }
        if (binding.body().isEmpty()) {
            serve(context, call, method, request(context, method, variables, JsonNodeFactory.instance.objectNode()));
            return;
        }
        bodies.of(method)
                .read(context, body -> {
                    ObjectNode document = body(method.request(), binding, body.getBytes());
                    serve(context, call, method, request(context, method, variables, document));
                    return Future.succeededFuture();
                })
                .onFailure(problem -> Answers.fail(context, problem));
    }

    private void serve(RoutingContext context, Call call, MethodType method, ObjectNode request) {
        FieldFilter fields = FieldFilter.of(context.queryParams().get("fields"));
        if (method.streamsOut()) {
            methods.open(method, call, request, new RestOutlet(context, fields));
            return;
        }
        methods.call(method, call, request, answer -> Answers.bytes(fields.applied(answer)))
                .onSuccess(answer -> {
                    call.answerHeaders().forEach(context.response()::putHeader);
                    Answers.json(context, 200, answer);
                })
                .onFailure(problem -> Answers.fail(context, problem));
    }

    /// A stream of messages is a body of lines, as streams of answers are.
    private void gather(RoutingContext context, Call call, MethodType method, Binding binding) {
        FieldFilter fields = FieldFilter.of(context.queryParams().get("fields"));
        bodies.of(method)
                .read(context, body -> {
                    Lines lines = new Lines(body.getBytes());
                    Iterable<ObjectNode> messages = () -> StreamSupport.stream(lines.spliterator(), false)
                            .map(line -> body(method.request(), binding, line))
                            .iterator();
                    return methods.gather(method, call, messages, answer -> Answers.bytes(fields.applied(answer)));
                })
                .onSuccess(answer -> Answers.json(context, 200, answer))
                .onFailure(problem -> Answers.fail(context, problem));
    }

    private static ObjectNode request(
            RoutingContext context, MethodType method, List<String> variables, ObjectNode document) {
        RestRequest request = new RestRequest(method.request(), document);
        context.queryParams()
                .names()
                .forEach(name -> request.set(name, context.queryParams().getAll(name)));
        for (int i = 0; i < variables.size(); i++) {
            String value = context.pathParam("p" + i);
            request.set(variables.get(i), List.of(value != null ? value : rest(context)));
        }
        return request.document();
    }

    private static String rest(RoutingContext context) {
        String rest = context.pathParam("*");
        return rest == null ? "" : rest.startsWith("/") ? rest.substring(1) : rest;
    }

    /// The request that a body stands for: the whole of it, or one of its fields.
    private static ObjectNode body(MessageType type, Binding binding, byte[] bytes) {
        if (binding.body().equals("*")) {
            ObjectNode document =
                    bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : whole(StrictJson.object(bytes));
            RestRequest.check(type, document, "");
            return document;
        }
        FieldType field = type.field(binding.body());
        if (field == null) {
            throw new IllegalStateException(type + " has no field " + binding.body());
        }
        JsonNode value =
                field.kind() == FieldType.Kind.MESSAGE ? whole(StrictJson.object(bytes)) : StrictJson.value(bytes);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set(binding.body(), value);
        RestRequest.check(type, document, "");
        return document;
    }

    private static ObjectNode whole(StrictJson.Read read) {
        if (read.truncated()) {
            throw HttpFailure.invalid("the body holds lists that are too long");
        }
        return read.object();
    }
}
