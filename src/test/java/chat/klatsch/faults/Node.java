package chat.klatsch.faults;

import chat.klatsch.fixture.JarProcess;
import chat.klatsch.fixture.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One node of the chat, which keeps its port over restarts. Confined to one thread. */
final class Node implements AutoCloseable {
    private final Path scratch;
    private final int port = Ports.free();
    private final List<JarProcess> lives = new ArrayList<>();
    private final String[] arguments;

    Node(Path scratch, List<String> arguments) {
        this.scratch = scratch;
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(
                "--port=" + port,
                "--password-memory=1",
                "--limits.postsPerMinute=0",
                "--limits.connectionsPerUser=0",
                "--limits.signUpsPerHour=0",
                "--limits.signUpsPerAddress=0",
                "--limits.connectionsPerAddress=0"));
        this.arguments = all.toArray(String[]::new);
        start();
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Starts the node without waiting for it; see {@link #awaitReady}. */
    void start() {
        lives.add(new JarProcess(scratch, arguments));
    }

    void awaitReady() {
        current().url();
    }

    void kill() {
        current().kill();
    }

    /** Sends SIGTERM. */
    void terminate() {
        current().terminate();
    }

    int exitCode() {
        return current().exitCode();
    }

    void freeze() {
        current().freeze();
    }

    void thaw() {
        current().thaw();
    }

    /** Returns the log lines that no fault explains. */
    List<String> errors() {
        return lives.stream()
                .flatMap(life -> life.errors().lines())
                .filter(line -> line.contains(" ERROR "))
                .toList();
    }

    @Override
    public void close() {
        lives.forEach(JarProcess::close);
    }

    private JarProcess current() {
        return lives.get(lives.size() - 1);
    }
}
