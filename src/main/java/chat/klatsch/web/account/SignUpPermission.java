package chat.klatsch.web.account;

import chat.klatsch.account.SignUpRules;
import chat.klatsch.core.ChatException;
import chat.klatsch.room.LinkInvitation;
import chat.klatsch.room.MembershipService;
import chat.klatsch.web.http.ChatRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides whether a request may create an account: by the code in its address, or by the invitation that it leads to. Thread-safe. */
public final class SignUpPermission {
    private static final Pattern INVITATION = Pattern.compile("/invitations/([^/?#]+)");

    private final SignUpRules rules;
    private final MembershipService memberships;

    public SignUpPermission(SignUpRules rules, MembershipService memberships) {
        this.rules = rules;
        this.memberships = memberships;
    }

    /** Returns why an account may not be created, or nothing. */
    Optional<String> refusal(ChatRequest request) {
        return rules.refusal(
                request.field("code"),
                () -> invitation(AccountPages.next(request)).isPresent());
    }

    /** @throws ChatException FORBIDDEN if an account may not be created */
    void require(ChatRequest request) {
        refusal(request).ifPresent(reason -> {
            throw new ChatException(ChatException.Kind.FORBIDDEN, reason);
        });
    }

    /** Returns whether an account may certainly not be created. */
    boolean isRefused(ChatRequest request) {
        try {
            return refusal(request).isPresent();
        } catch (ChatException unavailable) {
            return false;
        }
    }

    /** Returns whether this certainly is the first account, whose user becomes the operator. */
    boolean isFirst() {
        try {
            return rules.isFirst();
        } catch (ChatException unavailable) {
            return false;
        }
    }

    /** Returns the invitation that the request leads to, if it is valid. */
    Optional<LinkInvitation> invitation(ChatRequest request) {
        try {
            return invitation(AccountPages.next(request));
        } catch (ChatException unavailable) {
            return Optional.empty();
        }
    }

    private Optional<LinkInvitation> invitation(String next) {
        Matcher address = INVITATION.matcher(next);
        return address.matches() ? memberships.invitations().byLink(address.group(1)) : Optional.empty();
    }
}
