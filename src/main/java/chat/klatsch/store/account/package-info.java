/** Accounts, sessions, tokens and profiles in SQL. */
@NullMarked
package chat.klatsch.store.account;

import org.jspecify.annotations.NullMarked;
