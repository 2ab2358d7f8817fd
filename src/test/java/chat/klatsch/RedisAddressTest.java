package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis behind a user, a password and TLS. */
class RedisAddressTest {
    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    Path directory;

    @AfterEach
    void trustNobodyElse() {
        System.clearProperty(TRUSTED);
        System.clearProperty(PASSWORD);
    }

    @Test
    void the_user_and_password_of_the_url_are_used_and_not_logged() {
        try (Redis redis = new Redis();
                Log log = new Log()) {
            redis.tell(client -> client.aclSetUser("chat", "on", ">se/cret", "allchannels", "+@all"));
            assertThat(isHeard(redis, "redis://chat:se%2Fcret@127.0.0.1:" + redis.port()))
                    .isTrue();
            assertThat(isHeard(redis, "redis://chat:wrong@127.0.0.1:" + redis.port()))
                    .isFalse();
            assertThat(log.text())
                    .contains("Redis does not answer", "WRONGPASS")
                    .doesNotContain("wrong@", "cret");
        }
    }

    @Test
    void a_certificate_is_believed_for_the_name_that_it_is_made_out_to_and_if_somebody_trusted_has_signed_it()
            throws Exception {
        String tlsPort = Integer.toString(Ports.free());
        try (Redis redis = new Redis(tls(tlsPort))) {
            assertThat(isHeard(redis, "rediss://localhost:" + tlsPort)).isFalse();
            System.setProperty(TRUSTED, directory.resolve("keys").toString());
            System.setProperty(PASSWORD, "password");
            assertThat(isHeard(redis, "rediss://localhost:" + tlsPort)).isTrue();
            assertThat(isHeard(redis, "rediss://127.0.0.1:" + tlsPort)).isFalse();
        }
    }

    /** Whether a chat with this address of Redis hears what is said there, or finds out that it cannot. */
    private static boolean isHeard(Redis redis, String url) {
        try (Log log = new Log();
                ChatServer chat = ChatServer.start(config -> config.port(0)
                        .databaseUrl("jdbc:h2:mem:" + UUID.randomUUID())
                        .redisUrl(URI.create(url)))) {
            assertThat(chat.port()).isPositive();
            await().until(() -> hears(redis) || log.text().contains("Redis does not answer"));
            return hears(redis);
        }
    }

    private static boolean hears(Redis redis) {
        return redis.tell(client -> client.pubsubChannels("*")).contains("klatsch:all");
    }

    /** Settings for a Redis with a certificate of its own, made out to localhost. */
    private String[] tls(String port) throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = directory.resolve("keys");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        assertThat(new ProcessBuilder(List.of(
                                keytool,
                                "-genkeypair",
                                "-alias",
                                "redis",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost",
                                "-keystore",
                                keys.toString(),
                                "-storepass",
                                "password"))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        KeyStore store = KeyStore.getInstance(keys.toFile(), "password".toCharArray());
        Path certificate = pem("CERTIFICATE", store.getCertificate("redis").getEncoded());
        Path key = pem(
                "PRIVATE KEY", store.getKey("redis", "password".toCharArray()).getEncoded());
        return new String[] {
            "--tls-port",
            port,
            "--tls-cert-file",
            certificate.toString(),
            "--tls-key-file",
            key.toString(),
            "--tls-ca-cert-file",
            certificate.toString(),
            "--tls-auth-clients",
            "no"
        };
    }

    private Path pem(String kind, byte[] bytes) throws IOException {
        return Files.writeString(
                directory.resolve(kind),
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(
                                kind,
                                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)));
    }
}
