package chat.klatsch.web.room;

import chat.klatsch.account.NewAccount;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.Locale;
import java.util.regex.Pattern;

/** Serves the style sheet that distinguishes a user's own messages, so that a message is rendered once for all viewers. */
public final class OwnMessageStyles {
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_.-]{2,32}");

    public void serve(Context context) {
        String username = username(context);
        context.contentType("text/css; charset=utf-8")
                .header("Cache-Control", "public, max-age=600")
                .result(String.format(Locale.ROOT, """
                        .message[data-author="%1$s"] {
                          --side: end; --indent: 0; --bubble: var(--own); --ink: var(--own-ink); --faint: var(--own-faint);
                          --avatar: none; --name: none; --near: calc(var(--klatsch-radius) * .9); --far: calc(var(--klatsch-radius) * .25); --actions-order: -1;
                          --toolbar-start: 0; --toolbar-end: auto; --edit-start: auto;
                          @supports (anchor-scope: --bubble) { --toolbar-start: auto; --toolbar-end: min(anchor(start) - 1.5rem, 100%% - 10.5rem); }
                        }
                        .reaction[data-by~="%1$s"] { --reacted: settle; --reaction-line: var(--focus); --reaction: var(--sunken); --reaction-width: 3px; }
                        .typist[data-author="%1$s"] { display: none; }
                        .member[data-author="%1$s"] .you { display: inline; }
                        .message:not([data-author="%1$s"]) {
                          &:has([data-mention="%2$s"]) { --mention-bar: .3125rem; }
                          & [data-mention="%2$s"] { --mention-weight: 700; --mention-background: var(--highlight); }
                        }
                        """, username, NewAccount.comparable(username)));
    }

    private static String username(Context context) {
        String username = context.pathParam("username");
        if (!USERNAME.matcher(username).matches()) {
            throw new NotFoundResponse();
        }
        return username;
    }
}
