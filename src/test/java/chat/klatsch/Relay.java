package chat.klatsch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** The network between a browser and the chat: a relay on a port of its own, which can fail as networks do. */
public final class Relay implements AutoCloseable {
    /** Java's own WebSocket client overlooks an end that comes at once with the first part of a frame. */
    private static final Duration LAST_WORDS = Duration.ofMillis(50);

    private final int target;
    private final ServerSocket entrance;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final LongSupplier lengths;
    private volatile boolean cut;

    /** One connection: both ends, whether it carries a WebSocket, and whether what is sent on it still arrives. */
    private static final class Line {
        final Socket browser;
        final Socket server;
        final AtomicLong left;
        volatile boolean live;
        volatile boolean silent;

        Line(Socket browser, Socket server, long length) {
            this.browser = browser;
            this.server = server;
            this.left = new AtomicLong(length);
        }

        void close() {
            try (browser;
                    server) {
                live = false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Relay(ChatServer chat) {
        this(chat.port(), () -> Long.MAX_VALUE);
    }

    /** @param lengths after how many bytes each connection breaks, counted in both directions */
    public Relay(int port, LongSupplier lengths) {
        this.target = port;
        this.lengths = lengths;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + entrance.getLocalPort() + "/";
    }

    /** Breaks every connection and takes no new one. */
    void cut() {
        cut = true;
        lines.forEach(Line::close);
    }

    void mend() {
        cut = false;
    }

    /** Lets the WebSockets of now stay open and carry nothing any more. */
    public void silenceSockets() {
        lines.stream().filter(line -> line.live).forEach(line -> line.silent = true);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        lines.forEach(Line::close);
    }

    private void accept() {
        try {
            while (true) {
                Socket browser = entrance.accept();
                if (cut) {
                    browser.close();
                    continue;
                }
                start(() -> connect(browser));
            }
        } catch (IOException closed) {
            lines.forEach(Line::close);
        }
    }

    private void connect(Socket browser) {
        try {
            Line line = new Line(browser, new Socket(InetAddress.getLoopbackAddress(), target), lengths.getAsLong());
            lines.add(line);
            start(() -> relay(line, line.browser, line.server));
            relay(line, line.server, line.browser);
        } catch (IOException nobodyThere) {
            close(browser);
        }
    }

    private void relay(Line line, Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int length; (length = in.read(buffer)) >= 0; ) {
                if (from == line.browser
                        && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains("/live")) {
                    line.live = true;
                }
                if (!line.silent) {
                    long left = line.left.getAndAdd(-length);
                    to.getOutputStream().write(buffer, 0, (int) Math.max(0, Math.min(length, left)));
                    if (left <= length) {
                        LockSupport.parkNanos(LAST_WORDS.toNanos());
                        break;
                    }
                }
            }
        } catch (IOException broken) {
            // As broken wires are: both ends are closed.
        } finally {
            lines.remove(line);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }
}
