package io.driftless.localcluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Ports of the loopback address that nobody uses at the moment, one for each program.
record Ports(int etcd, int peer, int apiServer, int controllers, int scheduler, int kwok) {
    /// With this port for the API server, 0 for a free one.
    static Ports free(int apiServer) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            try {
                // All are held until the last is found, so that no two are the same.
                for (int i = 0; i < 6; i++) {
                    held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                }
            } finally {
                for (ServerSocket socket : held) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new LocalClusterException("there are no free ports: " + e.getMessage(), e);
        }
        int[] ports = held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        return new Ports(ports[0], ports[1], apiServer == 0 ? ports[2] : apiServer, ports[3], ports[4], ports[5]);
    }
}
