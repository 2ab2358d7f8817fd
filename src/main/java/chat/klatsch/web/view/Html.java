package chat.klatsch.web.view;

import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;

/** Sends a rendered template as the response. */
public final class Html {
    private Html() {}

    /** @param site the chat in the language of the template */
    public static void send(Context context, Site site, JteModel template) {
        context.contentType("text/html; charset=utf-8")
                .header("Content-Language", site.texts().tag())
                .header("Vary", "Accept-Language")
                .result(template.render());
    }
}
