package chat.klatsch.web;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountSettings;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.account.PasswordReset;
import chat.klatsch.account.SignUpRules;
import chat.klatsch.admin.AdminService;
import chat.klatsch.core.IdempotencyKeys;
import chat.klatsch.draft.DraftService;
import chat.klatsch.export.PersonalExport;
import chat.klatsch.export.RoomExport;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.MessageService;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.search.SearchService;
import chat.klatsch.web.host.HostAccess;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The services that pages and sockets use.
 *
 * @param host null if the chat has accounts of its own
 */
public record Services(
        AccountService accounts,
        SignUpRules signUpRules,
        AccountSettings accountSettings,
        EmailVerification emailVerification,
        PasswordReset passwordReset,
        ProfileService profiles,
        MembershipService memberships,
        ChatRoomService rooms,
        MessageService messageService,
        InboxService inboxes,
        DraftService drafts,
        SearchService search,
        AdminService admin,
        PersonalExport personalExport,
        RoomExport roomExport,
        IdempotencyKeys keys,
        Clock clock,
        @Nullable HostAccess host) {}
