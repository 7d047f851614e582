package io.driftless.localcluster;

import java.nio.file.Path;
import java.util.List;

/// The arguments of each program. Everything listens on the loopback address alone.
record Flags(Path data, Ports ports, Pki pki) {
    List<String> etcd() {
        String client = "https://127.0.0.1:" + ports.etcd();
        String peer = "https://127.0.0.1:" + ports.peer();
        return List.of(
                "--name=default",
                "--data-dir=" + data.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--cert-file=" + pki.file("etcd.crt"),
                "--key-file=" + pki.file("etcd.key"),
                "--client-cert-auth",
                "--trusted-ca-file=" + pki.file("etcd-ca.crt"),
                "--peer-cert-file=" + pki.file("etcd.crt"),
                "--peer-key-file=" + pki.file("etcd.key"),
                "--peer-client-cert-auth",
                "--peer-trusted-ca-file=" + pki.file("etcd-ca.crt"),
                "--unsafe-no-fsync");
    }

    List<String> apiServer() {
        return List.of(
                "--etcd-servers=https://127.0.0.1:" + ports.etcd(),
                "--etcd-cafile=" + pki.file("etcd-ca.crt"),
                "--etcd-certfile=" + pki.file("etcd-client.crt"),
                "--etcd-keyfile=" + pki.file("etcd-client.key"),
                "--bind-address=127.0.0.1",
                "--secure-port=" + ports.apiServer(),
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--tls-cert-file=" + pki.file("apiserver.crt"),
                "--tls-private-key-file=" + pki.file("apiserver.key"),
                "--client-ca-file=" + pki.file("ca.crt"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + pki.file("sa.key"),
                "--service-account-signing-key-file=" + pki.file("sa.key"),
                "--service-cluster-ip-range=10.96.0.0/16",
                "--authorization-mode=Node,RBAC",
                "--allow-privileged=true",
                "--requestheader-client-ca-file=" + pki.file("front-proxy-ca.crt"),
                "--requestheader-allowed-names=front-proxy-client",
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--proxy-client-cert-file=" + pki.file("front-proxy.crt"),
                "--proxy-client-key-file=" + pki.file("front-proxy.key"));
    }

    List<String> controllers(Path kubeconfig) {
        return List.of(
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--use-service-account-credentials=true",
                "--service-account-private-key-file=" + pki.file("sa.key"),
                "--root-ca-file=" + pki.file("ca.crt"),
                "--allocate-node-cidrs=false",
                "--kube-api-qps=1000",
                "--kube-api-burst=2000",
                "--bind-address=127.0.0.1",
                "--secure-port=" + ports.controllers());
    }

    List<String> scheduler(Path kubeconfig) {
        return List.of(
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--kube-api-qps=1000",
                "--kube-api-burst=2000",
                "--bind-address=127.0.0.1",
                "--secure-port=" + ports.scheduler());
    }

    List<String> kwok(Path kubeconfig, Path stages) {
        return List.of(
                "--kubeconfig=" + kubeconfig,
                "--config=" + stages,
                "--manage-all-nodes=true",
                "--node-lease-duration-seconds=40",
                "--node-ip=127.0.0.1",
                "--cidr=10.244.0.0/16",
                "--server-address=127.0.0.1:" + ports.kwok());
    }
}
