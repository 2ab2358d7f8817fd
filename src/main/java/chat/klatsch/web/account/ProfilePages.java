package chat.klatsch.web.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.profile.Profile;
import chat.klatsch.profile.ProfileEdit;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.profile.TimeZones;
import chat.klatsch.profile.ZoneGuess;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.UploadedForm;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.SignInLink;
import gg.jte.models.runtime.JteModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;

/** Users' profiles, and the form to edit one's own: on the settings page, and on the welcome page after sign-up. Thread-safe. */
public final class ProfilePages {
    static final String SETTINGS = "/settings";

    /** Each change is sent to all open pages. */
    private static final int CHANGES_PER_MINUTE = 30;

    private final ProfileService profiles;
    private final AvatarUploads avatars;
    private final RateLimiter changeRate = new RateLimiter("refusal.changes.many", CHANGES_PER_MINUTE);
    private final StaticTemplates templates = new StaticTemplates();

    public ProfilePages(ProfileService profiles, AvatarUploads avatars) {
        this.profiles = profiles;
        this.avatars = avatars;
    }

    /** The path of the welcome page, which leads on to the next path. */
    static String welcomePath(String next) {
        return next.equals("/") ? "/welcome" : "/welcome?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    public void profile(ChatRequest request) {
        Profile profile = profiles.named(request.path("username"));
        request.show(templates.accountProfile(
                request.titledPage(request.site().name(profile.user())), request.sidebar(), profile, request.times()));
    }

    public void settings(ChatRequest request) {
        request.show(settingsPage(request, stored(request)));
    }

    /** Changes all but the avatar, for programs. */
    public void update(ChatRequest request) {
        ProfileForm stored = stored(request);
        // Programs that know nothing of them leave the clock and the language as they are.
        String hours = request.field("hours").isEmpty() ? stored.hours() : request.field("hours");
        String language =
                request.context().formParam("language") == null ? stored.language() : request.field("language");
        String name = request.site().isNamedByHost() ? stored.name() : request.field("name");
        ProfileForm typed = stored.typed(name, request.field("about"), request.field("zone"), hours, language);
        request.perform(
                () -> store(request, typed),
                FlashMessage.SAVED.at(SETTINGS),
                reason -> settingsPage(request, typed.refused(reason)));
    }

    /** Shows a zone that the browser's languages tell, as long as the user has not chosen any. */
    public void welcome(ChatRequest request) {
        ProfileForm form = stored(request);
        Optional<String> guess = form.zone().equals(TimeZones.DEFAULT.getId())
                ? ZoneGuess.of(ChatRequest.language(request.context())).map(ZoneId::getId)
                : Optional.empty();
        request.show(welcomePage(request, form.in(guess.orElse(form.zone())), AccountPages.next(request)));
    }

    /** Changes the display name, and the time zone if there is one, for programs. */
    public void rename(ChatRequest request) {
        String next = AccountPages.next(request);
        ProfileForm stored = stored(request);
        String zone = request.field("zone").isEmpty() ? stored.zone() : request.field("zone");
        ProfileForm typed =
                stored.typed(request.field("name"), stored.about(), zone, stored.hours(), stored.language());
        request.perform(() -> store(request, typed), next, reason -> welcomePage(request, typed.refused(reason), next));
    }

    /** Leads whoever opens the address of the form to its page. */
    public void form(ChatRequest request) {
        boolean welcome = request.query("welcome").isPresent();
        request.redirect(welcome ? welcomePath(AccountPages.next(request)) : SETTINGS);
    }

    /** Saves what is right in the form, and shows it again if anything else is refused. */
    public void save(ChatRequest request) {
        UploadedForm sent = avatars.form(request);
        // The address says where the form is, because the form may be too large to be read.
        String next = SignInLink.ownPath(request.query("next").orElse(""));
        boolean welcome = request.query("welcome").isPresent();
        Optional<ChatException> avatar = refusal(() -> changeAvatar(request, sent));
        ProfileForm stored = stored(request);
        String name =
                request.site().isNamedByHost() ? stored.name() : sent.fields().getOrDefault("name", stored.name());
        ProfileForm typed = stored.typed(
                name,
                sent.fields().getOrDefault("about", stored.about()),
                sent.fields().getOrDefault("zone", stored.zone()),
                sent.fields().getOrDefault("hours", stored.hours()),
                sent.fields().getOrDefault("language", stored.language()));
        Optional<ChatException> texts = refusal(() -> store(request, typed));
        if (avatar.isEmpty() && texts.isEmpty()) {
            request.redirect(welcome ? next : FlashMessage.SAVED.at(SETTINGS));
            return;
        }
        ProfileForm form = typed.refused(reason(request, texts)).avatarRefused(reason(request, avatar));
        request.refuse(
                texts.or(() -> avatar).orElseThrow(),
                reason -> welcome ? welcomePage(request, form, next) : settingsPage(request, form));
    }

    private static Optional<String> reason(ChatRequest request, Optional<ChatException> refusal) {
        return refusal.map(ChatException::text).map(request.site()::text);
    }

    private void changeAvatar(ChatRequest request, UploadedForm sent) {
        if (sent.hasFile()) {
            avatars.store(request, sent);
        } else if (!sent.field("remove").isEmpty()) {
            avatars.remove(request);
        }
    }

    private void store(ChatRequest request, ProfileForm form) {
        changeRate.take(request.user().id());
        profiles.update(
                request.user(), ProfileEdit.of(form.name(), form.about(), form.zone(), form.hours(), form.language()));
    }

    private static Optional<ChatException> refusal(Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (ChatException refusal) {
            return Optional.of(refusal);
        }
    }

    private ProfileForm stored(ChatRequest request) {
        return ProfileForm.of(profiles.named(request.user().username()));
    }

    /** The settings page with the reason why an avatar was refused. */
    JteModel refusedAvatar(ChatRequest request, Optional<String> reason) {
        return settingsPage(request, stored(request).avatarRefused(reason));
    }

    private JteModel settingsPage(ChatRequest request, ProfileForm form) {
        return templates.accountSettings(request.page("settings"), request.sidebar(), form);
    }

    private JteModel welcomePage(ChatRequest request, ProfileForm form, String next) {
        return templates.accountWelcome(request.page("welcome"), form, next);
    }
}
