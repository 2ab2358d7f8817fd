package chat.klatsch.web.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * How people sign in to a chat whose users are those of the application around it.
 *
 * @param url the page of the host to sign in, in which {@code {next}} stands for the address to return to; empty if there
 *     is none
 * @param givesNames whether the host gives each user a display name, so that users cannot choose one
 */
public record HostLogin(String url, boolean givesNames) {
    /** The path in the chat that leads to the host's page, or back into the chat once somebody has signed in. */
    public static final String PATH = "/signin";

    /** Returns the address of the host's page. @param next the address to return to */
    String address(String next) {
        return url.replace("{next}", URLEncoder.encode(next, StandardCharsets.UTF_8));
    }
}
