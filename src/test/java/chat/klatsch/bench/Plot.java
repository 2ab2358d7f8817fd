package chat.klatsch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** Latency over throughput, one line for each server and size. */
final class Plot {
    private final XYChart chart;

    Plot(String title, String across, String up) {
        chart = new XYChartBuilder()
                .width(900)
                .height(540)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(up)
                .theme(Styler.ChartTheme.Matlab)
                .build();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
    }

    /** Those outcomes that had a rate. */
    void add(String name, List<Outcome> outcomes) {
        List<Outcome> rated =
                outcomes.stream().filter(outcome -> outcome.rate() > 0).toList();
        chart.addSeries(
                name,
                rated.stream().map(Outcome::perSecond).toList(),
                rated.stream().map(outcome -> outcome.percentile(99)).toList());
    }

    void write(Path file) {
        try {
            VectorGraphicsEncoder.saveVectorGraphic(
                    chart, file.toString(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
            // Letters are drawn as outlines, to a billionth of a point.
            Files.writeString(file, Files.readString(file).replaceAll("(\\d\\.\\d)\\d+", "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
