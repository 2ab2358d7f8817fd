package chat.klatsch.web.view;

import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;

/** Answers with a rendered template. */
public final class Html {
    private Html() {}

    public static void send(Context context, JteModel template) {
        context.contentType("text/html; charset=utf-8").result(template.render());
    }
}
