package chat.klatsch.core;

import java.util.Objects;

/** The version of this build. */
public final class Version {
    private Version() {}

    /** Returns the version in the jar's manifest, or a remark if the classes are in none. */
    public static String current() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(unpackaged)");
    }
}
