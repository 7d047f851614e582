package io.driftless.sandbox.git;

/// How often the server was asked, by kind of request, since it started.
///
/// @param infoRefs     ref advertisements (`info/refs`), for reading and for pushing
/// @param lsRefs       protocol-v2 `ls-refs` commands
/// @param fetches      requests for a pack: protocol-v2 `fetch` commands, and any `git-upload-pack` request of
/// v0
/// @param receivePacks pushes
public record GitRequests(long infoRefs, long lsRefs, long fetches, long receivePacks) {

    public GitRequests minus(GitRequests earlier) {
        return new GitRequests(
                infoRefs - earlier.infoRefs,
                lsRefs - earlier.lsRefs,
                fetches - earlier.fetches,
                receivePacks - earlier.receivePacks);
    }
}
