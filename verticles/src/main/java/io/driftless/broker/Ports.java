package io.driftless.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/// Free ports of this machine.
final class Ports {
    private Ports() {}

    /// The wanted port, which must be free; else the remembered one if it is free; else any.
    static int choose(String host, int wanted, Optional<Integer> remembered) {
        if (wanted != 0) {
            if (!free(host, wanted)) {
                throw new BrokerException("the broker cannot listen on " + host + ":" + wanted
                        + ": the port is taken; stop what holds it, or choose another port");
            }
            return wanted;
        }
        return remembered.filter(port -> free(host, port)).orElseGet(() -> any(host));
    }

    static int any(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BrokerException("the broker cannot listen on " + host + ": " + e.getMessage(), e);
        }
    }

    private static boolean free(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the broker itself does: connections of a former life in TIME_WAIT do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
