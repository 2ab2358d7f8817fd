package chat.klatsch.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** Measures the time from starting the jar to its first page. */
final class Start implements Scenario {
    private static final int TIMES = 5;

    @Override
    public void run(Lab lab) {
        lab.report()
                .section(
                        "start",
                        "From starting the process to the first 200, the median of %d, once a start before has left an archive of classes (Java 19 and newer)."
                                .formatted(TIMES));
        Path kept = Target.fresh(lab.scratch());
        start(lab, kept);
        lab.report()
                .table(
                        List.of("", "seconds"),
                        List.of(
                                List.of("with a new database", median(() -> start(lab, Target.fresh(lab.scratch())))),
                                List.of("with one from before", median(() -> start(lab, kept)))));
    }

    private static String median(DoubleSupplier time) {
        double[] sorted = DoubleStream.generate(time).limit(TIMES).sorted().toArray();
        return Report.number(sorted[TIMES / 2]);
    }

    private static double start(Lab lab, Path data) {
        long begin = System.nanoTime();
        try (Target server = Target.klatsch(lab.scratch(), "--data=" + data)) {
            SignedUpUsers.look(server.port());
            double seconds = (System.nanoTime() - begin) / 1e9;
            server.terminate();
            return seconds;
        }
    }
}
