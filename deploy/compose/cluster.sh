#!/bin/sh
# Prepares the cluster of compose.yaml for the stages. Safe to repeat.
#   REPOSITORY   address of the repository that the root Application deploys
set -eu
# Other containers reach the API server by its name. Every stage gets the administrator's rights here;
# deploy/install.yaml shows which ones each really needs.
sed 's|https://127.0.0.1:6443|https://k3s:6443|' /etc/rancher/k3s/k3s.yaml >/kubeconfig/config
chmod 0644 /kubeconfig/config
export KUBECONFIG=/kubeconfig/config
kubectl apply -f /deploy/namespace.yaml
kubectl apply --server-side -f /deploy/crds
kubectl wait --for=condition=Established --timeout=60s \
    crd/applications.argoproj.io crd/appprojects.argoproj.io crd/applicationsets.argoproj.io
sed "s|GITOPS_CONFIG_URL|$REPOSITORY|" /deploy/demo/gitops-config/root-app.yaml | kubectl apply -f -
