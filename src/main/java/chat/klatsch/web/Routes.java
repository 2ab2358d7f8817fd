package chat.klatsch.web;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.account.AccountPages;
import chat.klatsch.web.account.Guesses;
import chat.klatsch.web.account.MailLimits;
import chat.klatsch.web.account.PicturePages;
import chat.klatsch.web.account.ProfilePages;
import chat.klatsch.web.account.RecoveryPages;
import chat.klatsch.web.account.SecurityPages;
import chat.klatsch.web.account.VerificationPages;
import chat.klatsch.web.admin.HousePages;
import chat.klatsch.web.admin.OperatorDoor;
import chat.klatsch.web.admin.ParlourPages;
import chat.klatsch.web.http.CrossSite;
import chat.klatsch.web.http.Errors;
import chat.klatsch.web.http.Forms;
import chat.klatsch.web.http.Health;
import chat.klatsch.web.http.RateLimit;
import chat.klatsch.web.http.SignIns;
import chat.klatsch.web.membership.AboutPages;
import chat.klatsch.web.membership.DoorPages;
import chat.klatsch.web.membership.OwnerPages;
import chat.klatsch.web.room.MessagePages;
import chat.klatsch.web.room.People;
import chat.klatsch.web.room.Posting;
import chat.klatsch.web.room.RoomPages;
import chat.klatsch.web.search.SearchPages;
import chat.klatsch.web.socket.Connections;
import chat.klatsch.web.socket.RoomSocket;
import chat.klatsch.web.view.Site;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;

/** The table of routes: which address is answered by which method of which class. */
final class Routes {
    private final Site site;
    private final Errors errors;
    private final CrossSite crossSite;
    private final AccountPages accountPages;
    private final SecurityPages securityPages;
    private final VerificationPages verificationPages;
    private final RecoveryPages recoveryPages;
    private final ProfilePages profilePages;
    private final PicturePages picturePages;
    private final DoorPages doorPages;
    private final AboutPages aboutPages;
    private final OwnerPages ownerPages;
    private final RoomPages roomPages;
    private final Posting posting;
    private final MessagePages messagePages;
    private final RoomSocket roomSocket;
    private final SearchPages searchPages;
    private final HousePages housePages;
    private final ParlourPages parlourPages;
    private final People people;
    private final Health health;

    Routes(Site site, Limits limits, Services services, Connections connections, Health health) {
        this.site = site;
        this.health = health;
        SignIns signIns = new SignIns(services.accounts(), site.isSecure(), site.basePath());
        RateLimit postingRate = new RateLimit(
                "You are writing faster than anyone can read. Please wait a moment.",
                limits.of(Limit.POSTS_PER_MINUTE),
                limits.of(Limit.POST_BURST));
        this.errors = new Errors(site);
        this.crossSite = new CrossSite(site);
        this.doorPages =
                new DoorPages(services.doorkeeper(), services.accounts(), services.verification(), signIns, site);
        this.aboutPages = new AboutPages(services.doorkeeper(), services.accounts(), services.rooms(), signIns, site);
        this.ownerPages = new OwnerPages(services.doorkeeper(), services.accounts(), aboutPages, signIns, site);
        this.roomPages = new RoomPages(
                services.doorkeeper(),
                services.chronicle(),
                services.rooms(),
                services.inboxes(),
                doorPages,
                signIns,
                site);
        this.posting =
                new Posting(services.doorkeeper(), services.rooms(), services.inboxes(), signIns, postingRate, site);
        this.messagePages = new MessagePages(services.doorkeeper(), services.chronicle(), signIns, postingRate, site);
        this.profilePages = new ProfilePages(services.profiles(), signIns, site);
        this.picturePages = new PicturePages(services.profiles(), signIns, profilePages, site);
        this.roomSocket = new RoomSocket(
                services.doorkeeper(),
                services.rooms(),
                services.inboxes(),
                signIns,
                crossSite,
                connections,
                postingRate,
                health);
        this.searchPages = new SearchPages(services.doorkeeper(), services.search(), signIns, site);
        Guesses guesses = new Guesses(limits);
        MailLimits letters = new MailLimits();
        this.accountPages =
                new AccountPages(services.accounts(), services.verification(), signIns, guesses, letters, site);
        this.securityPages = new SecurityPages(services.ownAccount(), signIns, guesses, letters, site);
        this.verificationPages = new VerificationPages(
                services.verification(), services.ownAccount(), securityPages, signIns, letters, site);
        this.recoveryPages = new RecoveryPages(services.recovery(), letters, site);
        OperatorDoor operatorDoor = new OperatorDoor(services.house(), signIns, site);
        this.housePages = new HousePages(services.house(), services.accounts(), operatorDoor, site);
        this.parlourPages = new ParlourPages(services.house(), operatorDoor);
        this.people = new People();
    }

