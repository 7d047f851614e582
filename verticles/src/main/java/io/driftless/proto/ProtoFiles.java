package io.driftless.proto;

import io.driftless.proto.FieldType.Kind;
import io.driftless.proto.FieldType.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the part of the `.proto` language that the files of this program use: messages with
/// scalars, messages and maps, services with HTTP bindings, the options `json_name` and `inline`.
/// Types may be named before they are defined.
final class ProtoFiles {
    private final Map<String, MessageType> messages = new LinkedHashMap<>();
    private final Map<String, MethodType> methods = new LinkedHashMap<>();
    private final List<Runnable> later = new ArrayList<>();

    ProtoFiles() {
        messages.put("google.protobuf.Empty", new MessageType("google.protobuf.Empty"));
    }

    void add(String file, String text) {
        new Reader(new ProtoTokens(file, text)).file();
    }

    Schema schema() {
        later.forEach(Runnable::run);
        return new Schema(messages, methods);
    }

    /// Reads one file.
    private final class Reader {
        private final ProtoTokens in;
        private boolean proto3;
        private String home = "";

        Reader(ProtoTokens in) {
            this.in = in;
        }

        void file() {
            while (!in.atEnd()) {
                String word = in.next();
                switch (word) {
                    case "syntax" -> {
                        in.expect("=");
                        proto3 = in.text().equals("proto3");
                        in.expect(";");
                    }
                    case "package" -> {
                        home = in.next() + '.';
                        in.expect(";");
                    }
                    case "import" -> {
                        in.text();
                        in.expect(";");
                    }
                    case "message" -> message();
                    case "service" -> service();
                    default -> throw in.wrong(word);
                }
            }
        }

        private void message() {
            MessageType type = new MessageType(home + in.next());
            if (messages.put(type.name(), type) != null) {
                throw in.wrong(type.name());
            }
            in.expect("{");
            while (!in.take("}")) {
                field(type);
            }
        }

        private void field(MessageType holder) {
            Label label = Label.PLAIN;
            if (in.take("optional")) {
                label = Label.OPTIONAL;
            } else if (in.take("required")) {
                label = Label.REQUIRED;
            } else if (in.take("repeated")) {
                label = Label.REPEATED;
            } else if (!proto3 && !in.peek().equals("map")) {
                throw in.wrong(in.peek());
            }
            String type = in.next();
            String key = "";
            if (type.equals("map")) {
                in.expect("<");
                key = in.next();
                in.expect(",");
                type = in.next();
                in.expect(">");
            }
            String name = in.next();
            in.expect("=");
            int number = Integer.parseInt(in.next());
            Options options = options(name);
            in.expect(";");
            add(holder, new Declared(type, key, number, label, options));
        }

        private record Options(String json, boolean inline) {}

        private record Declared(String type, String key, int number, Label label, Options options) {}

        private Options options(String name) {
            String json = name;
            boolean inline = false;
            if (in.take("[")) {
                if (in.take("json_name")) {
                    in.expect("=");
                    json = in.text();
                } else {
                    in.expect("(");
                    in.expect("driftless.inline");
                    in.expect(")");
                    in.expect("=");
                    in.expect("true");
                    inline = true;
                }
                in.expect("]");
            }
            return new Options(json, inline);
        }

        private void add(MessageType holder, Declared declared) {
            later.add(() -> {
                FieldType value = typed(declared);
                if (declared.key().isEmpty()) {
                    holder.add(value);
                    return;
                }
                MessageType entry = new MessageType(holder.name() + '.' + value.json() + "Entry");
                entry.add(scalar(declared.key(), 1, "key", Label.PLAIN));
                entry.add(new FieldType(2, "value", value.kind(), Label.PLAIN, false, value.message()));
                holder.add(new FieldType(declared.number(), value.json(), Kind.MAP, Label.REPEATED, false, entry));
            });
        }

        private FieldType typed(Declared declared) {
            String json = declared.options().json();
            return switch (declared.type()) {
                case "string", "bytes", "bool", "int32", "int64" ->
                    scalar(declared.type(), declared.number(), json, declared.label());
                default ->
                    new FieldType(
                            declared.number(),
                            json,
                            Kind.MESSAGE,
                            declared.label(),
                            declared.options().inline(),
                            named(declared.type()));
            };
        }

        private FieldType scalar(String type, int number, String json, Label label) {
            Kind kind = switch (type) {
                case "string" -> Kind.STRING;
                case "bytes" -> Kind.BYTES;
                case "bool" -> Kind.BOOL;
                default -> Kind.INT;
            };
            return new FieldType(number, json, kind, label, false, null);
        }

        private MessageType named(String type) {
            MessageType here = messages.get(home + type);
            MessageType found = here != null ? here : messages.get(type);
            if (found == null) {
                throw in.wrong(type);
            }
            return found;
        }

        private void service() {
            String service = home + in.next() + '/';
            in.expect("{");
            while (!in.take("}")) {
                in.expect("rpc");
                String path = service + in.next();
                in.expect("(");
                boolean streamsIn = in.take("stream");
                String request = in.next();
                in.expect(")");
                in.expect("returns");
                in.expect("(");
                boolean streamsOut = in.take("stream");
                String response = in.next();
                in.expect(")");
                List<MethodType.Binding> bindings = bindings();
                later.add(() -> methods.put(
                        path, new MethodType(path, named(request), named(response), streamsIn, streamsOut, bindings)));
            }
        }

        private List<MethodType.Binding> bindings() {
            List<MethodType.Binding> bindings = new ArrayList<>();
            in.expect("{");
            in.expect("option");
            in.expect("(");
            in.expect("google.api.http");
            in.expect(")");
            in.expect("=");
            in.expect("{");
            bindings.add(binding());
            while (in.take("additional_bindings")) {
                in.expect("{");
                bindings.add(binding());
                in.expect("}");
            }
            in.expect("}");
            in.expect(";");
            in.expect("}");
            return bindings;
        }

        private MethodType.Binding binding() {
            String verb = in.next().toUpperCase(java.util.Locale.ROOT);
            in.expect(":");
            String template = in.text();
            String body = "";
            if (in.take("body")) {
                in.expect(":");
                body = in.text();
            }
            return new MethodType.Binding(verb, template, body);
        }
    }
}
