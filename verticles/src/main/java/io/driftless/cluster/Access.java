package io.driftless.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;

/// How an API server is reached: a client with credentials, which may be others later.
interface Access extends AutoCloseable {
    /// The client to ask with now. Fails with [ClusterUnreachableException] where none can be made.
    KubernetesClient client();

    /// Looks for other credentials after those of this client were refused, or did not lead to the server. True when
    /// there are.
    boolean renewed(KubernetesClient refused);

    /// What to say when the server does not take the credentials.
    String refusal(String message);

    @Override
    void close();

    /// A client that stays as it is, such as that of a kubeconfig.
    record Fixed(KubernetesClient client) implements Access {
        @Override
        public boolean renewed(KubernetesClient refused) {
            return false;
        }

        @Override
        public String refusal(String message) {
            return message;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
