/** The doorbell between JVMs. */
@NullMarked
package chat.klatsch.redis;

import org.jspecify.annotations.NullMarked;
