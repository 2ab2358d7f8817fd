package chat.klatsch;

import chat.klatsch.account.AccountChanges;
import chat.klatsch.account.AccountEmails;
import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountSettings;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.account.PasswordHasher;
import chat.klatsch.account.PasswordReset;
import chat.klatsch.account.PasswordStrength;
import chat.klatsch.account.SignUpRules;
import chat.klatsch.admin.AdminQueries;
import chat.klatsch.admin.AdminService;
import chat.klatsch.admin.CurrentSiteName;
import chat.klatsch.core.MonotonicClock;
import chat.klatsch.draft.DraftService;
import chat.klatsch.event.EventBus;
import chat.klatsch.export.ExportStore;
import chat.klatsch.export.PersonalExport;
import chat.klatsch.export.RoomExport;
import chat.klatsch.host.HostAccountStore;
import chat.klatsch.host.HostAccounts;
import chat.klatsch.host.HostAvatars;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.MessageService;
import chat.klatsch.password.CommonPasswords;
import chat.klatsch.profile.ProfileService;
import chat.klatsch.program.Application;
import chat.klatsch.program.ProgramRoomStore;
import chat.klatsch.program.Programs;
import chat.klatsch.program.Subscriptions;
import chat.klatsch.room.MembershipService;
import chat.klatsch.search.SearchService;
import chat.klatsch.store.Database;
import chat.klatsch.store.account.SqlAccountChanges;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.account.SqlHostAccountStore;
import chat.klatsch.store.account.SqlProfileStore;
import chat.klatsch.store.admin.SqlAdminQueries;
import chat.klatsch.store.admin.SqlAdminStore;
import chat.klatsch.store.draft.SqlDraftStore;
import chat.klatsch.store.export.SqlExportStore;
import chat.klatsch.store.message.SqlChangeStore;
import chat.klatsch.store.message.SqlMentionStore;
import chat.klatsch.store.message.SqlMessageStore;
import chat.klatsch.store.message.SqlSearchStore;
import chat.klatsch.store.program.SqlPeopleStore;
import chat.klatsch.store.program.SqlProgramRoomStore;
import chat.klatsch.store.program.SqlSubscriptionStore;
import chat.klatsch.store.room.SqlInboxStore;
import chat.klatsch.store.room.SqlInvitationStore;
import chat.klatsch.store.room.SqlMembershipStore;
import chat.klatsch.store.room.SqlRoomStore;
import chat.klatsch.text.Languages;
import chat.klatsch.web.Services;
import chat.klatsch.web.room.HtmlEventRenderer;
import chat.klatsch.web.room.HtmlInboxRenderer;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.view.Site;
import chat.klatsch.web.view.StaticAssets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The services of a chat, wired to what it holds open.
 *
 * @param localHome completed with the URL on this machine, which is known once the web server has started
 */