    void add(RoutesConfig routes) {
        routes.before(context -> {
            if (!"GET".equals(context.req().getMethod())
                    && !"HEAD".equals(context.req().getMethod())) {
                crossSite.refuse(context);
                Forms.refuseOthers(context, site);
            }
        });

        routes.get("/", roomPages::home);
        routes.get("/signup", accountPages::signUpForm);
        routes.post("/signup", accountPages::signUp);
        routes.get("/login", accountPages::signInForm);
        routes.post("/login", accountPages::signIn);
        routes.post("/logout", accountPages::signOut);

        routes.get("/settings/account", securityPages::page);
        routes.post("/settings/email", securityPages::changeEmail);
        routes.post("/settings/email/verify", verificationPages::resend);
        routes.post("/settings/password", securityPages::changePassword);
        routes.post("/settings/delete", securityPages::delete);
        routes.get("/email/verify", verificationPages::form);
        routes.post("/email/verify", verificationPages::confirm);
        routes.get("/password/forgot", recoveryPages::forgotForm);
        routes.post("/password/forgot", recoveryPages::forgot);
        routes.get("/password/reset", recoveryPages::resetForm);
        routes.post("/password/reset", recoveryPages::reset);
        routes.get("/welcome", profilePages::welcome);
        routes.post("/welcome", profilePages::rename);
        routes.get("/settings", profilePages::settings);
        routes.post("/settings", profilePages::introduce);
        routes.get("/settings/avatar", picturePages::own);
        routes.post("/settings/avatar", picturePages::take);
        routes.post("/settings/avatar/remove", picturePages::remove);
        routes.get("/@{username}", profilePages::profile);

        routes.get("/rooms", doorPages::list);
        routes.post("/rooms", doorPages::create);
        routes.post("/rooms/{room}/join", doorPages::join);
        routes.post("/rooms/{room}/leave", doorPages::leave);
        routes.get("/invitations/{code}", doorPages::invitation);
        routes.post("/direct/{username}", doorPages::direct);
        routes.get("/rooms/{room}/about", aboutPages::about);
        routes.post("/rooms/{room}/about", ownerPages::change);
        routes.post("/rooms/{room}/members", ownerPages::add);
        routes.post("/rooms/{room}/members/remove", ownerPages::remove);
        routes.post("/rooms/{room}/transfer", ownerPages::transfer);
        routes.post("/rooms/{room}/invitation", ownerPages::invite);
        routes.post("/rooms/{room}/invitation/revoke", ownerPages::revokeInvitation);
        routes.post("/rooms/{room}/mute", aboutPages::mute);
        routes.post("/rooms/{room}/unmute", aboutPages::unmute);
        routes.get("/rooms/{room}/delete", ownerPages::deleteForm);
        routes.post("/rooms/{room}/delete", ownerPages::delete);

        routes.get("/rooms/{room}", roomPages::page);
        routes.get("/rooms/{room}/messages", roomPages::history);
        routes.post("/rooms/{room}/messages", posting::post);
        routes.get("/rooms/{room}/messages/{seq}", messagePages::message);
        routes.get("/rooms/{room}/messages/{seq}/edit", messagePages::editForm);
        routes.post("/rooms/{room}/messages/{seq}/edit", messagePages::edit);
        routes.post("/rooms/{room}/messages/{seq}/delete", messagePages::delete);
        routes.post("/rooms/{room}/messages/{seq}/reactions", messagePages::react);
        routes.get("/rooms/{room}/messages/{seq}/reply", messagePages::reply);
        routes.post("/rooms/{room}/messages/{seq}/reply", messagePages::reply);
        routes.post("/rooms/{room}/composer", posting::plainComposer);
        routes.get("/rooms/{room}/composer/{key}", posting::composer);
        routes.get("/rooms/{room}/connection", roomPages::connection);
        routes.wsBeforeUpgrade("/rooms/{room}/live", roomSocket::admit);
        routes.ws("/rooms/{room}/live", roomSocket::handlers);

        routes.get("/search", searchPages::page);
        routes.before("/house", housePages::guard);
        routes.before("/house/*", housePages::guard);
        routes.get("/house", housePages::home);
        routes.get("/house/people", housePages::people);
        routes.post("/house/people/ban", housePages::ban);
        routes.post("/house/people/unban", housePages::unban);
        routes.post("/house/people/appoint", housePages::appoint);
        routes.post("/house/people/dismiss", housePages::dismiss);
        routes.post("/house/people/reset", housePages::reset);
        routes.get("/house/rooms", parlourPages::rooms);
        routes.post("/house/rooms/close", parlourPages::close);
        routes.post("/house/rooms/take", parlourPages::takeOver);
        routes.post("/house/rooms/delete", parlourPages::delete);
        routes.get("/house/messages", parlourPages::messages);
        routes.post("/house/messages/delete", parlourPages::deleteMessage);
        routes.get("/house/audit", housePages::audit);

        routes.get("/people/{username}/avatar", picturePages::picture);
        routes.get("/people/{username}/own.css", people::ownStyle);
        routes.get("/static/{file}", context -> {
            if (!site.assets().serve(context)) {
                throw new NotFoundResponse();
            }
        });
        routes.get("/healthz", health::live);
        routes.get("/readyz", health::ready);

        routes.exception(ChatException.class, errors::show);
        routes.exception(HttpResponseException.class, errors::show);
        routes.exception(Exception.class, (failure, context) -> errors.show(Errors.explain(failure), context));
        routes.wsException(Exception.class, roomSocket::fail);
    }
}
