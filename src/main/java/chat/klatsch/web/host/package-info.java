/** Asking the application around the chat who sends a request. */
@NullMarked
package chat.klatsch.web.host;

import org.jspecify.annotations.NullMarked;
