package io.driftless.sandbox.git;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Git's smart HTTP protocol: `info/refs`, `git-upload-pack` and `git-receive-pack`, versions 0 and 2.
///
/// A request is read whole on the event loop and answered on a virtual thread, because JGit blocks.
final class GitHttp implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(GitHttp.class);
    private static final long MAX_BODY_BYTES = 512L << 20;
    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";

    private final ServedRepositories repositories;
    private final GitServerOptions options;
    private final ExecutorService threads;
    private final Consumer<Push> pushed;
    private final AtomicLong infoRefs = new AtomicLong();
    private final AtomicLong lsRefs = new AtomicLong();
    private final AtomicLong fetches = new AtomicLong();
    private final AtomicLong receivePacks = new AtomicLong();

    GitHttp(ServedRepositories repositories, GitServerOptions options, ExecutorService threads, Consumer<Push> pushed) {
        this.repositories = repositories;
        this.options = options;
        this.threads = threads;
        this.pushed = pushed;
    }

    GitRequests requests() {
        return new GitRequests(infoRefs.get(), lsRefs.get(), fetches.get(), receivePacks.get());
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!authorised(request)) {
            request.response()
                    .putHeader("WWW-Authenticate", "Basic realm=\"git\"")
                    .setStatusCode(401)
                    .end("credentials needed\n");
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() + (long) part.length() > MAX_BODY_BYTES) {
                request.handler(ignored -> {});
                refuse(request.response(), 413, "the request is larger than " + MAX_BODY_BYTES + " bytes");
            } else {
                body.appendBuffer(part);
            }
        });
        request.exceptionHandler(gone -> LOG.debug("client left during {}", request.path()));
        request.endHandler(end -> {
            if (!request.response().ended()) {
                try {
                    threads.execute(() -> answer(request, body));
                } catch (RejectedExecutionException closing) {
                    refuse(request.response(), 503, "the server is closing");
                }
            }
        });
    }

    private void answer(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        try {
            route(request, response, body);
        } catch (IllegalArgumentException e) {
            refuse(response, 404, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} {} failed", request.method(), request.path(), e);
            if (response.headWritten()) {
                // Too late for a status: an ended answer would look complete to the client.
                request.connection().close();
            } else {
                refuse(response, 500, "request failed: " + e.getMessage());
            }
        }
    }

    private void route(HttpServerRequest request, HttpServerResponse response, Buffer body) throws IOException {
        String path = request.path();
        response.putHeader("Cache-Control", "no-cache, max-age=0, must-revalidate");
        if (request.method() == HttpMethod.GET && path.endsWith("/info/refs")) {
            advertise(repository(path, "/info/refs"), request, response);
        } else if (request.method() == HttpMethod.POST && path.endsWith("/" + UPLOAD)) {
            upload(repository(path, "/" + UPLOAD), request, response, content(request, body));
        } else if (request.method() == HttpMethod.POST && path.endsWith("/" + RECEIVE)) {
            String name = ServedRepositories.name(path.substring(1, path.length() - RECEIVE.length() - 1));
            receive(name, repository(path, "/" + RECEIVE), response, content(request, body));
        } else {
            refuse(response, 404, "not a Git request");
        }
    }

    private Repository repository(String path, String suffix) {
        String name = ServedRepositories.name(path.substring(1, Math.max(1, path.length() - suffix.length())));
        Repository repository = repositories.find(name);
        if (repository == null) {
            throw new IllegalArgumentException("repository '" + name + "' does not exist");
        }
        return repository;
    }

    private void advertise(Repository repository, HttpServerRequest request, HttpServerResponse response)
            throws IOException {
        infoRefs.incrementAndGet();
        String service = String.valueOf(request.getParam("service"));
        if (!service.equals(UPLOAD) && !service.equals(RECEIVE)) {
            refuse(response, 403, "only the smart protocol is served; update the Git client");
            return;
        }
        response.putHeader("Content-Type", "application/x-" + service + "-advertisement");
        try (ResponseStream out = new ResponseStream(response)) {
            var packets = new PacketLineOut(out);
            var lines = new PacketLineOutRefAdvertiser(packets);
            if (service.equals(UPLOAD)) {
                try (UploadPack pack = uploadPack(repository, request)) {
                    pack.sendAdvertisedRefs(lines, UPLOAD);
                }
            } else {
                packets.writeString("# service=" + RECEIVE + "\n");
                packets.end();
                receivePack(repository).sendAdvertisedRefs(lines);
            }
        }
    }

    private void upload(Repository repository, HttpServerRequest request, HttpServerResponse response, byte[] body)
            throws IOException {
        boolean listing =
                new String(body, 0, Math.min(body.length, 32), StandardCharsets.ISO_8859_1).contains("command=ls-refs");
        (listing ? lsRefs : fetches).incrementAndGet();
        response.putHeader("Content-Type", "application/x-" + UPLOAD + "-result");
        try (UploadPack pack = uploadPack(repository, request)) {
            ResponseStream out = new ResponseStream(response);
            pack.upload(new ByteArrayInputStream(body), out, null);
            out.close();
        }
    }

    private void receive(String name, Repository repository, HttpServerResponse response, byte[] body)
            throws IOException {
        receivePacks.incrementAndGet();
        response.putHeader("Content-Type", "application/x-" + RECEIVE + "-result");
        ReceivePack pack = receivePack(repository);
        pack.setPostReceiveHook((done, commands) -> {
            for (ReceiveCommand moved : commands) {
                if (moved.getResult() == ReceiveCommand.Result.OK) {
                    pushed.accept(new Push(
                            name,
                            moved.getRefName(),
                            moved.getOldId().name(),
                            moved.getNewId().name()));
                }
            }
        });
        ResponseStream out = new ResponseStream(response);
        pack.receive(new ByteArrayInputStream(body), out, null);
        out.close();
    }

    private UploadPack uploadPack(Repository repository, HttpServerRequest request) {
        UploadPack pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setRequestPolicy(
                options.anyWant() ? UploadPack.RequestPolicy.REACHABLE_COMMIT : UploadPack.RequestPolicy.ADVERTISED);
        String version = request.getHeader("Git-Protocol");
        if (options.protocolV2() && version != null) {
            pack.setExtraParameters(List.of(version.split(":", -1)));
        }
        return pack;
    }

    private static ReceivePack receivePack(Repository repository) {
        ReceivePack pack = new ReceivePack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setAllowNonFastForwards(true);
        pack.setAllowDeletes(true);
        return pack;
    }

    private static byte[] content(HttpServerRequest request, Buffer body) throws IOException {
        if (!"gzip".equalsIgnoreCase(request.getHeader("Content-Encoding"))) {
            return body.getBytes();
        }
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
            return plain.readNBytes((int) MAX_BODY_BYTES);
        }
    }

    private boolean authorised(HttpServerRequest request) {
        if (options.logins().isEmpty()) {
            return true;
        }
        String given = request.getHeader("Authorization");
        return given != null && options.logins().entrySet().stream().anyMatch(login -> opens(login, given));
    }

    private static boolean opens(Map.Entry<String, String> login, String given) {
        String pair = login.getKey() + ':' + login.getValue();
        String wanted = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(HttpServerResponse response, int status, String reason) {
        if (!response.ended() && !response.headWritten()) {
            response.putHeader("Content-Type", "text/plain; charset=utf-8")
                    .setStatusCode(status)
                    .end(reason + "\n");
        }
    }
}
