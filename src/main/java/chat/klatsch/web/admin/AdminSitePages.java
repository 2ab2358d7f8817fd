package chat.klatsch.web.admin;

import chat.klatsch.admin.AdminService;
import chat.klatsch.admin.SiteName;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.Optional;

/** The form by which operators name the chat. Thread-safe. */
public final class AdminSitePages {
    private static final String PATH = "/admin/chat";

    private final AdminService admin;
    private final StaticTemplates templates = new StaticTemplates();

    public AdminSitePages(AdminService admin) {
        this.admin = admin;
    }

    public void form(ChatRequest request) {
        request.show(page(request, request.site().name(), Optional.empty()));
    }

    public void rename(ChatRequest request) {
        String name = request.form("site");
        request.perform(
                () -> admin.rename(request.user(), new SiteName(name)),
                FlashMessage.SAVED.at(PATH),
                reason -> page(request, name, reason));
    }

    private JteModel page(ChatRequest request, String name, Optional<String> refusal) {
        return templates.adminSite(AdminView.of(request, "chat", refusal), name);
    }
}
