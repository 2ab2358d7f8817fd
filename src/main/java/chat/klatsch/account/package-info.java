/** Who people are: accounts, passwords and sign-ins, free of libraries like the rest of the heart. */
@NullMarked
package chat.klatsch.account;

import org.jspecify.annotations.NullMarked;
