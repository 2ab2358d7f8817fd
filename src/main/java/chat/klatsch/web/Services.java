package chat.klatsch.web;

import chat.klatsch.account.Accounts;
import chat.klatsch.account.OwnAccount;
import chat.klatsch.account.Recovery;
import chat.klatsch.account.Verification;
import chat.klatsch.admin.House;
import chat.klatsch.inbox.Inboxes;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.Chronicle;
import chat.klatsch.profile.Profiles;
import chat.klatsch.room.Doorkeeper;
import chat.klatsch.search.Search;

/** What the pages and sockets serve: the heart of the chat, wired. */
public record Services(
        Accounts accounts,
        OwnAccount ownAccount,
        Verification verification,
        Recovery recovery,
        Profiles profiles,
        Doorkeeper doorkeeper,
        ChatRoomService rooms,
        Chronicle chronicle,
        Inboxes inboxes,
        Search search,
        House house) {}
