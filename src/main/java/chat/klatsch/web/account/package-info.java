/** Signing up, in and out in a browser. */
@NullMarked
package chat.klatsch.web.account;

import org.jspecify.annotations.NullMarked;
