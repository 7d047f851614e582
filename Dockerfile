# syntax=docker/dockerfile:1
# The image of all stages: `docker build -t driftless:0.1.0 .`, then `server --stages NAME …` as its command.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl cli -am package
# The class path names each jar in a fixed order: the ahead-of-time cache is only used for the same one.
RUN mkdir -p /out/lib \
    && cp cli/target/cli-*.jar /out/driftless.jar \
    && cp cli/target/lib/*.jar /out/lib/ \
    && cp deploy/image/jvm.options /out/jvm.options \
    && cd /out \
    && { printf -- '-cp\n/opt/driftless/driftless.jar'; for jar in lib/*.jar; do printf ':/opt/driftless/%s' "$jar"; done; \
         printf '\n'; } >classpath.options

FROM eclipse-temurin:25-jre
# curl is for the probes of the api stage, which listens on the loopback address of its pod.
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /out /opt/driftless
WORKDIR /tmp
# A short run of the demo prepares fast starts. Without the cache, where it cannot run, everything works but slower.
RUN java -XX:AOTCacheOutput=/opt/driftless/driftless.aot @/opt/driftless/jvm.options @/opt/driftless/classpath.options \
        io.driftless.cli.Main demo --once -o json --listen 127.0.0.1:0 --data /tmp/training >/tmp/training.log 2>&1 \
    || cat /tmp/training.log; \
    rm -rf /tmp/* /opt/driftless/driftless.aot.config; \
    mkdir /data && chown 10001:10001 /data
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "-XX:AOTCache=/opt/driftless/driftless.aot", "@/opt/driftless/jvm.options", "@/opt/driftless/classpath.options", "io.driftless.cli.Main"]
CMD ["help"]
