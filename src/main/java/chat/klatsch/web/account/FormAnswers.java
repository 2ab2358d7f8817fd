package chat.klatsch.web.account;

import chat.klatsch.room.ChatException;
import chat.klatsch.web.Errors;
import chat.klatsch.web.Html;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.function.Supplier;

/** What the forms about accounts have in common: what was typed, and how it is refused. */
final class FormAnswers {
    private FormAnswers() {}

    /** What is in the form or, where a link leads to one, in the address; blank when nothing is. */
    static String field(Context context, String name) {
        String inForm = context.formParam(name);
        return Objects.requireNonNullElse(inForm != null ? inForm : context.queryParam(name), "");
    }

    /** Shows the form again; a program gets the refusal alone. */
    static void refuse(Context context, ChatException refusal, Supplier<JteModel> form) {
        if (Errors.wantsJson(context)) {
            throw refusal;
        }
        context.status(Errors.status(refusal.kind()));
        Errors.retryLater(refusal, context);
        Html.send(context, form.get());
    }
}
