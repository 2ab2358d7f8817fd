package chat.klatsch.web.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.profile.Avatar;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.web.http.FileUpload;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * People's pictures: the one that somebody has given, or else one that is drawn from their username. Its address is made
 * of the username alone, so that a message is rendered once for everybody, and browsers keep it for some minutes; at the
 * person's own address their browser asks each time. Thread-safe.
 */
public final class AvatarPages {
    private static final int MOST_BYTES = 5_000_000;
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_.-]{2,32}");

    private final ProfileService profiles;
    private final Sessions sessions;
    private final ProfilePages pages;
    private final RateLimiter sending;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public AvatarPages(ProfileService profiles, Sessions sessions, ProfilePages pages, Site site) {
        this.profiles = profiles;
        this.sessions = sessions;
        this.pages = pages;
        this.sending = new RateLimiter("That were many pictures. Please wait a minute.", 10, 10);
        this.site = site;
    }

    public void picture(Context context) {
        sessions.require(context);
        String username = context.pathParam("username");
        if (!USERNAME.matcher(username).matches()) {
            throw new NotFoundResponse();
        }
        show(context, username, "private, max-age=300");
    }

    public void own(Context context) {
        show(context, sessions.require(context).user().username(), "private, no-cache");
    }

    public void take(Context context) {
        User viewer = sessions.require(context).user();
        try {
            sending.take(viewer.id());
            profiles.portray(viewer, FileUpload.file(context, "picture", MOST_BYTES));
        } catch (ChatException refusal) {
            pages.refusePicture(context, viewer, refusal);
            return;
        }
        context.redirect(site.path(pages.pageOfPicture(context)), HttpStatus.SEE_OTHER);
    }

    public void remove(Context context) {
        profiles.removePicture(sessions.require(context).user());
        context.redirect(site.path(pages.pageOfPicture(context)), HttpStatus.SEE_OTHER);
    }

    private void show(Context context, String username, String caching) {
        Optional<Avatar> given = profiles.picture(username);
        String drawn = given.isPresent() ? "" : drawn(username);
        String tag = '"' + given.map(Avatar::hash).orElse("drawn-" + Integer.toHexString(drawn.hashCode())) + '"';
        context.header("Cache-Control", caching).header("ETag", tag);
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(HttpStatus.NOT_MODIFIED);
        } else if (given.isPresent()) {
            context.contentType("image/jpeg").result(given.get().jpeg());
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
