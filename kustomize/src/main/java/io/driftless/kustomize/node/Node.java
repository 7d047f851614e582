package io.driftless.kustomize.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mutable YAML node: a map, a list or a scalar, with type tag and scalar style.
///
/// One class for all shapes because transformers turn one into another in place, and everybody who holds the node sees
/// it. Map order is insertion order. Comments and flow style are not kept: no output shows them.
public final class Node {
    private static final int INDEXED_FROM = 24;

    private Kind kind;
    private Tag tag;
    private Style style = Style.PLAIN;
    private boolean tagged;
    private String text = "";
    private ArrayList<String> keys = NO_KEYS;
    private ArrayList<Node> items = NO_ITEMS;
    private @Nullable Map<String, Integer> index;
    private @Nullable String trouble;

    private static final ArrayList<String> NO_KEYS = new ArrayList<>(0);
    private static final ArrayList<Node> NO_ITEMS = new ArrayList<>(0);

    public Node(Kind kind, Tag tag) {
        this.kind = kind;
        this.tag = tag;
    }

    public static Node map() {
        return new Node(Kind.MAP, Tag.MAP);
    }

    public static Node list() {
        return new Node(Kind.LIST, Tag.SEQ);
    }

    /// A scalar whose type follows from its text.
    public static Node untyped(String text) {
        return scalar(text, Tag.NONE, Style.PLAIN);
    }

    /// A scalar that is text whatever it looks like.
    public static Node text(String text) {
        return scalar(text, Tag.STR, text.indexOf('\n') >= 0 ? Style.LITERAL : Style.PLAIN);
    }

    public static Node scalar(String text, Tag tag, Style style) {
        Node node = new Node(Kind.SCALAR, tag);
        node.text = text;
        node.style = style;
        return node;
    }

    /// A null that survives in a map.
    public static Node nothing() {
        return scalar("null", Tag.NULL, Style.PLAIN);
    }

    public Kind kind() {
        return kind;
    }

    public Tag tag() {
        return tag;
    }

    public Style style() {
        return style;
    }

    public String text() {
        return text;
    }

    public boolean isMap() {
        return kind == Kind.MAP;
    }

    public boolean isList() {
        return kind == Kind.LIST;
    }

    public boolean isScalar() {
        return kind == Kind.SCALAR;
    }

    /// Tagged null: `null`, `~` or nothing at all.
    public boolean isNull() {
        return tag == Tag.NULL;
    }

    /// Text, or a scalar without a type.
    public boolean isString() {
        return kind == Kind.SCALAR && (tag == Tag.STR || tag == Tag.NONE);
    }

    public boolean isEmpty() {
        return tag == Tag.NULL || ((kind == Kind.MAP || kind == Kind.LIST) && items.isEmpty()) || isZero();
    }

    private boolean isZero() {
        return kind == Kind.NONE && tag == Tag.NONE && text.isEmpty() && items.isEmpty();
    }

    /// Whether its tag was written out in the file.
    public boolean isTagged() {
        return tagged;
    }

    public int size() {
        return items.size();
    }

    public List<String> keys() {
        return Collections.unmodifiableList(keys);
    }

    public List<Node> items() {
        return Collections.unmodifiableList(items);
    }

    public String key(int at) {
        return keys.get(at);
    }

    public Node item(int at) {
        return items.get(at);
    }

    /// What is wrong with this map (a repeated key, a key that is not text): told when the map is written, as the
    /// reference does, so that a resource that is deleted may keep its fault.
    public @Nullable String trouble() {
        return trouble;
    }

    public void setTrouble(String what) {
        if (trouble == null) {
            trouble = what;
        }
    }

    public void setText(String newText) {
        this.text = newText;
    }

    public void setTag(Tag newTag) {
        this.tag = newTag;
    }

    public void setTagged() {
        this.tagged = true;
    }

    public void setStyle(Style newStyle) {
        this.style = newStyle;
    }

    /// Turns an empty field into the start of a map, list or scalar.
    public void turnInto(Kind newKind, Tag newTag) {
        this.kind = newKind;
        this.tag = newTag;
        if (newKind != Kind.SCALAR) {
            this.text = "";
        }
    }

    public @Nullable Node get(String name) {
        int at = indexOf(name);
        return at < 0 ? null : items.get(at);
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    private int indexOf(String name) {
        if (kind != Kind.MAP) {
            return -1;
        }
        int size = keys.size();
        if (size >= INDEXED_FROM) {
            return lookUp(name);
        }
        for (int i = 0; i < size; i++) {
            if (keys.get(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private int lookUp(String name) {
        Map<String, Integer> known = index;
        if (known == null) {
            known = new HashMap<>(keys.size() * 2);
            for (int i = keys.size() - 1; i >= 0; i--) {
                known.put(keys.get(i), i);
            }
            index = known;
        }
        Integer at = known.get(name);
        return at == null ? -1 : at;
    }

    /// Sets a field of a map, in its place when there is one.
    public void put(String name, Node value) {
        int at = indexOf(name);
        if (at >= 0) {
            items.set(at, value);
        } else {
            append(name, value);
        }
    }

    /// Adds a field without looking for an equal one.
    public void append(String name, Node value) {
        if (keys == NO_KEYS) {
            keys = new ArrayList<>(4);
            items = new ArrayList<>(4);
        }
        keys.add(name);
        items.add(value);
        if (index != null) {
            index.putIfAbsent(name, keys.size() - 1);
        }
    }

    public @Nullable Node remove(String name) {
        int at = indexOf(name);
        if (at < 0) {
            return null;
        }
        keys.remove(at);
        index = null;
        return items.remove(at);
    }

    public void add(Node item) {
        if (items == NO_ITEMS) {
            items = new ArrayList<>(4);
        }
        items.add(item);
    }

    public void add(int at, Node item) {
        if (items == NO_ITEMS) {
            items = new ArrayList<>(4);
        }
        items.add(at, item);
    }

    public void set(int at, Node item) {
        items.set(at, item);
    }

    public Node removeAt(int at) {
        return items.remove(at);
    }

    public void replaceItems(List<Node> newItems) {
        items = new ArrayList<>(newItems);
    }

    /// Takes the content of `other`; whoever holds this node sees it.
    public void become(Node other) {
        kind = other.kind;
        tag = other.tag;
        style = other.style;
        tagged = other.tagged;
        text = other.text;
        keys = other.keys == NO_KEYS ? NO_KEYS : new ArrayList<>(other.keys);
        items = other.items == NO_ITEMS ? NO_ITEMS : new ArrayList<>(other.items);
        index = null;
        trouble = other.trouble;
    }

    public Node copy() {
        Node copy = new Node(kind, tag);
        copy.style = style;
        copy.tagged = tagged;
        copy.text = text;
        copy.trouble = trouble;
        if (keys != NO_KEYS) {
            copy.keys = new ArrayList<>(keys);
        }
        if (items != NO_ITEMS) {
            copy.items = new ArrayList<>(items.size());
            for (Node item : items) {
                copy.items.add(item.copy());
            }
        }
        return copy;
    }

    /// Fails unless this is null or of the shape asked for.
    public void expect(Kind wanted) {
        if (!isNull() && kind != wanted) {
            throw new WrongKind(wanted, this);
        }
    }
}
