/** The doorbell between JVMs. */
@NullMarked
package chat.klatsch.bus;

import org.jspecify.annotations.NullMarked;
