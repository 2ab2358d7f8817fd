package chat.klatsch.web.account;

import chat.klatsch.profile.Avatar;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.UploadedForm;
import chat.klatsch.web.templates.StaticTemplates;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Users' avatars, uploaded or drawn from the username. An avatar's address contains only the username, so that a message
 * is rendered once for all viewers. Browsers cache it for five minutes, and revalidate the user's own at its own address.
 * Thread-safe.
 */
public final class AvatarPages {
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_.-]{2,32}");

    private final ProfileService profiles;
    private final ProfilePages pages;
    private final AvatarUploads uploads;
    private final StaticTemplates templates = new StaticTemplates();

    public AvatarPages(ProfileService profiles, AvatarUploads uploads, ProfilePages pages) {
        this.profiles = profiles;
        this.uploads = uploads;
        this.pages = pages;
    }

    public void avatar(ChatRequest request) {
        String username = request.path("username");
        if (!USERNAME.matcher(username).matches()) {
            throw new NotFoundResponse();
        }
        show(request.context(), username, "private, max-age=300");
    }

    public void own(ChatRequest request) {
        show(request.context(), request.user().username(), "private, no-cache");
    }

    public void upload(ChatRequest request) {
        UploadedForm form = uploads.form(request);
        request.perform(
                () -> uploads.store(request, form),
                ProfilePages.SETTINGS,
                reason -> pages.refusedAvatar(request, reason));
    }

    public void remove(ChatRequest request) {
        request.perform(
                () -> uploads.remove(request), ProfilePages.SETTINGS, reason -> pages.refusedAvatar(request, reason));
    }

    private void show(Context context, String username, String caching) {
        Optional<Avatar> uploaded = profiles.avatar(username);
        String drawn = uploaded.isPresent() ? "" : drawn(username);
        String tag = '"' + uploaded.map(Avatar::hash).orElse("drawn-" + Integer.toHexString(drawn.hashCode())) + '"';
        context.header("Cache-Control", caching).header("ETag", tag);
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(HttpStatus.NOT_MODIFIED);
        } else if (uploaded.isPresent()) {
            context.contentType("image/jpeg").result(uploaded.get().jpeg());
        } else {
            context.contentType("image/svg+xml").result(drawn);
        }
    }

    private String drawn(String username) {
        int hue = Math.floorMod(username.toLowerCase(Locale.ROOT).hashCode() * 31, 360);
        String initial = username.substring(0, 1).toUpperCase(Locale.ROOT);
        return templates.roomAvatar(initial, hue).render();
    }
}
