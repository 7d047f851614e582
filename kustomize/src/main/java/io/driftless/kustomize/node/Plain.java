package io.driftless.kustomize.node;

/// A node after a trip through JSON: numbers are doubles, text is text, nothing else remains of tags and styles. JSON
/// patches and list expansion see and leave resources in this form.
public final class Plain {
    private Plain() {}

    public static Node of(Node node) {
        Duplicates.refuse(node);
        return of(node, true);
    }

    /// The same with integers kept exactly, as a first trip to JSON text leaves them.
    public static Node exact(Node node) {
        Duplicates.refuse(node);
        return of(node, false);
    }

    private static Node of(Node node, boolean doubles) {
        if (node.isMap() && !node.isNull()) {
            Node map = Node.map();
            for (int i = 0; i < node.size(); i++) {
                map.append(node.key(i), of(node.item(i), doubles));
            }
            return map;
        }
        if (node.isList()) {
            Node list = Node.list();
            for (Node item : node.items()) {
                list.add(of(item, doubles));
            }
            return list;
        }
        return scalar(node, doubles);
    }

    private static Node scalar(Node node, boolean doubles) {
        Tag type = Values.type(node);
        return switch (type) {
            case NULL -> Node.nothing();
            case BOOL -> Node.scalar(Scalars.isTrue(node.text()) ? "true" : "false", Tag.BOOL, Style.PLAIN);
            case INT, FLOAT -> number(Scalars.json(node.text(), type), doubles);
            default -> text(Values.string(node));
        };
    }

    private static Node number(String json, boolean doubles) {
        String text = doubles && json.length() > 15 ? GoNumbers.json(Double.parseDouble(json)) : json;
        Tag tag = Scalars.resolve(text);
        return Node.scalar(text, tag == Tag.INT ? Tag.INT : Tag.FLOAT, Style.PLAIN);
    }

    private static Node text(String value) {
        Node node = Node.text(value);
        if (node.style() == Style.PLAIN && (Scalars.looksTyped(value) || Scalars.resolve(value) != Tag.STR)) {
            node.setStyle(Style.DOUBLE);
        }
        return node;
    }
}
