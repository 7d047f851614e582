package io.driftless.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.events.ProjectRules;
import io.driftless.events.ResourceId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermitsTest {
    private static final Project.Target SHOP =
            new Project.Target("shop", "https://kubernetes.default.svc", "in-cluster", "shop");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {} | apps/Deployment:shop/a | true
            {} | /Namespace:/a | false
            {"clusterResourceWhitelist":[{"group":"*","kind":"*"}]} | /Namespace:/a | true
            {"clusterResourceWhitelist":[{"group":"","kind":"Namespace"}]} | rbac.authorization.k8s.io/ClusterRole:/a | false
            {"clusterResourceWhitelist":[{"group":"","kind":"Namespace","name":"team-*"}]} | /Namespace:/team-a | true
            {"clusterResourceWhitelist":[{"group":"","kind":"Namespace","name":"team-*"}]} | /Namespace:/web | false
            {"clusterResourceWhitelist":[{"group":"*","kind":"*"}],"clusterResourceBlacklist":[{"group":"","kind":"Namespace"}]} | /Namespace:/a | false
            {"namespaceResourceWhitelist":[]} | apps/Deployment:shop/a | false
            {"namespaceResourceWhitelist":[{"group":"apps","kind":"*"}]} | apps/Deployment:shop/a | true
            {"namespaceResourceWhitelist":[{"group":"apps","kind":"*"}]} | /ConfigMap:shop/a | false
            {"namespaceResourceBlacklist":[{"group":"","kind":"LimitRange"}]} | /LimitRange:shop/a | false
            {"namespaceResourceBlacklist":[{"group":"","kind":"LimitRange"}]} | /ConfigMap:shop/a | true
            {} | /ConfigMap:kube-system/a | false
            """)
    void kindsArePermittedByTheListOfTheirScope(String spec, String resource, boolean expected) {
        ProjectRules rules = project(spec).rules(SHOP);

        assertThat(Permits.permitted(rules, ResourceId.parse(resource))).isEqualTo(expected);
    }

    @Test
    void aRefusalNamesTheKindOrTheNamespace() {
        ProjectRules rules = project("{}").rules(SHOP);

        assertThat(Permits.refusal(rules, "team", ResourceId.parse("/Namespace:/a")))
                .isEqualTo("resource :Namespace is not permitted in project team");
        assertThat(Permits.refusal(rules, "team", ResourceId.parse("/ConfigMap:other/a")))
                .isEqualTo("namespace other is not permitted in project 'team'");
        assertThat(Permits.refusal(null, "team", ResourceId.parse("/Namespace:/a")))
                .isEmpty();
    }

    @Test
    void aProjectInheritsFromGlobalOnesItsLabelsSelect() {
        JsonNode team = json("{'metadata':{'name':'team','labels':{'tier':'web'}},'spec':{}}");
        JsonNode global = json("{'metadata':{'name':'global'},'spec':{'sourceRepos':['*'],"
                + "'namespaceResourceBlacklist':[{'group':'','kind':'LimitRange'}]}}");
        GlobalProjects globals = GlobalProjects.parse("""
                - labelSelector:
                    matchExpressions:
                      - {key: tier, operator: In, values: [web, api]}
                  projectName: global
                """);

        Project project = new Project(team, globals.inheritedBy(team, List.of(team, global)));

        assertThat(project.permitsSource("https://git.example/a")).isTrue();
        assertThat(Permits.permitted(project.rules(SHOP), ResourceId.parse("/LimitRange:shop/a")))
                .isFalse();
        assertThat(globals.inheritedBy(global, List.of(team, global))).isEmpty();
    }

    @Test
    void whatIsNotSupportedIsNamed() {
        String spec = "{'signatureKeys':[{'keyID':'4AEE18F83AFDEB23'}],'permitOnlyProjectScopedClusters':true}";
        assertThat(project(spec).unsupported())
                .containsExactly("spec.signatureKeys", "spec.permitOnlyProjectScopedClusters");
        assertThat(project("{'signatureKeys':[]}").unsupported()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"argocd,true", "team-a,true", "apps-1,true", "apps-x,false", "other,false"})
    void applicationsOfOtherNamespacesNeedSourceNamespaces(String namespace, boolean expected) {
        Project project = project("{\"sourceNamespaces\":[\"team-*\",\"/^apps-[0-9]+$/\"]}");

        assertThat(project.permitsApplicationsOf(namespace, "argocd")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "team-a,true",
        "not-team-a-either,true",
        "ops,true",
        "opsx,false",
        "any,false",
        "x1,true",
        "xx1,false",
        "web,true",
        "api,true",
        "kube-system,false"
    })
    void namesAndGlobsMeanTheWholeNamespaceAndExpressionsAreFoundAnywhere(String namespace, boolean expected) {
        String list = "/team-a/, ops ,/^x[0-9]$/,{web,api},/(?!kube)/,//,[z-a]";
        Project project = project("{\"sourceNamespaces\":[\"" + String.join("\",\"", list.split(",(?!api)")) + "\"]}");

        assertThat(project.permitsApplicationsOf(namespace, "argocd")).isEqualTo(expected);
        assertThat(NamespacePatterns.of(List.of("/team-a/", "ops", "/^x[0-9]$/", "{web,api}"))
                        .matches(namespace))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/(/", "/(?!kube)/", "team-{a", "[z-a]"})
    void aPatternThatCannotBeReadIsNamed(String pattern) {
        assertThatThrownBy(() -> NamespacePatterns.parse("ok," + pattern))
                .hasMessageContaining("not a pattern of namespaces: " + pattern);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'sourceRepos':['*'],'destinations':[{'server':'*','namespace':'*'}]} | true
            {'sourceRepos':['*'],'destinations':[{'name':'in-cluster','namespace':'arg*'}]} | true
            {'sourceRepos':['https://git/team'],'destinations':[{'server':'*','namespace':'*'}]} | false
            {'sourceRepos':['*','!https://evil'],'destinations':[{'server':'*','namespace':'*'}]} | false
            {'sourceRepos':['*'],'destinations':[{'server':'*','namespace':'*'},{'server':'*','namespace':'!argocd'}]} | false
            {'sourceRepos':['*'],'destinations':[{'server':'https://far','namespace':'*'}]} | false
            {'sourceRepos':['*'],'destinations':[{'server':'*','namespace':'*'}],'namespaceResourceWhitelist':[{'group':'apps','kind':'*'}]} | false
            """)
    void p01AProjectOpensTheControlPlaneWhereAnyRepositoryMayWriteIt(String spec, boolean opens) {
        assertThat(new Project(json("{'metadata':{'name':'team'},'spec':" + spec + "}"), List.of()).opens("argocd"))
                .isEqualTo(opens);
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/team-a,true",
        "https://git.example.com/team,true",
        "https://git.example.com/team-a/secret,false",
        "https://git.example.com.evil/team-a,false",
        "https://user@git.example.com/other/team-a,false",
        "https://evil/https://git.example.com/team-a,false"
    })
    void p02AGlobOfRepositoriesStopsAtTheEndOfAPartOfThePath(String url, boolean permitted) {
        assertThat(project("{'sourceRepos':['https://git.example.com/team*']}").permitsSource(url))
                .isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'sourceRepos':['*','!https://git/secret']} | https://git/secret | false
            {'sourceRepos':['!https://git/secret','https://git/secret']} | https://git/secret | false
            {'sourceRepos':['*','!https://git/secret']} | https://git/other | true
            {'sourceRepos':['!https://git/secret']} | https://git/other | true
            {'sourceRepos':[]} | https://git/other | false
            {} | https://git/other | false
            """)
    void p03ADenialWinsAndAnEmptyListAllowsNothing(String spec, String url, boolean permitted) {
        assertThat(project(spec).permitsSource(url)).isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{'server':'*','namespace':'*'},{'server':'*','namespace':'!shop'}] | false
            [{'server':'*','namespace':'!shop'},{'server':'*','namespace':'shop'}] | false
            [{'server':'*','namespace':'*'},{'server':'*','namespace':'!other'}] | true
            [] | false
            """)
    void p03ADeniedNamespaceIsNoDestinationWhateverAllowsIt(String destinations, boolean permitted) {
        assertThat(project("{'destinations':" + destinations + "}").permitsDestination(SHOP))
                .isEqualTo(permitted);
    }

    private static Project project(String spec) {
        JsonNode node = json("{'metadata':{'name':'team'},'spec':" + spec + "}");
        if (!node.path("spec").has("destinations")) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) node.path("spec"))
                    .set(
                            "destinations",
                            json("[{'server':'*','namespace':'shop'},{'server':'https://x','namespace':'*'}]"));
        }
        return new Project(node, List.of());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
