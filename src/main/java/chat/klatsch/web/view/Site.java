package chat.klatsch.web.view;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.Room;
import chat.klatsch.text.Languages;
import chat.klatsch.text.Text;
import chat.klatsch.text.Texts;
import gg.jte.Content;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One chat on the web, as a reader sees it: its name, its texts, the addresses of its pages and static files, and what is shown of messages that cannot be rendered.
 *
 * @param basePath the path under which the chat is mounted, without a slash at its end: empty, or {@code /team/chat}
 * @param publicUrl the URL that browsers use, if it differs from the request's own host
 * @param names returns the current name, which operators can change
 * @param hostLogin how people sign in if the users are the host's; empty if the chat has accounts of its own
 * @param brand what the pages show of the host
 * @param frameAncestors the sites whose pages may show a room in a frame
 * @param isEmbedded whether the pages are in such a frame, which none of their links replaces by another page
 * @param texts the texts in the reader's language
 */
public record Site(
        String basePath,
        Optional<URI> publicUrl,
        StaticAssets assets,
        Supplier<String> names,
        RenderingFallback fallback,
        Optional<HostLogin> hostLogin,
        Brand brand,
        FrameAncestors frameAncestors,
        boolean isEmbedded,
        Languages languages,
        Texts texts) {
    /** The attribute of requests that pages in a frame send. */
    public static final String EMBEDDED = "chat.klatsch.embedded";

    /** A chat with accounts of its own, none of whose messages has failed to render yet. */
    public Site(String basePath, Optional<URI> publicUrl, StaticAssets assets, Supplier<String> names) {
        this(
                basePath,
                publicUrl,
                assets,
                names,
                Optional.empty(),
                Brand.NONE,
                FrameAncestors.NONE,
                Languages.standard());
    }

    /** A chat none of whose messages has failed to render yet. */
    public Site(
            String basePath,
            Optional<URI> publicUrl,
            StaticAssets assets,
            Supplier<String> names,
            Optional<HostLogin> hostLogin,
            Brand brand,
            FrameAncestors frameAncestors,
            Languages languages) {
        this(
                basePath,
                publicUrl,
                assets,
                names,
                new RenderingFallback(),
                hostLogin,
                brand,
                frameAncestors,
                false,
                languages,
                languages.of(""));
    }

    /** Returns the site as pages in a frame show it. */
    public Site embedded() {
        return with(true, texts);
    }

    /** Returns the site as pages show it that are not in a frame. */
    public Site whole() {
        return with(false, texts);
    }

    private Site with(boolean embedded, Texts texts) {
        return new Site(
                basePath,
                publicUrl,
                assets,
                names,
                fallback,
                hostLogin,
                brand,
                frameAncestors,
                embedded,
                languages,
                texts);
    }

    /** Returns the site as the page shows it that sends a request. */
    public Site of(Context context) {
        return context.attribute(EMBEDDED) == null ? this : embedded();
    }

    /** Returns the value of the directive {@code frame-ancestors}: only the pages made for a frame may be in one. */
    public String framePolicy() {
        return (isEmbedded ? frameAncestors : FrameAncestors.NONE).policy();
    }

    /** Returns the target of links that lead to other pages than those made for a frame. */
    public @Nullable String outward() {
        return isEmbedded ? "_blank" : null;
    }

    /** Returns whether the users are those of the application around the chat, which has no accounts of its own. */
    public boolean isHosted() {
        return hostLogin.isPresent();
    }

    /** Returns whether users cannot choose a display name. */
    public boolean isNamedByHost() {
        return hostLogin.filter(HostLogin::givesNames).isPresent();
    }

    /** Returns the path at which people sign in, or are led to where they do. */
    public String signInPath() {
        return isHosted() ? HostLogin.PATH : "/login";
    }

    /**
     * Returns the chat for a reader.
     *
     * @param chosen the tag of the language that the reader has chosen, or empty
     * @param accepted the languages that the browser prefers, or empty
     */
    public Site in(String chosen, String accepted) {
        return in(languages.of(chosen, accepted));
    }

    /** Returns the chat in another language. */
    public Site in(Texts texts) {
        return texts == this.texts ? this : with(isEmbedded, texts);
    }

    /** Returns a text in the reader's language. */
    public String text(String key) {
        return texts.of(key);
    }

    /** Returns a text in the reader's language. @param arguments strings, numbers and further texts */
    public String text(String key, Object... arguments) {
        return texts.of(key, arguments);
    }

    /** Returns a text in the reader's language. */
    public String text(Text text) {
        return texts.of(text);
    }

    /** Returns the name of a user. That of a deleted account is in the reader's language. */
    public String name(User user) {
        return user.nameIn(texts);
    }

    /** Returns the name of a room; that of a private chat is its partner's. */
    public String name(Room room) {
        return room.nameIn(texts);
    }

    /** Returns the username with its @, or the name of a deleted account or a bot. */
    public String handle(User user) {
        return user.handleIn(texts);
    }

    /** Returns a text with elements in it. @param arguments contents of a template, strings and numbers */
    public Content content(String key, Object... arguments) {
        return new Sentence(texts, key, arguments);
    }

    /** Returns the chat's name. */
    public String name() {
        return names.get();
    }

    /** Turns a path in the chat into a path on the host. */
    public String path(String path) {
        return basePath + (isEmbedded ? EmbeddedPaths.embedded(path) : path);
    }

    /** Turns a path in the chat into an absolute URL on the public host, or on the request's if none is set. */
    public String absoluteUrl(Context context, String path) {
        String host = publicUrl
                .map(url -> url.getScheme() + "://" + url.getAuthority())
                .orElseGet(() -> context.scheme() + "://" + context.host());
        return host + path(path);
    }

    /** Returns the request's path in the chat, with its query. */
    public String requestedAddress(Context context) {
        String path = requestedPath(context);
        return context.queryString() == null ? path : path + "?" + context.queryString();
    }

    /** Returns the request's path in the chat. */
    public String requestedPath(Context context) {
        return context.path().substring(basePath.length());
    }

    public String room(RoomId room) {
        return path("/rooms/" + room);
    }

    public String message(RoomId room, long seq) {
        return room(room) + "/messages/" + seq;
    }

    public String profile(String username) {
        return path("/@" + username);
    }

    /** Returns the address of the avatar that a user has uploaded, which differs from that of an earlier one. */
    public String avatar(User user) {
        return path("/users/" + user.username() + "/avatar?v=" + user.avatar());
    }

    /** Returns the address of a static file, which contains its hash. */
    public String asset(String name) {
        return path(assets.path(name));
    }

    /** Returns the addresses of the style sheets, in their order. */
    public List<String> styles() {
        return Stream.concat(Stream.of("klatsch.css"), brand.style().map(css -> StaticAssets.STYLE).stream())
                .map(this::asset)
                .toList();
    }

    /** Returns whether no style sheet of the host changes the colours. */
    public boolean hasOwnColours() {
        return brand.style().isEmpty();
    }

    /** Returns the address of the logo. */
    public String logo() {
        return asset(brand.logo().map(StaticAssets::logo).orElse("favicon.svg"));
    }

    /** Returns the address of the icon of a page. The host's logo does not show whether anything is unread. */
    public String icon(boolean unread) {
        return brand.logo().isPresent() || !unread ? logo() : asset("favicon-unread.svg");
    }

    /** Returns the address of an icon for the start screen of a phone, which takes no SVG. */
    public Optional<String> touchIcon() {
        return brand.logo()
                .map(logo -> Optional.of(logo()).filter(address -> logo.isPng()))
                .orElse(Optional.of(asset("icon-touch.png")));
    }

    /** Returns the address of the front page under the public URL, if there is one. */
    public Optional<String> publicHome() {
        return publicUrl.map(url -> url.toString().replaceFirst("/$", "") + basePath + "/");
    }

    /** Returns the address of the front page on this machine. */
    public String localHome(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + basePath + "/";
    }

    /** Returns whether the public URL is https. */
    public boolean isSecure() {
        return publicUrl.map(url -> "https".equals(url.getScheme())).orElse(false);
    }
}
