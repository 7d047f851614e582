package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/// `edit set image NAME=NEWNAME:TAG|NAME:TAG|NAME@DIGEST …`
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description = "Set names, tags or digests: NAME=NEWNAME:TAG, NAME:TAG, NAME@DIGEST; * keeps what is there.")
final class EditImages extends Edit {
    private static final String KEEP = "*";

    /// What an argument says; the new values may be [#KEEP].
    private record Wish(String name, String newName, String tag, String digest) {
        static Wish parse(String argument) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? "" : argument.substring(0, equals);
            String rest = argument.substring(equals + 1);
            int at = rest.indexOf('@');
            String digest = at < 0 ? "" : rest.substring(at + 1);
            String tagged = at < 0 ? rest : rest.substring(0, at);
            // The colon before the first slash is that of a port.
            int colon = tagged.indexOf(':', Math.max(0, tagged.indexOf('/')));
            String tag = colon < 0 ? "" : tagged.substring(colon + 1);
            String image = colon < 0 ? tagged : tagged.substring(0, colon);
            if ((equals < 0 && at < 0 && colon < 0) || (equals < 0 ? image : name).isEmpty()) {
                throw new KustomizeException("""
                        invalid format of image, use one of the following options:
                        - <image>=<newimage>:<newtag>
                        - <image>=<newimage>@<digest>
                        - <image>=<newimage>:<newtag>@<digest>
                        - <image>=<newimage>
                        - <image>:<newtag>
                        - <image>@<digest>""");
            }
            return equals < 0 ? new Wish(image, "", tag, digest) : new Wish(name, image, tag, digest);
        }
    }

    @Override
    void check() {
        require(!arguments().isEmpty(), "no image specified");
        arguments().forEach(Wish::parse);
    }

    @Override
    void change(Node file) {
        Node images = list(file, "images");
        Map<String, Node> sorted = new TreeMap<>();
        images.items().forEach(image -> sorted.put(text(image, "name"), image));
        for (String argument : arguments()) {
            Wish wish = Wish.parse(argument);
            sorted.put(wish.name(), image(wish, sorted.getOrDefault(wish.name(), Node.map())));
        }
        images.replaceItems(sorted.values().stream().toList());
    }

    private static Node image(Wish wish, Node old) {
        Node image = Node.map();
        put(image, "name", wish.name());
        put(image, "newName", wished(wish.newName(), old, "newName"));
        put(image, "newTag", wished(wish.tag(), old, "newTag"));
        put(image, "digest", wished(wish.digest(), old, "digest"));
        return image;
    }

    private static String wished(String value, Node old, String field) {
        return value.equals(KEEP) ? text(old, field) : value;
    }
}
