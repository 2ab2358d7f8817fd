/** Stores accounts, sessions, tokens and profiles. */
@NullMarked
package chat.klatsch.store.account;

import org.jspecify.annotations.NullMarked;
