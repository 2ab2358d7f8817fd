package chat.klatsch.web.account;

import chat.klatsch.account.Contact;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import java.util.Optional;

/**
 * The settings of an account.
 *
 * @param typed the email address as it was typed
 * @param form the form that was sent, to which the refusal belongs
 */
public record AccountSettingsView(
        PageContext page, Sidebar sidebar, Contact contact, String typed, String form, Optional<String> refusal) {
    /** The refusal, if it belongs to this form. */
    public Optional<String> refusalOf(String form) {
        return refusal.filter(reason -> this.form.equals(form));
    }
}
