package chat.klatsch.bench;

import java.nio.file.Path;
import java.time.Duration;

/** One benchmark. */
interface Scenario {
    /**
     * The environment of a benchmark.
     *
     * @param scratch a directory that is deleted at the end
     * @param results a directory that is kept
     * @param time the measured time of each run
     */
    record Lab(Path scratch, Path results, Duration time, Report report) {
        /** The length of an ordinary message in characters. */
        static final int ORDINARY = 80;

        Load load(ConnectionStorm storm) {
            return new Load(storm, ORDINARY, time);
        }
    }

    void run(Lab lab) throws Exception;
}
