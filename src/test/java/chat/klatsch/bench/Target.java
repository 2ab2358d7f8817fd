package chat.klatsch.bench;

import chat.klatsch.fixture.JarProcess;
import chat.klatsch.fixture.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server process under measurement and its use of resources. */
final class Target implements AutoCloseable {
    /** The JVM flags that the deployment guide recommends. */
    static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx512m");

    private static final List<String> ARCHIVED =
            List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+AutoCreateSharedArchive");

    private static final String JDK = System.getProperty("java.home");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final long PAUSE = 5_000_000;

    private final ProcessHandle process;
    private final int port;

    private Target(ProcessHandle process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the chat without limits per user and per address. @param more additional arguments */
    static Target klatsch(Path scratch, String... more) {
        return klatsch(scratch, List.of(), more);
    }

    /** Starts the chat with additional flags for its JVM. */
    static Target klatsch(Path scratch, List<String> moreFlags, String... more) {
        int port = Ports.free();
        List<String> arguments = new ArrayList<>(List.of(
                "--port=" + port,
                "--password-memory=1",
                "--limits.postsPerMinute=0",
                "--limits.connectionsPerUser=0",
                "--limits.connectionsPerAddress=0",
                "--limits.connections=0",
                "--limits.signUpsPerHour=0",
                "--limits.signUpsPerAddress=0"));
        arguments.addAll(List.of(more));
        if (Stream.of(more).noneMatch(argument -> argument.startsWith("--data"))) {
            arguments.add("--data=" + fresh(scratch));
        }
        List<String> flags = new ArrayList<>(FLAGS);
        flags.addAll(moreFlags);
        flags.addAll(ARCHIVED);
        flags.add("-XX:SharedArchiveFile=" + scratch.resolve("klatsch.jsa"));
        return listener(new JarProcess(scratch, flags, arguments).handle(), port);
    }

    /** Starts the baseline server. @param bytes the size of each frame that it sends */
    static Target baseline(int bytes) {
        int port = Ports.free();
        List<String> command = new ArrayList<>(List.of(JDK + "/bin/java"));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", "target/test-classes", BaselineServer.class.getName()));
        command.addAll(List.of(Integer.toString(port), Integer.toString(bytes)));
        try {
            return listener(new ProcessBuilder(command).inheritIO().start().toHandle(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Target listener(ProcessHandle process, int port) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return new Target(process, socket.getPort());
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("the server did not start", notYet);
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Creates an empty directory. */
    static Path fresh(Path scratch) {
        try {
            return Files.createTempDirectory(scratch, "data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Returns the user and system CPU time so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Returns the resident bytes, or NaN without {@code /proc}. */
    double resident() {
        try (Stream<String> lines = Files.lines(proc("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException elsewhere) {
            return Double.NaN;
        }
    }

    /** Returns the number of open files and sockets, or NaN without {@code /proc}. */
    double open() {
        try (Stream<Path> files = Files.list(proc("fd"))) {
            return files.count();
        } catch (IOException elsewhere) {
            return Double.NaN;
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    /** Returns the live bytes on the heap after a full collection. */
    long collect() {
        return Long.parseLong(jcmd("GC.class_histogram").strip().replaceFirst("(?s).*\\s(\\d+)$", "$1"));
    }

    private String jcmd(String command) {
        try {
            Process jcmd = new ProcessBuilder(JDK + "/bin/jcmd", Long.toString(process.pid()), command).start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the process with SIGTERM. */
    void terminate() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
