#!/bin/sh
# Makes the repository of the demo where there is none, then serves it.
#   REPOSITORY   its address for the other containers
#   SEED         the tree of its first commit, in which GITOPS_CONFIG_URL stands for that address
#   WEBHOOK      where pushes are told
set -eu
export GIT_PROJECT_ROOT="${GIT_PROJECT_ROOT:-/repositories}" PUSH_URL="$REPOSITORY" WEBHOOK_URL="$WEBHOOK"
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
bare=$GIT_PROJECT_ROOT/gitops-config.git

if [ ! -f "$bare/seeded" ]; then
    rm -rf "$bare"
    git init -q --bare -b main "$bare"
    # Anonymous pushes: the port is published on the loopback address only.
    git -C "$bare" config http.receivepack true
    work=$(mktemp -d)
    cp -R "$SEED/." "$work/"
    grep -rl GITOPS_CONFIG_URL "$work" | xargs sed -i "s|GITOPS_CONFIG_URL|$REPOSITORY|g"
    git -C "$work" init -q -b main
    git -C "$work" add -A
    git -C "$work" -c user.name=demo -c user.email=demo@example.com commit -q -m "The configuration of myapp"
    git -C "$work" push -q "$bare" main
    rm -rf "$work"
    touch "$bare/seeded"
fi
cp "$here/post-receive.sh" "$bare/hooks/post-receive"
chmod +x "$bare/hooks/post-receive"
exec lighttpd -D -f "$here/lighttpd.conf"
