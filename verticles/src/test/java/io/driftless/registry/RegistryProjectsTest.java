package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.cluster.Cluster.Delete;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.ApplicationName;
import io.driftless.events.ProjectRules.KindRule;
import io.driftless.events.ResourceId;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// Applications are held to their projects.
class RegistryProjectsTest extends RunningRegistry {
    @Test
    void anApplicationIsHeldToItsProjectWheneverThatChanges() throws Exception {
        sandbox.create(application("held", "p", "team"));
        sandbox.create(application("free", "p"));
        await().atMost(LIMIT).until(() -> said("argocd/held", ApplicationRejected.class) == 1);
        assertThat(rejection("held")).startsWith("Application referencing project team which does not exist");

        sandbox.create(project("https://x/*", "n"));
        await().atMost(LIMIT).until(() -> said("argocd/held", ApplicationDeclared.class) == 1);
        ApplicationDeclared declared = (ApplicationDeclared)
                events("argocd/held", ApplicationDeclared.class).getFirst();
        assertThat(declared.rules()).isNotNull();
        assertThat(declared.rules().namespaces()).containsExactly("n");

        cluster.mergePatch(
                new ResourceId("argoproj.io", "AppProject", "argocd", "team"),
                null,
                "",
                json("{'spec':{'sourceRepos':['*'],'clusterResourceWhitelist':[{'group':'','kind':'Namespace'}]}}"));
        await().atMost(LIMIT).until(() -> said("argocd/held", ApplicationDeclared.class) == 2);
        assertThat(events("argocd/held", ApplicationDeclared.class))
                .extracting(event -> ((ApplicationDeclared) event).generation())
                .containsOnly(declared.generation());

        cluster.mergePatch(
                new ResourceId("argoproj.io", "AppProject", "argocd", "team"),
                null,
                "",
                json("{'spec':{'sourceRepos':['*','!https://x/y']}}"));
        await().atMost(LIMIT).until(() -> said("argocd/held", ApplicationRejected.class) == 2);
        assertThat(rejection("held")).isEqualTo("application repo https://x/y is not permitted in project 'team'");
        await().atMost(LIMIT)
                .until(() -> "InvalidSpecError"
                        .equals(status("held").at("/conditions/0/type").asText()));
        assertThat(said("argocd/free", ApplicationDeclared.class)).isEqualTo(1);
    }

    @Test
    void aProjectThatIsDeletedStaysUntilItsLastApplicationIsGone() throws Exception {
        ResourceId id = new ResourceId("argoproj.io", "AppProject", "argocd", "leaving");
        sandbox.create(json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'AppProject',
                 'metadata':{'namespace':'argocd','name':'leaving','finalizers':['resources-finalizer.argocd.argoproj.io','kept/other']},
                 'spec':{'sourceRepos':['*'],'destinations':[{'server':'*','namespace':'*'}]}}"""));
        sandbox.create(application("last", "p", "leaving"));
        await().atMost(LIMIT).until(() -> said("argocd/last", ApplicationDeclared.class) == 1);

        cluster.delete(id, null, new Delete(null, null, "Background", false));
        cluster.mergePatch(id, null, "", json("{'spec':{'description':'on its way'}}"));
        sandbox.create(application("later", "p"));
        await().atMost(LIMIT).until(() -> said("argocd/later", ApplicationDeclared.class) == 1);
        assertThat(cluster.get(id, null).orElseThrow().at("/metadata/finalizers"))
                .hasSize(2);

        cluster.delete(
                Applications.resource(new ApplicationName("argocd", "last")),
                null,
                new Delete(null, null, "Background", false));
        await().atMost(LIMIT)
                .until(() -> cluster.get(id, null)
                                .orElseThrow()
                                .at("/metadata/finalizers")
                                .size()
                        == 1);
        assertThat(cluster.get(id, null)
                        .orElseThrow()
                        .at("/metadata/finalizers/0")
                        .asText())
                .isEqualTo("kept/other");
    }

    @Test
    void globalProjectsOfTheConfigMapRestrictTheOthers() throws Exception {
        sandbox.create(json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'AppProject',
                 'metadata':{'namespace':'argocd','name':'org'},
                 'spec':{'clusterResourceBlacklist':[{'group':'','kind':'Namespace'}]}}"""));
        sandbox.create(json("""
                {'apiVersion':'argoproj.io/v1alpha1','kind':'AppProject',
                 'metadata':{'namespace':'argocd','name':'web','labels':{'org':'acme'}},
                 'spec':{'sourceRepos':['*'],'destinations':[{'server':'*','namespace':'*'}]}}"""));
        sandbox.create(application("global", "p", "web"));
        await().atMost(LIMIT).until(() -> said("argocd/global", ApplicationDeclared.class) == 1);

        sandbox.create(json("""
                {'apiVersion':'v1','kind':'ConfigMap','metadata':{'namespace':'argocd','name':'argocd-cm'},
                 'data':{'globalProjects':'[{labelSelector: {matchLabels: {org: acme}}, projectName: org}]'}}"""));

        await().atMost(LIMIT).until(() -> said("argocd/global", ApplicationDeclared.class) == 2);
        ApplicationDeclared declared = (ApplicationDeclared)
                events("argocd/global", ApplicationDeclared.class).getLast();
        assertThat(declared.rules().clusterResourceBlacklist()).containsExactly(new KindRule("", "Namespace", ""));
    }

    private static String rejection(String name) {
        ApplicationRejected rejected = (ApplicationRejected)
                events("argocd/" + name, ApplicationRejected.class).getLast();
        return rejected.conditions().getFirst().message();
    }

    @Test
    void aProjectThatTheWatchHasNotBroughtIsAskedFor() throws Exception {
        Projects unwatched = new Projects(changed -> {});
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        ProjectLookup lookup = new ProjectLookup(unwatched, cluster, "argocd", clock);
        assertThat(lookup.get("unheard")).isEmpty();
        sandbox.create(json("{'apiVersion':'argoproj.io/v1alpha1','kind':'AppProject',"
                + "'metadata':{'name':'unheard','namespace':'argocd'},'spec':{'sourceRepos':['*']}}"));

        assertThat(lookup.get("unheard")).as("asked a moment ago").isEmpty();
        assertThat(new ProjectLookup(unwatched, cluster, "argocd", clock).get("unheard"))
                .hasValueSatisfying(project -> assertThat(project.name()).isEqualTo("unheard"));
    }
}
