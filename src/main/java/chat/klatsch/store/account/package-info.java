/** Stores accounts, sessions, tokens and profiles. Internal: changes without notice. */
@NullMarked
package chat.klatsch.store.account;

import org.jspecify.annotations.NullMarked;
