package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.JarProcess;
import chat.klatsch.fixture.Ports;
import chat.klatsch.fixture.Redis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the packaged jar with a Redis server that uses TLS. */
class RedisTlsIT {
    @TempDir
    Path directory;

    @Test
    void a_certificate_is_accepted_for_its_host_name_and_from_a_trusted_issuer() throws Exception {
        String tlsPort = Integer.toString(Ports.free());
        try (Redis redis = new Redis(tls(tlsPort))) {
            String trusting = "-Djavax.net.ssl.trustStore=" + directory.resolve("keys");
            String password = "-Djavax.net.ssl.trustStorePassword=password";
            assertThat(connects(redis, "rediss://localhost:" + tlsPort)).isFalse();
            assertThat(connects(redis, "rediss://localhost:" + tlsPort, trusting, password))
                    .isTrue();
            assertThat(connects(redis, "rediss://127.0.0.1:" + tlsPort, trusting, password))
                    .isFalse();
        }
    }

    /** Starts a chat with this Redis URL and returns whether it subscribes. */
    private boolean connects(Redis redis, String url, String... trusting) {
        Stream<String> settings =
                Stream.of("--port=0", "--database=jdbc:h2:mem:chat", "--redis=" + url, "--data=" + directory);
        try (JarProcess chat = new JarProcess(
                directory, Stream.concat(Stream.of(trusting), settings).toArray(String[]::new))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> isSubscribed(redis) || chat.errors().contains("Redis is unavailable"));
            boolean heard = isSubscribed(redis);
            chat.kill();
            await().until(() -> !isSubscribed(redis));
            return heard;
        }
    }

    private static boolean isSubscribed(Redis redis) {
        return redis.call(client -> client.pubsubChannels("*")).contains("klatsch:all");
    }

    /** Returns the settings of a Redis server with a self-signed certificate for localhost. */
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
