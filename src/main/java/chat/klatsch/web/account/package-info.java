/**
 * Pages about accounts: sign-up, sign-in, profiles, settings, email verification and password reset. Internal: changes
 * without notice.
 */
@NullMarked
package chat.klatsch.web.account;

import org.jspecify.annotations.NullMarked;
