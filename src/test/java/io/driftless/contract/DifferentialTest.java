package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Random requests to both servers at once. `-Dcontract.differential.seeds=FROM-TO` takes other seeds than the few of
/// every build, `-Dcontract.differential.kinds=endpoints,events` only these resources, and
/// `-Dcontract.differential=rare` also sends what the sandbox is known to answer otherwise.
@ExtendWith(DifferentialTest.RealOne.class)
class DifferentialTest {
    private static final String SEEDS = System.getProperty("contract.differential.seeds", "1-2");
    private static final Set<String> KINDS =
            Set.of(System.getProperty("contract.differential.kinds", "all").split(","));
    private static final boolean RARE = "rare".equals(System.getProperty("contract.differential"));

    static final class RealOne implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RealServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            RealCluster.absence().ifPresent(why -> Assumptions.assumeTrue(false, why));
            return new RealServer(RealCluster.of(context));
        }
    }

    @Test
    @Timeout(1200)
    void bothServersAnswerTheSame(RealServer real) {
        Vertx vertx = Vertx.vertx();
        try (Sandbox sandbox = Sandbox.start(vertx, SandboxOptions.loopback()).await();
                HttpClient http = HttpClient.newHttpClient()) {
            Api api = new Api(http, sandbox.url(), Map.of());
            DifferentialCrd.serve(real.api());
            real.deleteLater(DifferentialCrd.PATH + "/widgets.differential.example.com");
            DifferentialCrd.serve(api);
            String namespace = api.post("/api/v1/namespaces", "metadata: {name: random}")
                    .expect(201)
                    .text("/metadata/name");
            // Where nothing else happens, so that nobody tells of it.
            String elsewhere = real.namespace() + "-quiet";
            String quietPlace = "metadata: {name: " + elsewhere + "}";
            real.deleteLater("/api/v1/namespaces/" + elsewhere);
            real.api().post("/api/v1/namespaces", quietPlace).expect(201);
            api.post("/api/v1/namespaces", quietPlace).expect(201);
            Differential quiet = new Differential(real.api(), elsewhere, api, elsewhere);
            Differential both = new Differential(real.api(), real.namespace(), api, namespace);

            List<String> differences = new ArrayList<>();
            String[] range = SEEDS.split("-");
            LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]))
                    .forEach(seed -> RandomKind.all().stream()
                            .filter(kind -> KINDS.contains("all") || KINDS.contains(kind.resource()))
                            .forEach(kind -> differences.addAll((kind.resource().equals("events") ? quiet : both)
                                    .of(seed, RARE ? kind.withRare() : kind))));

            assertThat(differences).as("seeds %s", SEEDS).isEmpty();
        } finally {
            real.close();
            vertx.close().await();
        }
    }
}
