package chat.klatsch.web.view;

import chat.klatsch.core.RoomId;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;

/**
 * Where the chat lives on the web and what its pages are made of.
 *
 * @param basePath the path it is mounted under, without a slash at its end: empty, or {@code /team/chat}
 * @param publicUrl how browsers reach it, where that differs from the request's own host
 */
public record Site(String basePath, Optional<URI> publicUrl, StaticAssets assets) {
    /** A path in the chat as a path on the host. */
    public String path(String path) {
        return basePath + path;
    }

    /** A path in the chat as an address that can be passed on: where the chat says that it is, or where it was found. */
    public String address(Context context, String path) {
        String host = publicUrl
                .map(url -> url.getScheme() + "://" + url.getAuthority())
                .orElseGet(() -> context.scheme() + "://" + context.host());
        return host + path(path);
    }

    /** What a request asks for, as a path in the chat. */
    public String wanted(Context context) {
        String path = wantedPath(context);
        return context.queryString() == null ? path : path + "?" + context.queryString();
    }

    public String wantedPath(Context context) {
        return context.path().substring(basePath.length());
    }

    /** A room's page; what else there is of it lies below. */
    public String room(RoomId room) {
        return path("/rooms/" + room);
    }

    /** A message's permanent address. */
    public String message(RoomId room, long seq) {
        return room(room) + "/messages/" + seq;
    }

    /** Where a person says who they are. */
    public String profile(String username) {
        return path("/@" + username);
    }

    /** A person's picture, the same address whether they have given one or not. */
    public String portrait(String username) {
        return path("/users/" + username + "/avatar");
    }

    /** The hashed address of a static file. */
    public String asset(String name) {
        return path(assets.path(name));
    }

    /** Whether browsers reach the chat over https, as far as the settings tell. */
    public boolean isSecure() {
        return publicUrl.map(url -> "https".equals(url.getScheme())).orElse(false);
    }
}
