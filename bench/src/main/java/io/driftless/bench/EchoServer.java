package io.driftless.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CountDownLatch;

/// A bare Vert.x server that sends each gRPC message back as it came: the floor of a unary call. It knows no methods,
/// reads nothing of the message and asks nobody who he is. Prints `ready PORT` and stays until it is ended.
public final class EchoServer {
    private EchoServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        int port = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(EchoServer::echo)
                .listen()
                .await()
                .actualPort();
        System.out.println("ready " + port);
        System.out.flush();
        new CountDownLatch(1).await();
    }

    private static void echo(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            HttpServerResponse response = request.response();
            response.putHeader("content-type", "application/grpc").setChunked(true);
            response.write(body);
            response.putTrailer("grpc-status", "0");
            response.end();
        });
    }
}
