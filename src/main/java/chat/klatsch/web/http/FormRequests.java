package chat.klatsch.web.http;

import chat.klatsch.web.view.Site;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** What a request may bring along: a form of a reasonable size, or nothing; in a few places a form with a file. */
public final class FormRequests {
    public static final long BYTES = 1_000_000;

    private static final Pattern FORM = Pattern.compile(
            "application/x-www-form-urlencoded\\s*(;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern FORM_WITH_FILE =
            Pattern.compile("multipart/form-data\\s*;.+", Pattern.CASE_INSENSITIVE);

    /** Where files go. Whoever takes one looks at its size before reading it, see {@link FileUpload}. */
    private static final Set<String> WITH_FILE = Set.of("/settings/avatar");

    private FormRequests() {}

    /** @throws io.javalin.http.HttpResponseException 413 or 415 for anything else, before it is read */
    public static void refuseOthers(Context context, Site site) {
        String type = Objects.requireNonNullElse(context.header("Content-Type"), "");
        if (WITH_FILE.contains(site.wantedPath(context))) {
            if (!FORM_WITH_FILE.matcher(type).matches()) {
                throw new UnsupportedMediaTypeResponse();
            }
            return;
        }
        if (context.contentLength() > BYTES) {
            throw new ContentTooLargeResponse();
        }
        boolean hasBody = context.contentLength() > 0 || context.header("Transfer-Encoding") != null;
        if (hasBody && !FORM.matcher(type).matches()) {
            throw new UnsupportedMediaTypeResponse();
        }
    }

    /** What is in the form or, where a link leads to one, in the address; blank when nothing is. */
    public static String field(Context context, String name) {
        String inForm = context.formParam(name);
        return Objects.requireNonNullElse(inForm != null ? inForm : context.queryParam(name), "");
    }
}
