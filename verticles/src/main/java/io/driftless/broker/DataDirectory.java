package io.driftless.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The directory of an embedded broker: held by one process at a time, remembers the port that consumers outside know.
/// Kafka has a lock of its own, but ends the process when it is refused.
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// Fails with [BrokerException] where another broker holds the directory or nothing may be written.
    static DataDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(root.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new BrokerException("the data directory " + root + " is in use by another broker; stop it, or"
                        + " choose another directory");
            }
            return new DataDirectory(root, channel);
        } catch (IOException e) {
            throw new BrokerException("the data directory " + root + " cannot be used: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException held) {
            return null;
        }
    }

    Path logs() {
        return root.resolve("kafka");
    }

    boolean formatted() {
        return Files.exists(logs().resolve("meta.properties"));
    }

    Optional<Integer> rememberedPort() {
        try {
            Path file = portFile();
            return Files.exists(file)
                    ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    void remember(int port) {
        try {
            Files.writeString(portFile(), port + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + portFile(), e);
        }
    }

    private Path portFile() {
        return root.resolve("broker.port");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + root, e);
        }
    }
}
