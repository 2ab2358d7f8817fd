package chat.klatsch.bench;

import java.nio.file.Path;
import java.time.Duration;

/** Something that is measured. */
interface Scenario {
    /**
     * Where and how it is measured.
     *
     * @param scratch a directory that is deleted in the end
     * @param results a directory that stays
     * @param time how long each run is measured
     */
    record Lab(Path scratch, Path results, Duration time, Report report) {
        /** Characters in an ordinary message. */
        static final int ORDINARY = 80;

        Load load(ConnectionStorm crowd) {
            return new Load(crowd, ORDINARY, time);
        }
    }

    void run(Lab lab) throws Exception;
}
