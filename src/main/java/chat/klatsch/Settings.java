package chat.klatsch;

import chat.klatsch.account.SignUpMode;
import chat.klatsch.core.Limit;
import chat.klatsch.text.LanguageSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The settings by name. A setting such as {@code public-url} is the option {@code --public-url=…} on the command line
 * and the variable {@code KLATSCH_PUBLIC_URL} in the environment. The command line takes precedence.
 */
final class Settings {
    /** @param standard the default, as shown in the help text */
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
                text("host", "127.0.0.1", "address to listen on", ChatConfig::host),
                number("port", "8080", "port to listen on; 0 for any free port", ChatConfig::port),
                text(
                        "data",
                        "klatsch-data",
                        "directory of the embedded database",
                        (config, path) -> config.dataDirectory(Path.of(path))),
                text("database", "embedded", "JDBC URL of a PostgreSQL or other H2 database", ChatConfig::databaseUrl),
                text("table-prefix", "klatsch_", "prefix of the names of the tables", ChatConfig::tablePrefix),
                url("redis", "none", "URL of the Redis server that connects several nodes", ChatConfig::redisUrl),
                text("redis-prefix", "klatsch", "prefix of channel names in Redis", ChatConfig::redisPrefix),
                url("public-url", "the request's host", "URL at which browsers reach the chat", ChatConfig::publicUrl),
                url(
                        "smtp",
                        "none, emails are logged",
                        "URL of the mail server, with ?from=ADDRESS",
                        ChatConfig::smtpUrl),
                number("password-memory", "19", "MiB of memory for hashing a password", ChatConfig::passwordMemory),
                text(
                        "signup",
                        "open",
                        "who may sign up: open, invited or closed",
                        (config, mode) -> config.signup(signUpMode(mode))),
                text("base-path", "/", "path under which the chat is served", ChatConfig::basePath),
                number(
                        "drain",
                        "1",
                        "seconds from failing the readiness check to closing connections",
                        (config, seconds) -> config.drain(Duration.ofSeconds(seconds))),
                text(
                        "metrics",
                        "loopback",
                        "who may read /metrics: loopback or everyone",
                        (config, readers) -> config.openMetrics(isEveryone(readers))),
                text(
                        "language",
                        "the reader's, English or German",
                        "language for everybody: en or de",
                        (config, tag) -> config.language(LanguageSettings.named(tag))),
                text(
                        "trusted-proxies",
                        "none",
                        "IP addresses or ranges of proxies, separated by commas",
                        (config, list) -> config.trustedProxies(list.split(",", -1))),
                text(
                        "identity-header",
                        "none, the chat has accounts of its own",
                        "header in which a trusted proxy names the user",
                        ChatConfig::identityHeader),
                text(
                        "operators",
                        "none",
                        "users in that header who are operators, separated by commas",
                        (config, list) -> config.operators(list.split(",", -1))),
                text(
                        "frame-ancestors",
                        "none",
                        "sites that may show a room in a frame, separated by commas",
                        (config, list) -> config.frameAncestors(list.split(",", -1))),
                text(
                        "site-name",
                        "Klatsch",
                        "name of the chat until an operator changes it",
                        (config, name) -> config.look(config.look.name(name))),
                text(
                        "logo",
                        "Klatsch's",
                        "SVG or PNG file of the logo",
                        (config, file) -> config.look(config.look.logo(Path.of(file)))),
                text(
                        "style",
                        "none",
                        "CSS file that follows the chat's own style sheet",
                        (config, file) -> config.look(config.look.style(Path.of(file)))),
                text(
                        "home-url",
                        "none",
                        "page of the app around the chat, to which pages lead back",
                        (config, address) -> config.look(config.look.homeUrl(address))),
                text(
                        "home-text",
                        "Back",
                        "text of the link to that page",
                        (config, words) -> config.look(config.look.homeText(words)))));
        for (Limit limit : Limit.values()) {
            all.add(number(
                    "limits." + limit.setting(),
                    Integer.toString(limit.defaultValue()),
                    limit.description(),
                    (config, value) -> config.limit(limit, value)));
        }
        return List.copyOf(all);
    }

    /** @throws IllegalArgumentException for an invalid value, naming the variable */
    static void fromEnvironment(Map<String, String> environment, ChatConfig config) {
        for (Setting setting : ALL) {
            String value = environment.get(setting.variable());
            if (value != null) {
                apply(setting, setting.variable(), value, config);
            }
        }
    }

    /** @throws IllegalArgumentException for an unknown option or an invalid value, naming the option */
    static void fromArguments(List<String> arguments, ChatConfig config) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            Setting setting = ALL.stream()
                    .filter(known -> known.flag().equals(flag))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown option " + flag + ", see --help"));
            if (equals < 0) {
                throw new IllegalArgumentException(flag + " needs a value: " + flag + "=…");
            }
            apply(setting, flag, argument.substring(equals + 1), config);
        }
    }

    /** Returns a line of help for each setting. */
    static String help() {
        StringBuilder help = new StringBuilder();
        ALL.forEach(setting -> help.append(String.format(
                Locale.ROOT, "  %-34s %s (%s)%n", setting.flag() + "=…", setting.meaning(), setting.standard())));
        return help.toString();
    }

    private static void apply(Setting setting, String name, String value, ChatConfig config) {
        try {
            setting.apply().accept(config, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + "=" + printable(value) + ": " + e.getMessage(), e);
        }
    }

    /** Hides a value that may contain a password. */
    private static String printable(String value) {
        return value.matches("(?is).*(password|@).*") ? "…" : value;
    }

    private static Setting text(String name, String standard, String meaning, BiConsumer<ChatConfig, String> apply) {
        return new Setting(name, standard, meaning, apply);
    }

    private static Setting number(String name, String standard, String meaning, BiConsumer<ChatConfig, Integer> apply) {
        return new Setting(name, standard, meaning, (config, value) -> apply.accept(config, number(value)));
    }

    private static Setting url(String name, String standard, String meaning, BiConsumer<ChatConfig, URI> apply) {
        return new Setting(name, standard, meaning, (config, value) -> apply.accept(config, url(value)));
    }

    private static boolean isEveryone(String readers) {
        return switch (readers) {
            case "loopback" -> false;
            case "everyone" -> true;
            default -> throw new IllegalArgumentException("must be loopback or everyone");
        };
    }

    private static SignUpMode signUpMode(String value) {
        return Stream.of(SignUpMode.values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be open, invited or closed"));
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a whole number", e);
        }
    }

    /** Parses a URL. The JDK's own message would repeat it, and with it a password. */
    private static URI url(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL", e);
        }
    }
}
