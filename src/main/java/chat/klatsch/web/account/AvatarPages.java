package chat.klatsch.web.account;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.profile.Avatar;
import chat.klatsch.profile.Profile;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.UploadedForm;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Initials;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Users' avatars, uploaded or drawn. Pages ask for uploaded ones only, at an address with their version, which browsers cache
 * for good. Without a version, it is cached for five minutes, and the user's own is revalidated. Thread-safe.
 */
public final class AvatarPages {
    private static final UserId UNKNOWN = new UserId(0);
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
        Optional<Avatar> uploaded = profiles.avatar(username);
        Optional<String> version = request.query("v");
        String caching = "private, max-age=300";
        if (version.isPresent()) {
            boolean current = version.equals(uploaded.map(Avatar::version));
            caching = current ? "private, max-age=31536000, immutable" : "private, no-cache";
        }
        show(request.context(), username, uploaded, caching);
    }

    public void own(ChatRequest request) {
        String username = request.user().username();
        show(request.context(), username, profiles.avatar(username), "private, no-cache");
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

    private void show(Context context, String username, Optional<Avatar> uploaded, String caching) {
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
        User user = profiles.find(username).map(Profile::user).orElseGet(() -> new User(UNKNOWN, username, username));
        return templates.peopleDrawnAvatar(Initials.of(user)).render();
    }
}
