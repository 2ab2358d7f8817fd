package chat.klatsch.web.account;

import chat.klatsch.profile.Profile;
import chat.klatsch.profile.ProfileEdit;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.SignInLink;
import gg.jte.models.runtime.JteModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Users' profiles, and the forms to edit one's own: the settings, and the welcome page after sign-up. Thread-safe. */
public final class ProfilePages {
    /** Each change is sent to all open pages. */
    private static final int CHANGES_PER_MINUTE = 30;

    private final ProfileService profiles;
    private final RateLimiter changeRate =
            new RateLimiter("Too many changes. Please wait a minute.", CHANGES_PER_MINUTE, CHANGES_PER_MINUTE);
    private final StaticTemplates templates = new StaticTemplates();

    public ProfilePages(ProfileService profiles) {
        this.profiles = profiles;
    }

    /** The path of the welcome page, which leads on to the next path. */
    static String welcomePath(String next) {
        return next.equals("/") ? "/welcome" : "/welcome?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    public void profile(ChatRequest request) {
        Profile profile = profiles.named(request.path("username"));
        request.show(templates.accountProfile(request.page(profile.user().displayName()), request.sidebar(), profile));
    }

    public void settings(ChatRequest request) {
        request.show(settingsPage(request, stored(request, "/")));
    }

    public void update(ChatRequest request) {
        String name = request.field("name");
        String about = request.field("about");
        String zone = request.field("zone");
        request.perform(
                () -> {
                    changeRate.take(request.user().id());
                    profiles.update(request.user(), ProfileEdit.of(name, about, zone));
                },
                "/settings?saved",
                reason -> settingsPage(request, stored(request, "/").typed(name, about, zone, reason)));
    }

    public void welcome(ChatRequest request) {
        request.show(welcomePage(request, stored(request, AccountPages.next(request))));
    }

    public void rename(ChatRequest request) {
        String name = request.field("name");
        String next = AccountPages.next(request);
        Runnable change = () -> {
            changeRate.take(request.user().id());
            profiles.rename(request.user(), ProfileEdit.displayName(name));
        };
        request.perform(change, next, reason -> {
            ProfileForm stored = stored(request, next);
            return welcomePage(request, stored.typed(name, stored.about(), stored.zone(), reason));
        });
    }

    /** Changes the avatar from the settings or the welcome page, and returns to that page. */
    void changeAvatar(ChatRequest request, Runnable change) {
        // The form may be too large to be read, so its address holds the next path.
        String next = SignInLink.ownPath(request.query("next").orElse(""));
        boolean welcome = request.query("welcome").isPresent();
        request.perform(change, welcome ? welcomePath(next) : "/settings", reason -> {
            ProfileForm form = stored(request, next).avatarRefused(reason);
            return welcome ? welcomePage(request, form) : settingsPage(request, form);
        });
    }

    private ProfileForm stored(ChatRequest request, String next) {
        return ProfileForm.of(profiles.named(request.user().username()), next);
    }

    private JteModel settingsPage(ChatRequest request, ProfileForm form) {
        return templates.accountSettings(
                request.page("Your profile"),
                request.sidebar(),
                form,
                request.query("saved").isPresent());
    }

    private JteModel welcomePage(ChatRequest request, ProfileForm form) {
        return templates.accountWelcome(request.page("Welcome"), form);
    }
}
