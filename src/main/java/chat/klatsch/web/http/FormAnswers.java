package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.web.view.Html;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** How the forms about accounts are refused. */
public final class FormAnswers {
    private FormAnswers() {}

    /** Shows the form again; a program gets the refusal alone. */
    public static void refuse(Context context, ChatException refusal, Supplier<JteModel> form) {
        ErrorResponses.refuse(refusal, context);
        Html.send(context, form.get());
    }
}
