package chat.klatsch.operation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Examines the address to listen on: it is free, or the chat that listens there is ready. */
record ListenerCheck(String host, int port, String basePath) {
    private static final String SUBJECT = "Address";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    List<Finding> findings() {
        String name = host + ":" + port;
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return List.of(Finding.ok(SUBJECT, name + " is free; the chat does not run"));
        } catch (IOException e) {
            return List.of(running(name, e));
        }
    }

    private Finding running(String name, IOException taken) {
        try {
            InetAddress address = InetAddress.getByName(host);
            String reachable = address.isAnyLocalAddress() ? "localhost" : host;
            URI ready = URI.create("http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":"
                    + port + basePath + "/readyz");
            HttpResponse<Void> response = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(
                            HttpRequest.newBuilder(ready).timeout(TIMEOUT).build(),
                            HttpResponse.BodyHandlers.discarding());
            return switch (response.statusCode()) {
                case 200 -> Finding.ok(SUBJECT, "a chat runs at " + name + " and is ready");
                case 503 ->
                    Finding.error(
                            SUBJECT,
                            "a chat runs at " + name + " and is not ready",
                            "Look at its log: the database does not respond, or the chat is stopping.");
                default ->
                    Finding.error(
                            SUBJECT,
                            "another program answers at " + name,
                            "Choose another --port, or correct --base-path.");
            };
        } catch (IOException | IllegalArgumentException e) {
            return Finding.failure(
                    SUBJECT,
                    "the chat cannot listen on " + name,
                    taken,
                    "Choose another --port, or a --host that is an address of this machine.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
