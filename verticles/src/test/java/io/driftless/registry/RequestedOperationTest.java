package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.SyncRequested.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody writes into `operation` with kubectl.
class RequestedOperationTest {
    private final List<SyncRequested> requested = new ArrayList<>();

    private String read(String operation) throws Exception {
        JsonNode object = new ObjectMapper().readTree(("""
                {'metadata':{'namespace':'argocd','name':'web','uid':'u','resourceVersion':'7'},
                 'spec':{'source':{'path':'a'}},
                 'status':{'resources':[{'group':'apps','kind':'Deployment','namespace':'shop','name':'web'},
                                        {'group':'apps','kind':'Deployment','namespace':'other','name':'web'},
                                        {'kind':'Service','namespace':'shop','name':'web'}]},
                 'operation':%s}""".formatted(operation)).replace('\'', '"'));
        return new RequestedOperation(
                        object,
                        changed -> changed.at("/spec/source/path").asText().equals("bad") ? "not permitted" : "")
                .read(requested::add);
    }

    @Test
    void allThatIsAskedForIsCarried() throws Exception {
        assertThat(read("""
                {'initiatedBy':{'username':'ann'},
                 'info':[{'name':'reason','value':'release'},{'name':'empty'}],
                 'retry':{'limit':3,'backoff':{'duration':'10s','factor':3,'maxDuration':'1m'}},
                 'sync':{'revision':'v1','prune':true,'dryRun':true,'syncOptions':['Replace=true'],
                         'syncStrategy':{'apply':{'force':true}},
                         'source':{'path':'b'},
                         'resources':[{'group':'apps','kind':'Deployment','name':'web','namespace':'shop'}]}}
                """)).isEmpty();
        SyncRequested request = requested.getFirst();
        assertThat(request.id()).isEqualTo("u-7");
        assertThat(request.requestedBy()).isEqualTo("ann");
        assertThat(request.infos()).isEqualTo(Map.of("reason", "release", "empty", ""));
        assertThat(request.retry()).isEqualTo(new Retry(3, 10_000, 3, 60_000));
        assertThat(request.revision()).isEqualTo("v1");
        assertThat(request.prune()).isTrue();
        assertThat(request.dryRun()).isTrue();
        assertThat(request.syncOptions()).containsExactly("Replace=true");
        assertThat(request.strategy()).isEqualTo(new Strategy("apply", true));
        assertThat(request.resources()).extracting(Object::toString).containsExactly("apps/Deployment:shop/web");
        assertThat(request.source()).isEqualTo(new ObjectMapper().readTree("{\"path\":\"b\"}"));
    }

    @Test
    void aRetryMayTakeTheNewestCommitOfWhatTheApplicationFollows() throws Exception {
        assertThat(read("{'sync':{'revision':'HEAD'},'retry':{'limit':1,'refresh':true}}"))
                .isEmpty();
        assertThat(requested.getFirst().retry()).isEqualTo(new Retry(1, 5_000, 2, 180_000, true));
    }

    @Test
    void aResourceWithoutANamespaceIsThatOfEveryNamespace() throws Exception {
        assertThat(read("{'sync':{'resources':[{'group':'apps','kind':'Deployment','name':'web'}]}}"))
                .isEmpty();
        assertThat(requested.getFirst().resources())
                .extracting(Object::toString)
                .containsExactly("apps/Deployment:shop/web", "apps/Deployment:other/web");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'info':[]} | operation.sync is missing",
                "{'sync':{'manifests':['a']}} | operation.sync.manifests is not supported yet",
                "{'sync':{'revisions':['a']}} | operation.sync.revisions is not supported yet",
                "{'sync':{'sources':[{}]}} | operation.sync.sources is not supported yet",
                "{'sync':{'autoHealAttemptsCount':2}} | operation.sync.autoHealAttemptsCount cannot be asked for",
                "{'sync':{},'initiatedBy':{'automated':true}} | operation.initiatedBy.automated",
                "{'sync':{'revision':'v1'},'retry':{'refresh':true}} | operation.retry.refresh with a revision that",
                "{'sync':{},'retry':{'backoff':{'duration':'soon'}}} | operation.retry.backoff.duration soon is not a duration",
                "{'sync':{},'retry':{'backoff':{'factor':0}}} | operation.retry.backoff.factor must be at least 1",
                "{'sync':{},'info':[{'value':'x'}]} | operation.info: each needs a name",
                "{'sync':{'syncStrategy':{'apply':{},'hook':{}}}} | names apply and hook",
                "{'sync':{'resources':[{'kind':'Deployment'}]}} | operation.sync.resources",
                "{'sync':{'resources':[{'kind':'Deployment','name':'x'}]}} | has no resource /Deployment:/x",
                "{'sync':{'source':{'path':'bad'}}} | not permitted"
            })
    void whatCannotBeDoneIsRefusedByName(String operation, String why) throws Exception {
        assertThat(read(operation)).contains(why);
        assertThat(requested).isEmpty();
    }
}
