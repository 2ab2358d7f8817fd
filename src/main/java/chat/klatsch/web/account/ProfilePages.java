package chat.klatsch.web.account;

import static chat.klatsch.web.account.AccountPages.ownPath;
import static chat.klatsch.web.http.FormRequests.field;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.profile.Profile;
import chat.klatsch.profile.ProfileEdit;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Who somebody is, and the forms in which they say it: their settings, and the welcome after signing up. Thread-safe. */
public final class ProfilePages {
    private final ProfileService profiles;
    private final Sessions sessions;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public ProfilePages(ProfileService profiles, Sessions sessions, Site site) {
        this.profiles = profiles;
        this.sessions = sessions;
        this.site = site;
    }

    /** The welcome, after which one goes on to this path. */
    static String welcomePath(String next) {
        return next.equals("/") ? "/welcome" : "/welcome?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    public void profile(Context context) {
        User viewer = sessions.require(context).user();
        Profile profile = profiles.named(context.pathParam("username"));
        PageContext page = new PageContext(site, profile.user().displayName(), viewer);
        Html.send(context, templates.accountProfile(page, profile));
    }

    public void settings(Context context) {
        User viewer = sessions.require(context).user();
        showSettings(context, viewer, ProfileForm.of(profiles.named(viewer.username()), "/"));
    }

    public void introduce(Context context) {
        User viewer = sessions.require(context).user();
        String name = field(context, "name");
        String about = field(context, "about");
        String zone = field(context, "zone");
        try {
            profiles.introduce(viewer, ProfileEdit.of(name, about, zone));
        } catch (ChatException refusal) {
            ErrorResponses.refuse(refusal, context);
            ProfileForm kept = ProfileForm.of(profiles.named(viewer.username()), "/");
            showSettings(context, viewer, kept.typed(name, about, zone, refusal.reason()));
            return;
        }
        context.redirect(site.path("/settings?saved"), HttpStatus.SEE_OTHER);
    }

    public void welcome(Context context) {
        User viewer = sessions.require(context).user();
        showWelcome(context, viewer, ProfileForm.of(profiles.named(viewer.username()), next(context)));
    }

    public void rename(Context context) {
        User viewer = sessions.require(context).user();
        String name = field(context, "name");
        try {
            profiles.rename(viewer, ProfileEdit.displayName(name));
        } catch (ChatException refusal) {
            ErrorResponses.refuse(refusal, context);
            ProfileForm kept = ProfileForm.of(profiles.named(viewer.username()), next(context));
            showWelcome(context, viewer, kept.typed(name, kept.about(), kept.zone(), refusal.reason()));
            return;
        }
        context.redirect(site.path(next(context)), HttpStatus.SEE_OTHER);
    }

    /** Shows the page with the form from which a picture came that is not taken. */
    void refusePicture(Context context, User viewer, ChatException refusal) {
        ErrorResponses.refuse(refusal, context);
        ProfileForm form = ProfileForm.of(profiles.named(viewer.username()), nextInAddress(context))
                .pictureRefused(refusal.reason());
        if (fromWelcome(context)) {
            showWelcome(context, viewer, form);
        } else {
            showSettings(context, viewer, form);
        }
    }

    /** The page with the form from which a picture comes. */
    String pageOfPicture(Context context) {
        return fromWelcome(context) ? welcomePath(nextInAddress(context)) : "/settings";
    }

    private static boolean fromWelcome(Context context) {
        return context.queryParam("welcome") != null;
    }

    private static String next(Context context) {
        return ownPath(field(context, "next"));
    }

    /** For a form that may be too large to be read. */
    private static String nextInAddress(Context context) {
        return ownPath(Objects.requireNonNullElse(context.queryParam("next"), ""));
    }

    private void showSettings(Context context, User viewer, ProfileForm form) {
        boolean saved = context.queryParam("saved") != null;
        Html.send(context, templates.accountSettings(new PageContext(site, "Your profile", viewer), form, saved));
    }

    private void showWelcome(Context context, User viewer, ProfileForm form) {
        Html.send(context, templates.accountWelcome(new PageContext(site, "Welcome", viewer), form));
    }
}
