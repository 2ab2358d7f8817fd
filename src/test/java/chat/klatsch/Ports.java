package chat.klatsch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that come back to theirs. */
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int BELOW_THOSE_OF_CLIENTS = 32_000;

    private Ports() {}

    /** A free port, of those that no system gives to outgoing connections while the server is down. */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BELOW_THOSE_OF_CLIENTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }
}
