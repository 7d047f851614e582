package io.driftless.kustomize.file;

import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Helm charts of a kustomization, in either spelling.
public record HelmEntries(String chartHome, String configHome, List<HelmChart> charts) {

    /// One chart to inflate.
    public record HelmChart(
            String name,
            String version,
            String repo,
            String releaseName,
            String namespace,
            List<String> additionalValuesFiles,
            String valuesFile,
            @Nullable Node valuesInline,
            String valuesMerge,
            boolean includeCrds,
            boolean skipHooks,
            List<String> apiVersions,
            String kubeVersion,
            String nameTemplate,
            boolean skipTests,
            boolean debug,
            boolean devel) {
        public static HelmChart of(Decoder in) {
            HelmChart chart = new HelmChart(
                    in.string("name"),
                    in.string("version"),
                    in.string("repo"),
                    in.string("releaseName"),
                    in.string("namespace"),
                    in.strings("additionalValuesFiles"),
                    in.string("valuesFile"),
                    in.node("valuesInline"),
                    in.string("valuesMerge"),
                    in.flag("includeCRDs"),
                    in.flag("skipHooks"),
                    in.strings("apiVersions"),
                    in.string("kubeVersion"),
                    in.string("nameTemplate"),
                    in.flag("skipTests"),
                    in.flag("debug"),
                    in.flag("devel"));
            in.done();
            return chart;
        }

        public HelmChart inNamespace(String other) {
            return new HelmChart(
                    name,
                    version,
                    repo,
                    releaseName,
                    other,
                    additionalValuesFiles,
                    valuesFile,
                    valuesInline,
                    valuesMerge,
                    includeCrds,
                    skipHooks,
                    apiVersions,
                    kubeVersion,
                    nameTemplate,
                    skipTests,
                    debug,
                    devel);
        }
    }

    static HelmEntries of(Decoder in) {
        String[] homes = in.object("helmGlobals", "types.HelmGlobals", globals -> {
            String[] found = {globals.string("chartHome"), globals.string("configHome")};
            globals.done();
            return found;
        });
        String[] oldHomes = {"", ""};
        List<HelmChart> charts = new ArrayList<>(in.objects("helmCharts", "types.HelmChart", HelmChart::of));
        charts.addAll(in.objects("helmChartInflationGenerator", "types.HelmChartArgs", old -> legacy(old, oldHomes)));
        String[] used = homes == null ? oldHomes : homes;
        return new HelmEntries(used[0], used[1], charts);
    }

    private static HelmChart legacy(Decoder in, String[] homes) {
        String helmHome = in.string("helmHome");
        String chartHome = in.string("chartHome");
        homes[0] = chartHome.isEmpty() ? homes[0] : chartHome;
        homes[1] = helmHome.isEmpty() ? homes[1] : helmHome;
        in.string("chartRepoName");
        in.string("helmBin");
        in.string("releaseNamespace");
        in.strings("extraArgs");
        HelmChart chart = new HelmChart(
                in.string("chartName"),
                in.string("chartVersion"),
                in.string("chartRepoUrl"),
                in.string("releaseName"),
                "",
                List.of(),
                in.string("values"),
                in.node("valuesLocal"),
                in.string("valuesMerge"),
                false,
                false,
                List.of(),
                "",
                "",
                false,
                false,
                false);
        in.done();
        return chart;
    }
}
