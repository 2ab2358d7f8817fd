package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.SignInLink;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps refusals and failures to status codes and error pages, for all routes. Thread-safe. */
public final class ErrorResponses {
    private static final Logger log = LoggerFactory.getLogger(ErrorResponses.class);

    private final Site site;
    private final CsrfGuard ownPages;
    private final StaticTemplates templates = new StaticTemplates();

    public ErrorResponses(Site site) {
        this.site = site;
        this.ownPages = new CsrfGuard(site);
    }

    /** Converts a failure to one that can be shown to the user. Logs unexpected ones. */
    public static ChatException explain(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ChatException refusal) {
            return refusal;
        }
        if (cause instanceof HttpResponseException refusal) {
            return new ChatException(kind(refusal.getStatus()), reason(refusal.getStatus()));
        }
        if (cause instanceof HttpException || cause instanceof EofException) {
            return new ChatException(Kind.MALFORMED, reason(400));
        }
        log.error("Unexpected failure", cause);
        return new ChatException(Kind.FAILED, "refusal.failed");
    }

    /** Responds with the refusal in the format that the client accepts. */
    public void show(ChatException refusal, Context context) {
        show(status(refusal.kind()), refusal, context);
    }

    public void show(HttpResponseException refusal, Context context) {
        String allowed = refusal.getDetails().get("availableMethods");
        if (allowed != null) {
            context.header("Allow", allowed.replace("GET", "GET, HEAD"));
        }
        show(refusal.getStatus(), explain(refusal), context);
    }

    private void show(int status, ChatException refusal, Context context) {
        Site site = Sessions.readBy(context, this.site.of(context));
        String reason = site.text(refusal.text());
        context.status(status).header("Cache-Control", "no-store");
        RetryLater.apply(refusal, context);
        if (wantsJson(context)) {
            context.contentType("application/json").result(Json.write(new Refusal(reason)));
        } else if (isHtmx(context)) {
            // The error message replaces only the notice line, not the element that the request targets.
            context.header("HX-Reswap", "none");
            Html.send(
                    context,
                    site,
                    switch (refusal.kind()) {
                        case OTHER_USER ->
                            templates.roomOtherViewer(reason, SignInLink.from(site, site.requestedPath(context)));
                        case SIGNED_OUT -> signedOut(site, context);
                        default -> templates.roomNotice(reason);
                    });
        } else if (refusal.kind() == Kind.SIGNED_OUT && asksForPage(context) && !site.isEmbedded()) {
            SignInLink link = new SignInLink(site, site.requestedAddress(context));
            context.redirect(link.address(), HttpStatus.SEE_OTHER);
        } else {
            PageContext page = new PageContext(site, site.text(title(status)), null, Optional.empty());
            Optional<UnsentForm> form = unsent(refusal.kind(), context);
            Html.send(
                    context,
                    site,
                    switch (refusal.kind()) {
                        case OTHER_USER -> templates.errorOtherUser(page, reason, form);
                        case SIGNED_OUT ->
                            templates.errorSignedOut(
                                    page,
                                    new SignInLink(
                                            site,
                                            asksForPage(context)
                                                    ? site.requestedAddress(context)
                                                    : ownPages.referrer(context)),
                                    form,
                                    HostCookie.isOnOtherSite(context));
                        default -> templates.errorPage(page, status, reason, form);
                    });
        }
    }

    /** A page that shows no room has no message box whose text the sign-in form could take along. */
    private JteModel signedOut(Site site, Context context) {
        String page = ownPages.referrer(context);
        boolean known = !page.equals("/");
        SignInLink room = SignInLink.from(site, known ? page : site.requestedPath(context));
        boolean inRoom = !room.next().equals("/")
                && (!known || page.replaceFirst("[?#].*", "").equals(room.next()));
        return inRoom ? templates.roomSignedOut(room) : templates.inboxSignedOut(new SignInLink(site, page));
    }

    /**
     * Returns the form to show again, unless it cannot be read. To a program, an unknown address is the same whatever it
     * sends.
     */
    private Optional<UnsentForm> unsent(Kind kind, Context context) {
        return kind == Kind.MALFORMED
                ? Optional.empty()
                : UnsentForm.of(context, site).filter(form -> form.isOfUser() || kind != Kind.NOT_FOUND);
    }

    private record Refusal(String error) {}

    /**
     * Sets the refusal's status, before the caller sends a page that shows it.
     *
     * @throws ChatException the refusal itself, for a client that accepts JSON
     */
    static void refuse(ChatException refusal, Context context) {
        if (wantsJson(context)) {
            throw refusal;
        }
        context.status(status(refusal.kind()));
        RetryLater.apply(refusal, context);
    }

    static boolean isHtmx(Context context) {
        return "true".equals(context.header("HX-Request"));
    }

    private static boolean asksForPage(Context context) {
        return "GET".equals(context.req().getMethod()) && context.header("Sec-WebSocket-Version") == null;
    }

    public static boolean wantsJson(Context context) {
        return Objects.requireNonNullElse(context.header("Accept"), "").contains("application/json");
    }

    /** The HTTP status of each kind of refusal. */
    static int status(Kind kind) {
        return switch (kind) {
            case MALFORMED -> 400;
            case INVALID -> 422;
            case TOO_LARGE -> 413;
            case SIGNED_OUT -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case TAKEN, OTHER_USER -> 409;
            case TOO_MANY -> 429;
            case UNAVAILABLE -> 503;
            case FAILED -> 500;
        };
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401 -> Kind.SIGNED_OUT;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            default -> status < 500 ? Kind.MALFORMED : Kind.FAILED;
        };
    }

    /** Returns the key of the reason. */
    private static String reason(int status) {
        return switch (status) {
            case 404 -> "refusal.page.missing";
            case 405 -> "refusal.method";
            case 413 -> "refusal.request.large";
            case 415 -> "refusal.forms.only";
            default -> "refusal.request.unreadable";
        };
    }

    /** Returns the key of the title. */
    private static String title(int status) {
        return switch (status) {
            case 401, 403, 404, 409, 429, 500, 503 -> "error.title." + status;
            default -> "error.title";
        };
    }
}
