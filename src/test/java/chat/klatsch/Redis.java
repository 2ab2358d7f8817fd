package chat.klatsch;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/** A real Redis on a port of its own, which can fail in the ways that servers do. It keeps nothing on disk. */
public final class Redis implements AutoCloseable {
    private final int port = Ports.free();
    private final List<String> command;
    private Process process;

    /** @param settings more of them, as on its command line */
    public Redis(String... settings) {
        try {
            String executable =
                    ExecutableProvider.newJarResourceProvider().get().getPath();
            command = new ArrayList<>(List.of(executable, "--bind", "127.0.0.1", "--save", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(List.of(settings));
        start();
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    int port() {
        return port;
    }

    public void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    public void freeze() {
        Signal.send("STOP", process.toHandle());
    }

    public void thaw() {
        Signal.send("CONT", process.toHandle());
    }

    /** Says something to it as any client may. */
    public <T> T tell(Function<Jedis, T> words) {
        try (Jedis client = new Jedis(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().resp2().build())) {
            return words.apply(client);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