record Wiring(
        Site site,
        Services services,
        ConnectionRegistry connections,
        HostAccounts hostAccounts,
        Programs programs,
        CompletableFuture<String> localHome) {
    static Wiring of(ChatConfig config, OpenResources resources, Clock clock) {
        Database database = resources.storage().database();
        EventBus bus = resources.bus();
        PasswordHasher passwords = resources.passwords();
        Executor executor = resources.threads().executor();
        ScheduledExecutorService timer = resources.threads().timer();
        CompletableFuture<String> localHome = new CompletableFuture<>();
        AdminQueries adminQueries = new SqlAdminQueries(database);
        CurrentSiteName siteName =
                new CurrentSiteName(adminQueries, config.look.name(), executor, new MonotonicClock(clock));
        Languages languages = config.languages.languages();
        Site site = new Site(
                config.basePath,
                config.publicUrl,
                new StaticAssets(config.look.brand()),
                siteName,
                config.users.login(),
                config.look.brand(),
                config.frameAncestors,
                languages);
        AccountEmails emails = new AccountEmails(
                languages, resources.mail(), () -> site.publicHome().orElseGet(localHome::join), siteName);
        AccountStore accountStore = new SqlAccountStore(database);
        AccountChanges changes = new SqlAccountChanges(database);
        PasswordStrength strength = new CommonPasswords();
        AccountService accounts = new AccountService(accountStore, passwords, strength, bus, clock);
        EmailVerification emailVerification = new EmailVerification(changes, emails, executor, clock);
        PasswordReset passwordReset = new PasswordReset(changes, passwords, strength, emails, bus, executor, clock);
        SqlProfileStore profileStore = new SqlProfileStore(database);
        MembershipService memberships = new MembershipService(
                new SqlRoomStore(database),
                new SqlMembershipStore(database),
                new SqlInvitationStore(database),
                bus,
                clock);
        SqlMessageStore messages = new SqlMessageStore(database);
        InboxService inboxes = new InboxService(
                new SqlInboxStore(database), messages, new HtmlInboxRenderer(site), bus, clock, executor, timer);
        ChatRoomService service = new ChatRoomService(
                messages,
                profileStore,
                memberships::summary,
                memberships::members,
                inboxes::isOnline,
                bus,
                resources.metrics().counted(new HtmlEventRenderer(site, clock)),
                config.limits,
                clock,
                executor,
                timer);
        inboxes.subscribe(service::onOnlineChanged);
        resources.metrics().observe(service, inboxes);
        ConnectionRegistry connections = new ConnectionRegistry(
                config.limits,
                config.heartbeatSettings,
                accounts,
                memberships,
                bus,
                site,
                executor,
                resources.threads().own(),
                timer,
                resources.metrics().registry());
        SignUpRules signUpRules = new SignUpRules(config.signup, FirstAccount.isExposed(config), accountStore, clock);
        ProfileService profiles = new ProfileService(profileStore, resources.images(), bus);
        HostAccountStore hostStore = new SqlHostAccountStore(database);
        HostAvatars hostAvatars =
                new HostAvatars(hostStore, profiles, resources.threads().own(), new MonotonicClock(clock));
        HostAccounts hostAccounts = new HostAccounts(hostStore, hostAvatars, bus, clock);
        ExportStore exports = new SqlExportStore(database);
        Services services = new Services(
                accounts,
                signUpRules,
                new AccountSettings(accountStore, changes, passwords, strength, emailVerification, emails, bus, clock),
                emailVerification,
                passwordReset,
                profiles,
                memberships,
                service,
                new MessageService(messages, bus, config.limits, clock),
                inboxes,
                new DraftService(new SqlDraftStore(database), bus, config.limits),
                new SearchService(new SqlSearchStore(database), new SqlMentionStore(database)),
                new AdminService(adminQueries, new SqlAdminStore(database), passwordReset, siteName, bus, clock),
                new PersonalExport(exports, profileStore, memberships),
                new RoomExport(exports, messages, memberships, clock),
                resources.storage().keys(clock),
                clock,
                config.users.access(hostAccounts, resources.threads().own()).orElse(null));
        return new Wiring(
                site,
                services,
                connections,
                hostAccounts,
                programs(config, resources, services, hostAccounts),
                localHome);
    }

    private static Programs programs(
            ChatConfig config, OpenResources resources, Services services, HostAccounts hostAccounts) {
        Database database = resources.storage().database();
        ProgramRoomStore rooms = new SqlProgramRoomStore(database);
        boolean hosted = config.users.login().isPresent();
        Application application = new Application(
                new SqlPeopleStore(database),
                rooms,
                hosted ? hostAccounts::known : services.accounts()::named,
                hosted,
                resources.bus(),
                services.clock());
        Subscriptions subscriptions = new Subscriptions(
                new SqlChangeStore(database),
                new SqlSubscriptionStore(database),
                resources.bus(),
                resources.threads().own(),
                resources.threads().timer());
        return new Programs(application, rooms, subscriptions);
    }
}
