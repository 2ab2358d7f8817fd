package chat.klatsch.web.account;

import chat.klatsch.room.ChatException;
import chat.klatsch.web.Errors;
import chat.klatsch.web.Html;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** How the forms about accounts are refused. */
final class FormAnswers {
    private FormAnswers() {}

    /** Shows the form again; a program gets the refusal alone. */
    static void refuse(Context context, ChatException refusal, Supplier<JteModel> form) {
        Errors.refuse(refusal, context);
        Html.send(context, form.get());
    }
}
