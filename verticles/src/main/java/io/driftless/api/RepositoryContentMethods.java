package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.settings.HttpLogin;
import io.driftless.settings.RepositoryLogins;
import io.driftless.settings.RepositorySecret;

/// What is in a repository: its refs, its applications, what a source would deploy. A repository need not be declared,
/// but he who asks must be allowed to see it.
final class RepositoryContentMethods {
    private static final String SERVICE = "repository.RepositoryService/";
    private final RepositoryLogins logins;
    private final Security security;
    private final Sources sources;
    private final ProjectPermits permits;
    private final ApplicationCache applications;
    private final String home;

    RepositoryContentMethods(
            RepositoryLogins logins,
            Security security,
            Sources sources,
            ProjectPermits permits,
            ApplicationCache applications,
            String home) {
        this.logins = logins;
        this.security = security;
        this.sources = sources;
        this.permits = permits;
        this.applications = applications;
        this.home = home;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "ListRefs", this::refs)
                .unary(SERVICE + "ListApps", this::apps)
                .unary(SERVICE + "GetAppDetails", this::details)
                .unary(SERVICE + "GetHelmCharts", (call, request) -> {
                    seen(call, request.path("repo").asText(""), request);
                    throw HttpFailure.unsupported("listing Helm charts");
                })
                .unary(SERVICE + "ListOCITags", (call, request) -> {
                    seen(call, request.path("repo").asText(""), request);
                    throw HttpFailure.unsupported("listing tags of OCI repositories");
                });
    }

    private JsonNode refs(Call call, ObjectNode request) {
        String url = seen(call, request.path("repo").asText(""), request);
        HttpLogin login = logins.of(url, project(url, request)).orElse(HttpLogin.NONE);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode branches = answer.putArray("branches");
        ArrayNode tags = answer.putArray("tags");
        for (String name : GitRemote.refs(url, login)) {
            if (name.startsWith("refs/heads/")) {
                branches.add(name.substring("refs/heads/".length()));
            } else if (name.startsWith("refs/tags/") && !name.endsWith("^{}")) {
                tags.add(name.substring("refs/tags/".length()));
            }
        }
        return answer;
    }

    private JsonNode apps(Call call, ObjectNode request) {
        String url = seen(call, request.path("repo").asText(""), request);
        String project = ApplicationAccess.project(mayUse(call, request, url));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        sources.applications(project, url, request.path("revision").asText(""))
                .forEach(found -> items.addObject().put("type", found.type()).put("path", found.path()));
        return answer;
    }

    private JsonNode details(Call call, ObjectNode request) {
        JsonNode source = request.path("source");
        String url = seen(call, source.path("repoURL").asText(""), request);
        JsonNode application = mayUse(call, request, url);
        Sources.Details details = sources.details(source, application);
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("type", details.type());
        ObjectNode part = answer.putObject(details.type().equals("Kustomize") ? "kustomize" : "directory");
        if (details.type().equals("Kustomize") && !details.images().isEmpty()) {
            details.images().forEach(part.putArray("images")::add);
        }
        return answer;
    }

    /// The address, if the caller may see that repository.
    private String seen(Call call, String url, ObjectNode request) {
        if (url.isBlank()) {
            throw HttpFailure.invalid("field repo is missing");
        }
        String project = project(url, request);
        boolean own = logins.repository(url, project).isPresent()
                || logins.owner(url, project).equals(project);
        security.rbac()
                .require(call.caller(), "repositories", "get", own && !project.isEmpty() ? project + '/' + url : url);
        return url;
    }

    /// The project that is asked about; where none is named, that of the Secret that declares the repository.
    private String project(String url, ObjectNode request) {
        String asked = request.path("appProject").asText("");
        return asked.isEmpty()
                ? logins.repository(url, "").map(RepositorySecret::project).orElse("")
                : asked;
    }

    /// Content is shown for an Application: one that the caller sees, or could make, in a project that may read the
    /// repository. Else everybody who sees that a repository is declared could read what is in it.
    private JsonNode mayUse(Call call, ObjectNode request, String url) {
        String project = request.path("appProject").asText("");
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        String named = request.path("appName").asText("");
        wanted.putObject("metadata").put("name", named).put("namespace", home);
        wanted.putObject("spec").put("project", project.isEmpty() ? "default" : project);
        JsonNode application = named.isEmpty()
                ? wanted
                : applications
                        .get(new ApplicationName(home, named))
                        .<JsonNode>map(HeldApplication::tree)
                        .orElse(wanted);
        String object = ApplicationAccess.project(application) + '/' + (named.isEmpty() ? "*" : named);
        boolean existing = application != wanted;
        if (!existing || !security.rbac().allows(call.caller(), ApplicationAccess.RESOURCE, "get", object)) {
            security.rbac().require(call.caller(), ApplicationAccess.RESOURCE, "create", object);
        }
        permits.checkSource(ApplicationAccess.project(application), url);
        return application;
    }
}
