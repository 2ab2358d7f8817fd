/** Into rooms and out of them: finding, making, joining and leaving them, and what their owners do with them. */
@NullMarked
package chat.klatsch.web.membership;

import org.jspecify.annotations.NullMarked;
