package chat.klatsch.web.admin;

import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import java.util.Optional;

/**
 * What all pages of operators have.
 *
 * @param refusal why something was not done
 */
public record AdminView(PageContext page, LocalTimes times, Optional<String> refusal) {}
