package io.driftless.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.events.ChildEvent.Info;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeFactsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The words are those that `kubectl get pods` has for the same pods.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'phase':'Pending'}|Pending",
                "{'phase':'Running','containerStatuses':[{'ready':true,'state':{'running':{}}}]}|Running",
                "{'phase':'Running','containerStatuses':[{'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]}|CrashLoopBackOff",
                "{'phase':'Failed','containerStatuses':[{'state':{'terminated':{'exitCode':2}}}]}|ExitCode:2",
                "{'phase':'Failed','containerStatuses':[{'state':{'terminated':{'signal':9}}}]}|Signal:9",
                "{'phase':'Failed','reason':'Evicted'}|Evicted",
                "{'phase':'Succeeded','containerStatuses':[{'state':{'terminated':{'reason':'Completed'}}}]}|Completed",
                "{'phase':'Running','containerStatuses':[{'state':{'terminated':{'reason':'Completed'}}},{'ready':true,'state':{'running':{}}}]}|Running",
                "{'phase':'Pending','initContainerStatuses':[{'state':{'running':{}}}]}|Init:0/1",
                "{'phase':'Pending','initContainerStatuses':[{'state':{'terminated':{'exitCode':3}}}]}|Init:ExitCode:3",
                "{'phase':'Running','initContainerStatuses':[{'state':{'terminated':{'exitCode':0}}}]}|Running"
            })
    void aPodSaysHowItDoes(String status, String expected) throws Exception {
        JsonNode pod =
                json("{'kind':'Pod','spec':{'initContainers':[{}],'containers':[{},{}]},'status':" + status + "}");
        assertThat(NodeFacts.of(pod).info()).contains(new Info("Status Reason", expected));
    }

    @Test
    void aPodThatIsBeingDeletedSaysThat() throws Exception {
        JsonNode pod = json("{'kind':'Pod','metadata':{'deletionTimestamp':'x'},'status':{'phase':'Running'}}");
        assertThat(NodeFacts.of(pod).info().getFirst().value()).isEqualTo("Terminating");
    }

    @Test
    void aPodHasItsNodeContainersRestartsImagesAndLabels() throws Exception {
        NodeFacts facts = NodeFacts.of(json("""
                {'kind':'Pod','metadata':{'labels':{'app':'web'}},
                 'spec':{'nodeName':'n1','containers':[{'image':'a:1'},{'image':'b:1'},{'image':'a:1'}]},
                 'status':{'phase':'Running','containerStatuses':[
                  {'ready':true,'restartCount':2,'state':{'running':{}}},{'ready':false,'restartCount':1,'state':{'running':{}}}]}}
                """));
        assertThat(facts.info())
                .containsExactly(
                        new Info("Status Reason", "Running"),
                        new Info("Node", "n1"),
                        new Info("Containers", "1/3"),
                        new Info("Restart Count", "3"));
        assertThat(facts.images()).containsExactly("a:1", "b:1");
        assertThat(facts.networking()).isEqualTo(json("{'labels':{'app':'web'}}"));
    }

    @Test
    void anIngressLeadsToItsServicesAndHasTheirAddresses() throws Exception {
        NodeFacts facts = NodeFacts.of(json("""
                {'kind':'Ingress','metadata':{'namespace':'shop','annotations':{'link.argocd.argoproj.io/docs':'https://docs.example.com'}},
                 'spec':{'tls':[{'hosts':['a.example.com']}],'rules':[
                  {'host':'a.example.com','http':{'paths':[{'path':'/','backend':{'service':{'name':'web'}}},
                   {'path':'/api','backend':{'service':{'name':'api'}}}]}},
                  {'host':'b.example.com','http':{'paths':[{'path':'/','backend':{'service':{'name':'web'}}}]}}]},
                 'status':{'loadBalancer':{'ingress':[{'ip':'10.0.0.1'}]}}}
                """));
        assertThat(facts.networking().path("targetRefs").findValuesAsText("name"))
                .containsExactly("web", "api");
        assertThat(facts.networking().at("/ingress/0/ip").asText()).isEqualTo("10.0.0.1");
        assertThat(facts.networking().path("externalURLs"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "http://b.example.com",
                        "https://a.example.com",
                        "https://a.example.com/api",
                        "https://docs.example.com");
    }

    @Test
    void objectsOfAnyShapeHaveFactsOrNone() throws Exception {
        for (String object : new String[] {
            "{}", "{'kind':'Pod'}", "{'kind':'Pod','spec':7,'status':[]}", "{'kind':'Ingress','spec':{'rules':{}}}"
        }) {
            NodeFacts.of(json(object));
        }
        assertThat(NodeFacts.of(json("{'kind':'ConfigMap'}")))
                .isEqualTo(new NodeFacts(java.util.List.of(), java.util.List.of(), null));
        assertThat(NodeFacts.of(
                                json(
                                        "{'kind':'ReplicaSet','metadata':{'annotations':{'deployment.kubernetes.io/revision':'3'}}}"))
                        .info())
                .containsExactly(new Info("Revision", "Rev:3"));
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
