package chat.klatsch;

import chat.klatsch.core.Limit;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Every setting by its name: on the command line {@code --public-url=…}, in the environment
 * {@code KLATSCH_PUBLIC_URL}. The command line wins.
 */
final class Settings {
    /** @param standard its default, for people */
    private record Setting(String name, String standard, String meaning, BiConsumer<ChatConfig, String> apply) {
        String flag() {
            return "--" + name;
        }

        String variable() {
            String words = name.replaceAll("([a-z])([A-Z])", "$1_$2").replaceAll("[-.]", "_");
            return "KLATSCH_" + words.toUpperCase(Locale.ROOT);
        }
    }

    private static final List<Setting> ALL = all();

    private Settings() {}

    private static List<Setting> all() {
        List<Setting> all = new ArrayList<>(List.of(
                new Setting("host", "127.0.0.1", "address to listen on", ChatConfig::host),
                new Setting(
                        "port",
                        "8080",
                        "port to listen on, 0 for any free one",
                        (config, value) -> config.port(number(value))),
                new Setting(
                        "data",
                        "klatsch-data",
                        "directory of the embedded database",
                        (config, value) -> config.dataDirectory(Path.of(value))),
                new Setting(
                        "database",
                        "embedded",
                        "JDBC URL of a PostgreSQL or another H2 database",
                        ChatConfig::databaseUrl),
                new Setting(
                        "redis",
                        "none, one JVM",
                        "Redis URL by which several JVMs hear of each other",
                        (config, value) -> config.redisUrl(url(value))),
                new Setting(
                        "redis-prefix", "klatsch", "what channel names in Redis begin with", ChatConfig::redisPrefix),
                new Setting(
                        "public-url",
                        "the request's host",
                        "how browsers reach the chat",
                        (config, value) -> config.publicUrl(url(value))),
                new Setting(
                        "smtp",
                        "none, mail is printed to the log",
                        "SMTP URL of the server that sends mail, with ?from=ADDRESS",
                        (config, value) -> config.smtpUrl(url(value))),
                new Setting(
                        "password-memory",
                        "19",
                        "MiB that hashing a password takes",
                        (config, value) -> config.passwordMemory(number(value))),
                new Setting("base-path", "/", "path that the chat is mounted under", ChatConfig::basePath),
                new Setting(
                        "drain",
                        "1",
                        "seconds between saying that it goes down and doing so",
                        (config, value) -> config.drain(Duration.ofSeconds(number(value)))),
                new Setting(
                        "trusted-proxies",
                        "none",
                        "addresses of the proxies in front, as 10.0.0.1,fd00::/8",
                        (config, value) -> config.trustedProxies(value.split(",", -1)))));
        for (Limit limit : Limit.values()) {
            all.add(new Setting(
                    "limits." + limit.setting(),
                    Integer.toString(limit.standard()),
                    limit.meaning(),
                    (config, value) -> config.limit(limit, number(value))));
        }
        return List.copyOf(all);
    }

    /** @throws IllegalArgumentException naming the variable whose value makes no sense */
    static void fromEnvironment(Map<String, String> environment, ChatConfig config) {
        for (Setting setting : ALL) {
            String value = environment.get(setting.variable());
            if (value != null) {
                apply(setting, setting.variable(), value, config);
            }
        }
    }

    /** @throws IllegalArgumentException naming the argument that is unknown or whose value makes no sense */
    static void fromArguments(List<String> arguments, ChatConfig config) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            Setting setting = ALL.stream()
                    .filter(known -> known.flag().equals(flag))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown option " + flag + ", see --help"));
            if (equals < 0) {
                throw new IllegalArgumentException(flag + " wants a value: " + flag + "=…");
            }
            apply(setting, flag, argument.substring(equals + 1), config);
        }
    }

    /** A line for each setting. */
    static String help() {
        StringBuilder help = new StringBuilder();
        ALL.forEach(setting -> help.append(
                "  %-34s %s (%s)%n".formatted(setting.flag() + "=…", setting.meaning(), setting.standard())));
        return help.toString();
    }

    private static void apply(Setting setting, String name, String value, ChatConfig config) {
        try {
            setting.apply().accept(config, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s=%s: %s".formatted(name, shown(value), e.getMessage()), e);
        }
    }

    /** A value that may hold a password is not repeated. */
    private static String shown(String value) {
        return value.matches("(?is).*(password|@).*") ? "…" : value;
    }

    /** What the JDK says of a malformed one repeats it, and with it a password. */
    private static URI url(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("this is not a URL", e);
        }
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("this is not a whole number", e);
        }
    }
}
