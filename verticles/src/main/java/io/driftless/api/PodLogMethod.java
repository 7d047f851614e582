package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.api.ApplicationPods.Pod;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster.LogRequest;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.http.HttpFailure;
import io.driftless.rbac.Rbac;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.rpc.Outlet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `PodLogs`: the logs of pods of an Application, several at once, line by line. Reads no faster than the client takes.
final class PodLogMethod {
    private static final Logger LOG = LoggerFactory.getLogger(PodLogMethod.class);
    private static final int AHEAD = 256;
    private final ApplicationAccess access;
    private final ApplicationPods pods;
    private final Rbac rbac;
    private final StreamSlots slots;
    private final ApiConfig config;

    PodLogMethod(ApplicationAccess access, ApplicationPods pods, Rbac rbac, StreamSlots slots, ApiConfig config) {
        this.config = config;
        this.access = access;
        this.pods = pods;
        this.rbac = rbac;
        this.slots = slots;
    }

    void register(Methods methods) {
        methods.streaming("application.ApplicationService/PodLogs", this::open);
    }

    private void open(Call call, ObjectNode request, Outlet outlet) {
        ObjectNode application = access.get(call, "get", request);
        rbac.require(call.caller(), "logs", "get", access.object(application));
        slots.take(outlet);
        Reading reading = new Reading(request, outlet);
        // Who pages through a log takes his time: he is not cut off, and nothing piles up for him.
        new StreamGuard(call, outlet, config, "ask for the log again").begin(reading::drained, reading::stop);
        reading.start(application);
    }

    /// The logs of one request.
    private final class Reading {
        private final ObjectNode request;
        private final Outlet outlet;
        private final Semaphore room = new Semaphore(AHEAD);
        private final List<Thread> threads = new ArrayList<>();
        private final AtomicInteger open = new AtomicInteger();
        private final LogSelection wanted;
        private boolean stopped;

        Reading(ObjectNode request, Outlet outlet) {
            this.request = request;
            this.outlet = outlet;
            this.wanted = LogSelection.of(request);
        }

        void start(ObjectNode application) {
            run(() -> {
                List<Pod> found = pods.of(application, request);
                if (found.isEmpty()) {
                    throw HttpFailure.notFound("the application has no such pod");
                }
                if (request.path("follow").asBoolean()) {
                    // It may be silent for hours: its client shall know that it is read.
                    outlet.context().runOnContext(now -> outlet.beat());
                }
                open.set(found.size());
                found.forEach(pod -> run(() -> read(pod)));
            });
        }

        private synchronized void run(Work work) {
            if (stopped) {
                return;
            }
            threads.add(Thread.ofVirtual().name("pod-logs").start(() -> {
                try {
                    work.run();
                } catch (InterruptedException gone) {
                    Thread.currentThread().interrupt();
                } catch (HttpFailure failure) {
                    outlet.context().runOnContext(now -> outlet.fail(failure));
                } catch (RuntimeException e) {
                    LOG.error("reading logs failed", e);
                    outlet.context()
                            .runOnContext(
                                    now -> outlet.fail(HttpFailure.internal("internal error; see the server's log")));
                }
            }));
        }

        private void read(Pod pod) throws InterruptedException {
            LogRequest log = new LogRequest(
                    pod.namespace(),
                    pod.name(),
                    container(pod),
                    request.path("follow").asBoolean() && wanted.open(Instant.now()),
                    request.path("tailLines").asLong() > 0
                            ? request.path("tailLines").asLong()
                            : -1,
                    request.path("sinceSeconds").asLong(),
                    request.path("previous").asBoolean());
            try {
                pod.cluster().log(log, line -> give(pod, new String(line, UTF_8)));
            } catch (Late late) {
                LOG.debug("the rest of the log of {} is not wanted", pod.name());
            } catch (ApiException e) {
                throw ControlObjects.refused(e);
            } catch (ClusterUnreachableException e) {
                throw ControlObjects.unreachable(e);
            }
            if (open.decrementAndGet() == 0) {
                outlet.context().runOnContext(now -> finish(pod));
            }
        }

        private String container(Pod pod) {
            String asked = request.path("container").asText("");
            return asked.isEmpty()
                    ? pod.object()
                            .path("spec")
                            .path("containers")
                            .path(0)
                            .path("name")
                            .asText("")
                    : asked;
        }

        private void give(Pod pod, String line) {
            int space = line.indexOf(' ');
            String time = space < 0 ? "" : line.substring(0, space);
            String content = line.substring(space + 1);
            if (wanted.over(time)) {
                throw new Late();
            }
            if (!wanted.wants(time, content)) {
                return;
            }
            try {
                room.acquire();
            } catch (InterruptedException gone) {
                Thread.currentThread().interrupt();
                return;
            }
            outlet.context().runOnContext(now -> {
                if (!outlet.closed()) {
                    outlet.write(entry(content, time, false, pod.name()));
                    if (!outlet.full()) {
                        room.release();
                    }
                }
            });
        }

        private void finish(Pod pod) {
            if (!outlet.closed()) {
                outlet.write(entry("", "", true, pod.name()));
                outlet.end();
            }
        }

        void drained() {
            room.release(Math.max(0, AHEAD - room.availablePermits()));
        }

        synchronized void stop() {
            stopped = true;
            threads.forEach(Thread::interrupt);
        }
    }

    /// What a thread of a reading does.
    private interface Work {
        void run() throws InterruptedException;
    }

    /// Ends the reading of a log whose next lines come too late.
    private static final class Late extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Late() {
            super("later than asked for", null, false, false);
        }
    }

    private static JsonNode entry(String content, String time, boolean last, String pod) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("content", content);
        if (!time.isEmpty()) {
            entry.put("timeStamp", time);
        }
        return entry.put("last", last).put("timeStampStr", time).put("podName", pod);
    }
}
