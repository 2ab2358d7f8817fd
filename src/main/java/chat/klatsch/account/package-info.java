/**
 * Accounts, passwords, sessions and email addresses. Uses no libraries beyond the JDK, JSpecify and SLF4J. {@link
 * chat.klatsch.account.SignUpMode} is part of the API; the rest is internal and changes without notice.
 */
@NullMarked
package chat.klatsch.account;

import org.jspecify.annotations.NullMarked;
