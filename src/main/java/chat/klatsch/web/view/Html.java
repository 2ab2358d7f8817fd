package chat.klatsch.web.view;

import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;

/** Sends a rendered template as the response. */
public final class Html {
    private Html() {}

    public static void send(Context context, JteModel template) {
        context.contentType("text/html; charset=utf-8").result(template.render());
    }
}
