package chat.klatsch.web.admin;

import chat.klatsch.web.view.Page;
import chat.klatsch.web.view.Times;
import java.util.Optional;

/**
 * What all pages of operators have.
 *
 * @param refusal why something was not done
 */
public record HouseView(Page page, Times times, Optional<String> refusal) {}
