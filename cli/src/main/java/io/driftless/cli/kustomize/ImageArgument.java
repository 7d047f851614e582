package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import java.util.LinkedHashMap;
import java.util.Map;

/// An argument of `edit set image`: `name=newName:tag@digest` with parts left out; `*` keeps what is there.
record ImageArgument(String name, String newName, String newTag, String digest) {
    private static final String KEEP = "*";

    static ImageArgument parse(String argument) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? "" : argument.substring(0, equals);
        String image = argument.substring(equals + 1);
        int at = image.indexOf('@');
        String digest = at < 0 ? "" : image.substring(at + 1);
        String tagged = at < 0 ? image : image.substring(0, at);
        // A colon before a slash belongs to the port of a registry.
        int colon = tagged.indexOf(':', tagged.indexOf('/') + 1);
        String tag = colon < 0 ? "" : tagged.substring(colon + 1);
        String bare = colon < 0 ? tagged : tagged.substring(0, colon);
        if (equals < 0 ? (bare.isEmpty() || (at < 0 && colon < 0)) : name.isEmpty()) {
            throw new KustomizeException("""
                    invalid format of image, use one of the following options:
                    - <image>=<newimage>:<newtag>
                    - <image>=<newimage>@<digest>
                    - <image>=<newimage>:<newtag>@<digest>
                    - <image>=<newimage>
                    - <image>:<newtag>
                    - <image>:<newtag>@<digest>
                    - <image>@<digest>""");
        }
        return equals < 0 ? new ImageArgument(bare, "", tag, digest) : new ImageArgument(name, bare, tag, digest);
    }

    /// The fields of the entry besides its name; an empty one is to be absent.
    Map<String, String> fields(Map<String, Object> present) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("digest", value(digest, present, "digest"));
        fields.put("newName", value(newName, present, "newName"));
        fields.put("newTag", value(newTag, present, "newTag"));
        fields.put("tagSuffix", "");
        return fields;
    }

    private static String value(String wanted, Map<String, Object> present, String field) {
        return wanted.equals(KEEP) ? String.valueOf(present.getOrDefault(field, "")) : wanted;
    }
}
