package chat.klatsch.operation;

import chat.klatsch.mail.SmtpMailSender;
import chat.klatsch.mail.SmtpSettings;
import chat.klatsch.redis.RedisAddress;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Examines what a chat with these settings would meet, and changes nothing of it, so that it may run meanwhile.
 *
 * @param settings the names of those that are made
 * @param database the URL of the database; empty for the embedded one
 * @param trustsProxy whether a proxy is trusted
 * @param exposed whether others than the users of this machine may reach the chat
 * @param connections the limit of WebSockets; 0 for none
 */
public record Doctor(
        List<String> settings,
        String host,
        int port,
        String basePath,
        Path directory,
        Optional<String> database,
        Optional<URI> redis,
        Optional<SmtpSettings> mail,
        Optional<URI> publicUrl,
        boolean trustsProxy,
        boolean exposed,
        int connections) {
    private static final int MEBIBYTE = 1024 * 1024;

    /** Descriptors that a chat needs besides those of its WebSockets: libraries, database, other requests. */
    private static final int DESCRIPTORS = 500;

    /** Prints a table of what is well and what to do. Returns whether there is no error. */
    public boolean examine(PrintStream out) {
        out.println("Settings made: " + (settings.isEmpty() ? "none" : String.join(", ", settings)) + "\n");
        List<Finding> findings = new ArrayList<>();
        Stream.of(
                        java(),
                        descriptors(),
                        new ListenerCheck(host, port, basePath).findings(),
                        database.map(url -> new PostgresCheck(url).findings())
                                .orElseGet(() -> new DirectoryCheck(directory).findings()),
                        redisServer(),
                        mailServer(),
                        address())
                .flatMap(List::stream)
                .forEach(finding -> {
                    findings.add(finding);
                    out.print(finding.lines());
                    out.flush();
                });
        long errors = count(findings, Finding.Level.ERROR);
        out.println("\nErrors: " + errors + ", warnings: " + count(findings, Finding.Level.WARNING));
        return errors == 0;
    }

    private static long count(List<Finding> findings, Finding.Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static List<Finding> java() {
        Runtime machine = Runtime.getRuntime();
        return List.of(Finding.ok(
                "Java",
                System.getProperty("java.version") + ", processors: " + machine.availableProcessors()
                        + ", heap at most: " + machine.maxMemory() / MEBIBYTE + " MiB"));
    }

    private List<Finding> descriptors() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return List.of();
        }
        long limit = system.getMaxFileDescriptorCount();
        long needed = connections + DESCRIPTORS;
        return List.of(
                limit < needed
                        ? Finding.warning(
                                "Open files",
                                "at most " + limit + ", for " + connections + " WebSockets",
                                "Raise the limit (ulimit -n, LimitNOFILE) to " + needed
                                        + ", or lower --limits.connections.")
                        : Finding.ok("Open files", "at most " + limit));
    }

    private List<Finding> redisServer() {
        if (redis.isEmpty()) {
            return List.of(Finding.ok("Redis", "none is set, and a single node needs none"));
        }
        String server = RedisAddress.name(redis.get());
        try {
            return List.of(Finding.ok("Redis", server + " answers after " + RedisAddress.ping(redis.get()) + " ms"));
        } catch (RuntimeException e) {
            return List.of(Finding.failure(
                    "Redis", server + " does not answer", e, "Start Redis, or correct --redis and its password."));
        }
    }

    private List<Finding> mailServer() {
        if (mail.isEmpty()) {
            return List.of(
                    exposed
                            ? Finding.warning(
                                    "Email",
                                    "no mail server is set, so that links to confirm addresses and to reset passwords go"
                                            + " to the log",
                                    "Set --smtp=smtps://user:password@host?from=address.")
                            : Finding.ok("Email", "no mail server is set; links go to the log"));
        }
        String server = mail.get().host() + ":" + mail.get().port();
        Optional<String> failure = SmtpMailSender.failure(mail.get());
        return List.of(failure.map(reason -> Finding.error(
                        "Email",
                        server + " takes no email: " + reason,
                        "Correct --smtp: host, port, user and password, and smtp or smtps."))
                .orElseGet(() -> Finding.ok(
                        "Email", server + (mail.get().login().isPresent() ? " accepts the login" : " answers"))));
    }

    private List<Finding> address() {
        List<Finding> findings = new ArrayList<>();
        if (publicUrl.isPresent()) {
            findings.addAll(new PublicUrlCheck(publicUrl.get() + basePath).findings());
            if (!trustsProxy) {
                findings.add(Finding.warning(
                        "Proxy",
                        "none is trusted; if there is one, all its clients share the limits of one address",
                        "Set --trusted-proxies to the address of your proxy."));
            }
        } else if (exposed) {
            findings.add(Finding.warning(
                    "Public URL",
                    "none is set, so that cookies are not bound to https and links in emails lead to this machine",
                    "Set --public-url to the URL that people type."));
        } else {
            findings.add(Finding.ok("Public URL", "none is set, and only this machine can reach the chat"));
        }
        return findings;
    }
}
