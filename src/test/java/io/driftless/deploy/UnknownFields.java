package io.driftless.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Fields of an object that its kind does not have, such as a misspelt one: the typed model keeps them apart.
final class UnknownFields {
    private UnknownFields() {}

    static List<String> of(JsonNode object) {
        Object typed = new KubernetesSerialization().unmarshal(object.toString());
        List<String> unknown = new ArrayList<>();
        visit(typed, object.path("kind").asText(), unknown);
        return unknown;
    }

    private static void visit(Object value, String path, List<String> unknown) {
        switch (value) {
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    visit(list.get(i), path + '[' + i + ']', unknown);
                }
            }
            case Map<?, ?> map ->
                map.forEach((key, item) -> {
                    if (item != null) {
                        visit(item, path + '.' + key, unknown);
                    }
                });
            default -> {
                if (value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")
                        && !value.getClass().isEnum()) {
                    fields(value, path, unknown);
                }
            }
        }
    }

    private static void fields(Object value, String path, List<String> unknown) {
        for (Class<?> type = value.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Object content = content(field, value);
                if (field.getName().equals("additionalProperties") && content instanceof Map<?, ?> additional) {
                    additional.keySet().forEach(key -> unknown.add(path + '.' + key));
                } else if (content != null) {
                    visit(content, path + '.' + field.getName(), unknown);
                }
            }
        }
    }

    private static @org.jspecify.annotations.Nullable Object content(Field field, Object owner) {
        if (java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
