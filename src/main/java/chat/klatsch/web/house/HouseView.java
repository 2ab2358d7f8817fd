package chat.klatsch.web.house;

import chat.klatsch.web.Page;
import chat.klatsch.web.room.Times;
import java.util.Optional;

/**
 * What all pages of operators have.
 *
 * @param refusal why something was not done
 */
public record HouseView(Page page, Times times, Optional<String> refusal) {}
