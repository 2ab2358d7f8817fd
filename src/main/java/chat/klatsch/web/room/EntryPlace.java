package chat.klatsch.web.room;

/** The place of a rendered message on a page. */
public enum EntryPlace {
    /** The page, or a page of older or newer messages. Screen readers do not announce it. */
    HISTORY,
    /** The first message on the page that the viewer has not read. */
    FIRST_NEW,
    /** The end of the page, as a message that has just been posted. Screen readers announce it. */
    POST,
    /** The place of the same message, which has changed. Screen readers announce what differs. */
    CHANGE;

    /** Returns whether screen readers stay silent when the message is inserted. */
    public boolean isSilent() {
        return this == HISTORY || this == FIRST_NEW;
    }
}
