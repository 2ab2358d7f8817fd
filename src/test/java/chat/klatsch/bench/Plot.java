package chat.klatsch.bench;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;

/** Plots latency over throughput, one line for each server and size. */
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
        chart.getStyler().setXAxisDecimalPattern("#,##0");
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    }

    /** Adds the chat, and in the same colour but dashed the baseline. */
    void add(int members, Color colour, List<Outcome> chat, List<Outcome> least) {
        add("Klatsch, %,d members".formatted(members), colour, chat);
        add("yardstick, %,d".formatted(members), colour, least).setLineStyle(SeriesLines.DASH_DASH);
    }

    private XYSeries add(String name, Color colour, List<Outcome> outcomes) {
        List<Outcome> rated =
                outcomes.stream().filter(outcome -> outcome.rate() > 0).toList();
        XYSeries series = chart.addSeries(
                name,
                rated.stream().map(Outcome::perSecond).toList(),
                rated.stream().map(outcome -> outcome.percentile(99)).toList());
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        return series;
    }

    void write(Path file) {
        try {
            VectorGraphicsEncoder.saveVectorGraphic(
                    chart, file.toString(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
            // The library writes letters as outlines with nine decimals.
            Files.writeString(file, Files.readString(file).replaceAll("(\\d\\.\\d)\\d+", "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
