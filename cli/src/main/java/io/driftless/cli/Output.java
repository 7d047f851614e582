package io.driftless.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.objects.yaml.GoYaml;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a command prints: a table for people, JSON or YAML for machines.
final class Output {
    /// The values of `-o`.
    enum Format {
        table,
        wide,
        name,
        tree,
        treeDetailed,
        json,
        yaml;

        /// As it is written on the command line.
        @Override
        public String toString() {
            return this == treeDetailed ? "tree=detailed" : name();
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private Output() {}

    /// Prints a document in a machine format.
    static void print(PrintWriter out, Format format, JsonNode document) {
        try {
            out.println(
                    format == Format.yaml
                            ? GoYaml.write(document).stripTrailing()
                            : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot print the answer", e);
        }
        out.flush();
    }

    /// A list that is not there is an empty one.
    static JsonNode listOf(JsonNode list) {
        return list.isArray() ? list : JSON.createArrayNode();
    }

    static boolean forMachines(Format format) {
        return format == Format.json || format == Format.yaml;
    }

    static boolean isTree(Format format) {
        return format == Format.tree || format == Format.treeDetailed;
    }

    /// Whether somebody reads along.
    static boolean forPeople(Format format) {
        return !forMachines(format) && format != Format.name;
    }

    /// Prints a list as the format says.
    ///
    /// @param items the answer, for machines
    /// @param header of the columns
    /// @param row the cells of an item
    /// @param name the column that `-o name` prints
    static void list(
            PrintWriter out,
            Format format,
            JsonNode items,
            List<String> header,
            Function<JsonNode, List<String>> row,
            int name) {
        List<List<String>> rows = rows(items, row);
        list(
                out,
                format,
                items,
                header,
                rows,
                rows.stream().map(cells -> cells.get(name)).toList());
    }

    /// The same where rows are not items one by one.
    ///
    /// @param names what `-o name` prints
    static void list(
            PrintWriter out,
            Format format,
            JsonNode items,
            List<String> header,
            List<List<String>> rows,
            List<String> names) {
        switch (format) {
            case json, yaml -> print(out, format, items);
            case name -> {
                names.forEach(out::println);
                out.flush();
            }
            case tree, treeDetailed ->
                throw new CommandFailure(ExitCode.FAILED, "-o tree is for one Application: driftless app get");
            case table, wide -> table(out, header, rows);
        }
    }

    /// Prints a list whose items have no name to print alone: for machines as it came, else as a table.
    static void list(
            PrintWriter out, Format format, JsonNode items, List<String> header, Function<JsonNode, List<String>> row) {
        if (forMachines(format)) {
            print(out, format, items);
        } else {
            table(out, header, rows(items, row));
        }
    }

    private static List<List<String>> rows(JsonNode items, Function<JsonNode, List<String>> row) {
        List<List<String>> rows = new ArrayList<>();
        items.forEach(item -> rows.add(row.apply(item)));
        return rows;
    }

    /// Columns as wide as their widest cell.
    static void table(PrintWriter out, List<String> header, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        int[] widths = new int[header.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }
}
