package chat.klatsch.web.account;

import chat.klatsch.account.Contact;
import chat.klatsch.web.view.PageContext;
import java.util.Optional;

/**
 * What people see of their account.
 *
 * @param typed the new e-mail address, where it was refused
 * @param form the form whose input was refused
 */
public record AccountSettingsView(
        PageContext page,
        Contact contact,
        Optional<String> notice,
        String typed,
        String form,
        Optional<String> refusal) {
    /** Why what was typed into this form was refused, where it was. */
    public Optional<String> refusalOf(String form) {
        return refusal.filter(reason -> this.form.equals(form));
    }
}
