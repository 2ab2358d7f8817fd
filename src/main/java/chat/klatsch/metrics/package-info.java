/** What a chat counts and measures, with Micrometer. Internal: changes without notice. */
@NullMarked
package chat.klatsch.metrics;

import org.jspecify.annotations.NullMarked;
