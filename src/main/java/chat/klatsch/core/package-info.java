/** Values and rules that every feature shares: users, ids, limits, errors, text rules. */
@NullMarked
package chat.klatsch.core;

import org.jspecify.annotations.NullMarked;
