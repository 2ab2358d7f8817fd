package chat.klatsch.examples.springboot;

import static chat.klatsch.Health.READY;

import chat.klatsch.ChatServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.User.UserBuilder;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** An application with users of its own, and the chat beside it on another port. */
@SpringBootApplication
public class Application {
    /** Spring closes it when the application stops. */
    @Bean
    ChatServer chat(
            MeterRegistry meters,
            @Value("${chat.port}") int port,
            @Value("${chat.url}") URI url,
            @Value("${chat.data}") Path data,
            @Value("${app.url}") String app) {
        return ChatServer.start(config -> config.port(port)
                .publicUrl(url)
                .dataDirectory(data)
                .users(app + "/chat?next={next}")
                .meters(meters));
    }

    @Bean
    HealthIndicator chatHealth(ChatServer chat) {
        return () -> Health.status(chat.health() == READY ? Status.UP : Status.DOWN)
                .withDetail("chat", chat.health())
                .build();
    }

    /** Stands for the users of a real application. */
    @Bean
    UserDetailsService users(@Value("${demo.password}") String password) {
        UserBuilder user = User.builder().password("{noop}" + password);
        return new InMemoryUserDetailsManager(
                user.username("anna").roles("USER").build(),
                user.username("ben").roles("ADMIN").build());
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
