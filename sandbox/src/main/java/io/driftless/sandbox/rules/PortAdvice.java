package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Warnings about ports of the containers of a pod that are said twice.
public final class PortAdvice {
    /// A port, and where it is.
    record Seen(String at, String port, String container, String host) {}

    private PortAdvice() {}

    /// @param seen the ports of the containers before this one, to which its own are added
    static void add(String container, JsonNode ports, List<Seen> seen, List<String> out) {
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.get(i);
            String here = container + ".ports[" + i + "]";
            String number = port.path("containerPort").asText() + "/"
                    + port.path("protocol").asText();
            String address = port.path("hostIP").asText();
            int host = port.path("hostPort").asInt();
            if (!address.isEmpty() && host == 0) {
                out.add(here + ": hostIP set without hostPort: {Name:"
                        + port.path("name").asText()
                        + " HostPort:0 ContainerPort:"
                        + port.path("containerPort").asText() + " Protocol:"
                        + port.path("protocol").asText() + " HostIP:" + address + "}");
            }
            Seen own = new Seen(here, number + "/" + host + "/" + address, container, number);
            boolean told = false;
            for (Seen other : seen) {
                if (!told && own.port().equals(other.port()) && (host != 0 || container.equals(other.container()))) {
                    out.add(here + ": duplicate port definition with " + other.at());
                    told = true;
                } else if (!told && container.equals(other.container()) && number.equals(other.host())) {
                    out.add(here + ": overlapping port definition with " + other.at());
                    told = true;
                }
            }
            seen.add(own);
        }
    }
}
