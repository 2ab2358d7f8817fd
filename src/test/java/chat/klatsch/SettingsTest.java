package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import chat.klatsch.account.EmailAddress;
import chat.klatsch.core.Authority;
import chat.klatsch.core.Limit;
import chat.klatsch.mail.SmtpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void code_takes_precedence_over_the_environment_and_the_environment_over_defaults() {
        ChatConfig config = new ChatConfig();
        assertThat(config.port).isEqualTo(8080);

        Settings.fromEnvironment(Map.of("KLATSCH_PORT", "1", "KLATSCH_DATA", "d", "KLATSCH_BASE_PATH", "/a/"), config);
        config.port(2);

        assertThat(config.port).isEqualTo(2);
        assertThat(config.dataDirectory).isEqualTo(Path.of("d"));
        assertThat(config.basePath).isEqualTo("/a");
        assertThat(config.host).isEqualTo("127.0.0.1");

        Settings.fromArguments(List.of("--port=3", "--host=::1"), config);
        assertThat(config.port).isEqualTo(3);
        assertThat(config.host).isEqualTo("::1");
    }

    @ParameterizedTest
    @EnumSource
    void every_limit_can_be_set_in_each_way(Limit limit) {
        ChatConfig config = new ChatConfig();
        assertThat(config.limits.of(limit)).isEqualTo(limit.defaultValue()).isPositive();

        String variable = "KLATSCH_LIMITS_" + limit.name();
        Settings.fromEnvironment(Map.of(variable, "7"), config);
        assertThat(config.limits.of(limit)).isEqualTo(7);
        Settings.fromArguments(List.of("--limits." + limit.setting() + "=0"), config);
        assertThat(config.limits.exceeded(limit, Long.MAX_VALUE)).isFalse();
        config.limit(limit, 9);
        assertThat(config.limits.exceeded(limit, 9)).isFalse();
        assertThat(config.limits.exceeded(limit, 10)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port=x",
                "--port=-1",
                "--port=65536",
                "--port=",
                "--port",
                "--prot=1",
                "port=1",
                "-p",
                "",
                "--limits.messageLength=-1",
                "--limits.messageLength=99999999999",
                "--limits.nope=1",
                "--public-url=ftp://x",
                "--public-url=chat.example.org",
                "--public-url=https://x/path",
                "--public-url=https://x?q",
                "--public-url=http://[",
                "--public-url=https://user@x",
                "--public-url=https://a..b",
                "--public-url=https://x:99999",
                "--public-url=https://buecherbuecherbuecherbuecherbuecherbuecherbuecherbuecherbuecher12.example",
                "--public-url=https://bücherbücherbücherbücherbücherbücherbücherbücherbücherbüche.example",
                "--public-url=https://bü\u200dcher.example",
                "--public-url=https://-bücher.example",
                "--public-url=https://i❤.ws",
                "--base-path=chat",
                "--base-path=/a b",
                "--base-path=/../x",
                "--database=oracle",
                "--database=jdbc:h2:",
                "--database=jdbc:postgresql:",
                "--database=jdbc:postgresql://127.0.0.1",
                "--database=postgresql://127.0.0.1/chat",
                "--redis=http://127.0.0.1",
                "--redis=redis://secret@127.0.0.1",
                "--redis=127.0.0.1:6379",
                "--redis=redis://:6379",
                "--redis=redis://my_redis:port",
                "--redis-prefix=a b",
                "--smtp=",
                "--smtp=mail.example.org",
                "--smtp=smtp://mail.example.org",
                "--smtp=http://mail.example.org?from=chat@example.org",
                "--smtp=smtp://?from=chat@example.org",
                "--smtp=smtp://mail.example.org?from=chat",
                "--smtp=smtp://mail.example.org?from=chat@example.org&from=chat@example.org",
                "--smtp=smtp://mail.example.org?from=a@example.org,b@example.org",
                "--smtp=smtp://mail.example.org?from=a@example.org%0ABcc:b@example.org",
                "--smtp=smtp://mail.example.org?from=%",
                "--smtp=smtp://mail.example.org?from=%zz@example.org",
                "--smtp=smtp://mail.example.org:0?from=chat@example.org",
                "--smtp=smtp://mail.example.org:65536?from=chat@example.org",
                "--smtp=smtp://mail.example.org/x?from=chat@example.org",
                "--smtp=smtp://user@mail.example.org?from=chat@example.org",
                "--smtp=smtp:mail.example.org?from=chat@example.org",
                "--drain=-1",
                "--data=\0",
                "--trusted-proxies=",
                "--trusted-proxies=,",
                "--trusted-proxies=10.0.0.1,",
                "--trusted-proxies=localhost",
                "--trusted-proxies=beef",
                "--trusted-proxies=1234",
                "--trusted-proxies=10.0.0",
                "--trusted-proxies=10.0.0.256",
                "--trusted-proxies=10.0.0.0/33",
                "--trusted-proxies=10.0.0.1/8",
                "--trusted-proxies=10.0.0.0/",
                "--trusted-proxies=10.0.0.0/-1",
                "--trusted-proxies=10.0.0.1-10.0.0.9",
                "--trusted-proxies=[::1]",
                "--trusted-proxies=fe80::1%eth0",
                "--trusted-proxies=fd00::/129",
                "--trusted-proxies=:::",
                "--site-name=",
                "--site-name=a name of more than forty characters is too long",
                "--logo=nowhere.svg",
                "--logo=pom.xml",
                "--style=",
                "--style=nowhere.css",
                "--home-url=javascript:alert(1)",
                "--home-url=//evil.example",
                "--home-url=/\\evil.example",
                "--home-url=shop.example",
                "--home-text="
            })
    void an_invalid_option_is_named(String argument) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.fromArguments(List.of(argument), new ChatConfig()))
                .withMessageContaining(argument.split("=")[0])
                .withMessageNotContainingAny("\n", "null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1?user=a&password=s3cret",
                "jdbc:postgresql://a:s3cret@127.0.0.1/chat",
                "jdbc:postgresql://127.0.0.1/chat?password=s3cret%",
                "jdbc:mysql://127.0.0.1/chat?Password=s3cret",
            })
    void a_password_in_an_invalid_value_is_not_repeated(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.fromArguments(List.of("--database=" + url), new ChatConfig()))
                .withMessageStartingWith("--database=…: a database URL looks like jdbc:postgresql://")
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--redis=redis://:s3cret@127.0.0.1:port",
                "--redis=redis://:s3cret @127.0.0.1",
                "--smtp=smtp://chat:s3cret @127.0.0.1?from=chat@example.org",
                "--smtp=smtp://chat:s3cret@127.0.0.1",
                "--smtp=smtps://chat:s3cret%zz@127.0.0.1?from=chat@example.org",
            })
    void a_password_in_the_url_of_a_server_is_not_repeated(String argument) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.fromArguments(List.of(argument), new ChatConfig()))
                .withMessageContaining("URL")
                .withMessageNotContaining("s3cret");
    }

    @Test
    void a_mail_server_has_a_default_port_and_an_optional_login() {
        ChatConfig config = new ChatConfig();
        assertThat(config.smtp).isEmpty();
        Settings.fromEnvironment(Map.of("KLATSCH_SMTP", "smtps://[::1]?from=chat%2Ba@example.org"), config);
        assertThat(config.smtp)
                .contains(
                        new SmtpSettings("[::1]", 465, true, Optional.empty(), new EmailAddress("chat+a@example.org")));
        Settings.fromArguments(
                List.of("--smtp=smtp://me%40example.org:a+%3Ab@localhost?from=chat+a@example.org"), config);
        assertThat(config.smtp)
                .contains(new SmtpSettings(
                        "localhost",
                        587,
                        false,
                        Optional.of(new SmtpSettings.Login("me@example.org", "a+:b")),
                        new EmailAddress("chat+a@example.org")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://Chat.Example.org:443/, https://chat.example.org",
        "HTTP://my_chat:8080, http://my_chat:8080",
        "https://bücher.example/, https://xn--bcher-kva.example",
        "https://straße.example, https://xn--strae-oqa.example",
        "https://Σίσυφος.gr, https://xn--kxa6ajbbmh.gr",
        "https://my_bücher.example:8443, https://xn--my_bcher-95a.example:8443",
        "https://bü\u00adcher.example, https://xn--bcher-kva.example",
        "https://例え。jp, https://xn--r8jz45g.jp",
        "http://[::1]:80, http://[0:0:0:0:0:0:0:1]",
    })
    void a_public_url_is_kept_as_browsers_send_it(String written, String kept) {
        assertThat(new ChatConfig().publicUrl(URI.create(written)).publicUrl).contains(URI.create(kept));
    }

    @Test
    void servers_may_have_an_underscore_in_their_name() {
        ChatConfig config = new ChatConfig();
        Settings.fromArguments(
                List.of(
                        "--public-url=http://my_chat",
                        "--redis=redis://:secret@my_redis:6380",
                        "--smtp=smtp://me:secret@my_mail:25?from=a@example.org",
                        "--database=jdbc:postgresql://my_database:5432/chat"),
                config);
        assertThat(config.redisUrl.flatMap(Authority::of).orElseThrow())
                .isEqualTo(new Authority(Optional.of(""), Optional.of("secret"), "my_redis", OptionalInt.of(6380)));
        assertThat(config.smtp)
                .contains(new SmtpSettings(
                        "my_mail",
                        25,
                        false,
                        Optional.of(new SmtpSettings.Login("me", "secret")),
                        new EmailAddress("a@example.org")));
    }

    @Test
    void an_invalid_environment_variable_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Settings.fromEnvironment(Map.of("KLATSCH_LIMITS_POSTS_PER_MINUTE", "many"), new ChatConfig()))
                .withMessage("KLATSCH_LIMITS_POSTS_PER_MINUTE=many: not a whole number");
    }
}
