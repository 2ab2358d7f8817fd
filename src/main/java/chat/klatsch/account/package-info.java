/** Accounts, passwords, sessions and email addresses. Uses no libraries beyond the JDK, JSpecify and SLF4J. */
@NullMarked
package chat.klatsch.account;

import org.jspecify.annotations.NullMarked;
