package chat.klatsch.web.connection;

import java.time.Duration;

/**
 * The time that clients have for a request and its response.
 *
 * @param silence the time from the connection to the first byte
 * @param head the time for the request line and the headers, from their first byte
 * @param body the time for head and body together, from the first byte of the head; an upload, and a response that the
 *     client receives slowly, may take longer at {@code bytesPerSecond}, counted from the end of the upload's head, or from
 *     when the client stopped reading
 * @param upload the time for the body of an upload, from the end of its head, whatever its rate
 * @param bytesPerSecond the lowest average rate once {@code body} has passed
 * @param check the time between checks
 */
public record RequestDeadlines(
        Duration silence, Duration head, Duration body, Duration upload, int bytesPerSecond, Duration check) {
    public static final RequestDeadlines STANDARD = new RequestDeadlines(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(90),
            8 * 1024,
            Duration.ofSeconds(1));
}
