package chat.klatsch.examples.springboot;

import chat.klatsch.ChatServer;
import chat.klatsch.HostUser;
import chat.klatsch.core.ChatException;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.view.RedirectView;

/** Leads users of the application into the chat, and signs them out of it. */
@RestController
class ChatController {
    private final ChatServer chat;

    ChatController(ChatServer chat) {
        this.chat = chat;
    }

    @GetMapping("/")
    String home() {
        return "<a href='/chat'>Chat</a> <a href='/logout'>Sign out</a>";
    }

    /** Spring Security asks people to sign in before they come here. */
    @GetMapping("/chat")
    RedirectView chat(Authentication user, @RequestParam(defaultValue = "/") String next) {
        return new RedirectView(chat.people().signInUrl(hostUser(user), next));
    }

    /** An operator of the chat can ban a user whom the application lets in. */
    @ExceptionHandler(ChatException.class)
    @ResponseStatus(HttpStatus.FORBIDDEN)
    String refuse(ChatException refusal) {
        return refusal.getMessage();
    }

    @EventListener
    void signOut(LogoutSuccessEvent event) {
        chat.people().signOut(event.getAuthentication().getName());
    }

    private static HostUser hostUser(Authentication user) {
        HostUser hostUser = new HostUser(user.getName(), user.getName(), "");
        boolean admin = user.getAuthorities().stream().anyMatch(role -> "ROLE_ADMIN".equals(role.getAuthority()));
        return admin ? hostUser.with(HostUser.Role.OPERATOR) : hostUser;
    }
}
