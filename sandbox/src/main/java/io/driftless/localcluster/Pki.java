package io.driftless.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The certificates and keys of one cluster, as files that its programs read. Three authorities, so that who may talk
/// to the API server is nobody to etcd, and nobody can speak for others as the aggregation layer may.
final class Pki {
    private final Path folder;
    private final CertificateAuthority users = CertificateAuthority.create("driftless-cluster");
    private final CertificateAuthority etcd = CertificateAuthority.create("driftless-etcd");
    private final CertificateAuthority frontProxy = CertificateAuthority.create("driftless-front-proxy");
    private final Identity etcdClient = etcd.client("kube-apiserver", List.of());
    private final Identity admin = users.client("admin", List.of("system:masters"));

    private Pki(Path folder) {
        this.folder = folder;
    }

    static Pki create(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Pki pki = new Pki(folder);
            pki.write("ca.crt", pki.users.certificatePem());
            pki.write("etcd-ca.crt", pki.etcd.certificatePem());
            pki.write("front-proxy-ca.crt", pki.frontProxy.certificatePem());
            pki.write("apiserver", pki.users.server("kube-apiserver"));
            pki.write("etcd", pki.etcd.server("etcd"));
            pki.write("etcd-client", pki.etcdClient);
            pki.write("front-proxy", pki.frontProxy.client("front-proxy-client", List.of()));
            if (!Files.exists(pki.file("sa.key"))) {
                // Tokens of service accounts stay valid when the cluster is started again on its data.
                pki.write("sa.key", Identity.keyPem(CertificateAuthority.newKeys()));
            }
            return pki;
        } catch (IOException e) {
            throw new LocalClusterException("certificates cannot be written to " + folder + ": " + e.getMessage(), e);
        }
    }

    private void write(String name, Identity identity) throws IOException {
        write(name + ".crt", identity.certificatePem());
        write(name + ".key", identity.keyPem());
    }

    private void write(String name, String pem) throws IOException {
        Files.writeString(file(name), pem);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    CertificateAuthority users() {
        return users;
    }

    CertificateAuthority etcd() {
        return etcd;
    }

    Identity etcdClient() {
        return etcdClient;
    }

    Identity admin() {
        return admin;
    }
}
