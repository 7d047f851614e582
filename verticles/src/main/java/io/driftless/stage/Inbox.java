package io.driftless.stage;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Mail for the thread of a stage, which sleeps in Kafka's poll and is woken there.
final class Inbox<T, O> {
    private final BlockingQueue<Mail<T, O>> mails = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Runnable> sleeper = new AtomicReference<>();

    void add(Mail<T, O> mail) {
        mails.add(mail);
        nudge();
    }

    /// Wakes the thread if it sleeps.
    void nudge() {
        Runnable wakeUp = sleeper.get();
        if (wakeUp != null) {
            wakeUp.run();
        }
    }

    /// Before the thread sleeps: whoever adds from now on wakes it.
    void asleep(Runnable wakeUp) {
        sleeper.set(wakeUp);
    }

    /// Before the thread waits in [#poll(long)]: a nudge ends that, as mail does.
    void asleepHere() {
        sleeper.set(() -> {
            if (mails.isEmpty()) {
                mails.add(new Mail.Nudge<>());
            }
        });
    }

    void awake() {
        sleeper.set(null);
    }

    boolean isEmpty() {
        return mails.isEmpty();
    }

    @Nullable
    Mail<T, O> poll() {
        return mails.poll();
    }

    /// Waits for mail; an interrupt ends the waiting early and stays set.
    @Nullable
    Mail<T, O> poll(long nanos) {
        try {
            return mails.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
