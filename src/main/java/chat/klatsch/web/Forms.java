package chat.klatsch.web;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.util.Objects;
import java.util.regex.Pattern;

/** What a request may bring along: a form of a reasonable size, or nothing. */
final class Forms {
    static final long BYTES = 1_000_000;

    private static final Pattern FORM = Pattern.compile(
            "application/x-www-form-urlencoded\\s*(;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

    private Forms() {}

    /** @throws io.javalin.http.HttpResponseException 413 or 415 for anything else, before it is read */
    static void refuseOthers(Context context) {
        if (context.contentLength() > BYTES) {
            throw new ContentTooLargeResponse();
        }
        boolean hasBody = context.contentLength() > 0 || context.header("Transfer-Encoding") != null;
        if (hasBody
                && !FORM.matcher(Objects.requireNonNullElse(context.header("Content-Type"), ""))
                        .matches()) {
            throw new UnsupportedMediaTypeResponse();
        }
    }
}
