package chat.klatsch.web.admin;

import chat.klatsch.account.SignedIn;
import chat.klatsch.admin.House;
import chat.klatsch.core.ChatException;
import chat.klatsch.web.http.Errors;
import chat.klatsch.web.http.SignIns;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.Page;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.Times;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** The way in for operators, which for all others is not there, and what their pages have in common. Thread-safe. */
public final class OperatorDoor {
    private final House house;
    private final SignIns signIns;
    private final Site site;

    public OperatorDoor(House house, SignIns signIns, Site site) {
        this.house = house;
        this.signIns = signIns;
        this.site = site;
    }

    /** @throws NotFoundResponse as for an address that nothing is at */
    void guard(Context context) {
        if (signIns.of(context).map(SignedIn::user).filter(house::isOperator).isEmpty()) {
            throw new NotFoundResponse();
        }
        context.header("Cache-Control", "no-store");
    }

    SignedIn operator(Context context) {
        return signIns.require(context);
    }

    HouseView view(Context context, String title, Optional<String> refusal) {
        SignedIn operator = operator(context);
        return new HouseView(new Page(site, title, operator.user()), new Times(operator.zone()), refusal);
    }

    /** Does it, and goes to a page that shows it; where it is refused, a page says why. */
    void perform(Context context, Runnable action, String next, Function<Optional<String>, JteModel> page) {
        try {
            action.run();
            context.redirect(site.path(next), HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            refuse(context, refusal, page);
        }
    }

    /** Programs get it bare. */
    void refuse(Context context, ChatException refusal, Function<Optional<String>, JteModel> page) {
        Errors.refuse(refusal, context);
        Html.send(context, page.apply(Optional.of(refusal.reason())));
    }

    static String query(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
