package chat.klatsch.web.host;

import chat.klatsch.host.HostAccounts;
import java.util.Optional;

/**
 * How the users of the application around the chat come in.
 *
 * @param requests recognises them in each request; empty if they follow links that sign in
 */
public record HostAccess(HostAccounts accounts, Optional<HostRequests> requests) {}
