package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.web.view.Site;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks that the body of a request is a form, or a form with a file where one is uploaded, and that it says no length of more
 * than {@link #BYTES}. Bodies have been read within their limits before.
 */
public final class FormRequests {
    public static final int BYTES = 1_000_000;

    private static final Pattern FORM = Pattern.compile(
            "application/x-www-form-urlencoded\\s*(;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern FORM_WITH_FILE =
            Pattern.compile("multipart/form-data\\s*;.+", Pattern.CASE_INSENSITIVE);

    /** Paths that files are uploaded to. {@link FileUpload} checks their size. */
    private static final Set<String> WITH_FILE = Set.of("/settings/avatar", "/settings/profile");

    private static final Set<String> SAFE = Set.of("GET", "CONNECT");

    private FormRequests() {}

    /** Returns whether files are uploaded to a path. */
    public static boolean isUpload(String path) {
        return WITH_FILE.contains(path);
    }

    /** Returns whether the request changes nothing. HEAD requests arrive as GET, WebSockets over HTTP/2 as CONNECT. */
    static boolean isSafe(Context context) {
        return SAFE.contains(context.req().getMethod());
    }

    /** @throws io.javalin.http.HttpResponseException 413 or 415 for any other body, before it is read */
    public static void refuseUnlessForm(Context context, Site site) {
        if (isSafe(context)) {
            return;
        }
        String type = Objects.requireNonNullElse(context.header("Content-Type"), "");
        if (isUpload(site.requestedPath(context))) {
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
        context.attribute(FormRequests.class.getName(), hasBody);
    }

    /** Returns the fields of a form that has passed these checks, without files. */
    static Map<String, List<String>> accepted(Context context) {
        if (Boolean.TRUE.equals(context.attribute(FormRequests.class.getName()))) {
            return context.formParamMap();
        }
        return context.isMultipart() && !isSafe(context) ? unread(context) : Map.of();
    }

    /** Reads the beginning of a form with a file that no handler has read. Its address says whose it is. */
    private static Map<String, List<String>> unread(Context context) {
        Map<String, List<String>> fields = new HashMap<>();
        try {
            MultipartBody.read(context, "").fields().forEach((name, value) -> fields.put(name, List.of(value)));
        } catch (ChatException malformed) {
            // Another page says that the form was refused, and has nothing to show of it.
            return Map.of();
        }
        fields.put("viewer", List.of(Objects.requireNonNullElse(context.queryParam("viewer"), "")));
        return fields;
    }
}
