package chat.klatsch.operation;

import chat.klatsch.core.Authority;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines about a chat that has started and stopped. They name no user and no password.
 *
 * @param version of the chat
 * @param settings the names of those that the command line and the environment make
 * @param database the engine and its version
 * @param place where the database is
 * @param mail the host of the mail server
 * @param home the address that the chat listens on, or its path in the server of a host
 * @param publicHome the address that browsers use, if a setting names it
 * @param exposed whether others than the users of this machine may reach the chat
 */
public record StartLog(
        String version,
        List<String> settings,
        String database,
        String place,
        Optional<URI> redis,
        Optional<String> mail,
        String home,
        Optional<String> publicHome,
        boolean exposed) {
    private static final Logger log = LoggerFactory.getLogger(StartLog.class);
    private static final int MEBIBYTE = 1024 * 1024;

    public void started() {
        Runtime machine = Runtime.getRuntime();
        log.info(
                "Klatsch {} on Java {} ({} {}), with {} processors and {} MiB of heap",
                version,
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                machine.availableProcessors(),
                machine.maxMemory() / MEBIBYTE);
        log.info("Settings made: {}", settings.isEmpty() ? "none" : String.join(", ", settings));
        log.info("Database: {}, {}", database, place);
        log.info("Redis: {}", redis.map(StartLog::server).orElse("none, this is the only node"));
        log.info("Email: {}", mail.map(host -> "through " + host).orElse("none, links are written to this log"));
        log.info(
                "Listening on {}{}",
                home,
                publicHome.map(url -> ", for browsers at " + url).orElse(""));
        if (exposed && mail.isEmpty()) {
            log.info("Without a mail server, nobody can reset a password by email: see --smtp");
        }
    }

    /** @param connections those that were open when the stop began */
    public void stopped(int connections) {
        log.info(
                "Klatsch has stopped: {} WebSockets closed, requests in progress completed, {}database closed",
                connections,
                redis.map(url -> "Redis disconnected, ").orElse(""));
    }

    private static String server(URI url) {
        return url.getScheme() + "://"
                + Authority.of(url).map(Authority::toString).orElse("…");
    }
}
