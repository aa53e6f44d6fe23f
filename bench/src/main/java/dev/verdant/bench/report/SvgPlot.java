package dev.verdant.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Draws a {@link Plot} as inline SVG. */
final class SvgPlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 320;
  private static final int LEFT = 90;
  private static final int RIGHT = 20;
  private static final int TOP = 20;
  private static final int BOTTOM = 50;
  private static final int TICKS = 6;
  private static final double FEW_POWERS = 1e3;
  private static final int LEGEND_STEP = 16;
  private static final int LEGEND_WIDTH = 110;
  private static final int LEGEND_LINES = (HEIGHT - TOP - BOTTOM) / LEGEND_STEP;
  private static final List<String> COLOURS =
      List.of("#1b7837", "#2166ac", "#b2182b", "#e08214", "#762a83", "#4d4d4d", "#35978f");

  private final Plot plot;
  private final Scale x;
  private final Scale y;
  private final StringBuilder svg = new StringBuilder();

  private SvgPlot(Plot plot) {
    this.plot = plot;
    this.x =
        Scale.over(
            plot.curves().stream()
                .flatMapToDouble(curve -> curve.points().stream().mapToDouble(Plot.Point::x)),
            plot.x().isLogarithmic(),
            LEFT,
            WIDTH - RIGHT);
    this.y =
        Scale.over(
            plot.curves().stream()
                .flatMapToDouble(curve -> curve.points().stream().mapToDouble(Plot.Point::y)),
            plot.y().isLogarithmic(),
            HEIGHT - BOTTOM,
            TOP);
  }

  static String of(Plot plot) {
    return new SvgPlot(plot).draw();
  }

  private String draw() {
    append(
        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">%n", WIDTH, HEIGHT, WIDTH, HEIGHT);
    plot.spans().forEach(this::span);
    marks(plot.x(), x).forEach(this::xTick);
    marks(plot.y(), y).forEach(this::yTick);
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10.0, "middle", plot.x().label());
    text(LEFT, TOP - 6.0, "start", plot.y().label());
    for (int i = 0; i < plot.curves().size(); i++) {
      curve(plot.curves().get(i), COLOURS.get(i % COLOURS.size()), i);
    }
    return svg.append("</svg>\n").toString();
  }

  private static List<Plot.Tick> marks(Plot.Axis axis, Scale scale) {
    return axis.ticks().isEmpty() ? scale.ticks() : axis.ticks();
  }

  private void xTick(Plot.Tick tick) {
    final double px = x.position(tick.at());
    append(
        "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
        px, TOP, px, HEIGHT - BOTTOM);
    text(px, HEIGHT - BOTTOM + LEGEND_STEP, "middle", tick.label());
  }

  private void yTick(Plot.Tick tick) {
    final double py = y.position(tick.at());
    append(
        "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>%n",
        LEFT, py, WIDTH - RIGHT, py);
    text(LEFT - 6.0, py + 4, "end", tick.label());
  }

  /** Shades a stretch, as far as the axis goes. */
  private void span(Plot.Span span) {
    final double from = Math.max(LEFT, x.position(span.from()));
    final double to = Math.min(WIDTH - RIGHT, x.position(span.to()));
    if (from < to) {
      append(
          "<rect class=\"span\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
          from, TOP, to - from, HEIGHT - BOTTOM - TOP);
    }
  }

  private void curve(Plot.Curve curve, String colour, int number) {
    append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"", colour);
    for (final Plot.Point point : curve.points()) {
      append("%.1f,%.1f ", x.position(point.x()), y.position(point.y()));
    }
    svg.append("\"/>\n");
    append("<g fill=\"%s\">", colour);
    text(
        LEFT + 10.0 + number / LEGEND_LINES * LEGEND_WIDTH,
        TOP + LEGEND_STEP * (number % LEGEND_LINES + 1.0),
        "start",
        curve.name());
    svg.append("</g>\n");
  }

  private void text(double px, double py, String anchor, String text) {
    append(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
        px, py, anchor, Html.escaped(text));
  }

  private void append(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  /** Values from least to most, drawn from one pixel to another. */
  private record Scale(double least, double most, boolean logarithmic, int from, int to) {
    static Scale over(DoubleStream values, boolean logarithmic, int from, int to) {
      final var range = values.summaryStatistics();
      if (range.getCount() == 0) {
        return new Scale(logarithmic ? 1 : 0, logarithmic ? 10 : 1, logarithmic, from, to);
      }
      final double least = logarithmic ? range.getMin() : Math.min(0, range.getMin());
      final double most = range.getMax() > least ? range.getMax() : least + 1;
      return new Scale(least, most, logarithmic, from, to);
    }

    double at(double fraction) {
      return from + fraction * (to - from);
    }

    List<Plot.Tick> ticks() {
      final List<Double> round = logarithmic ? roundValues() : multiples();
      final List<Double> values =
          round.size() < 2
              ? IntStream.range(0, TICKS).mapToObj(i -> valueAt((double) i / (TICKS - 1))).toList()
              : round;
      return values.stream().map(value -> new Plot.Tick(value, Figures.text(value))).toList();
    }

    private double valueAt(double fraction) {
      return logarithmic
          ? least * Math.pow(most / least, fraction)
          : least + fraction * (most - least);
    }

    /** Multiples of a power of ten, or of twice or five times one, a few of them. */
    private List<Double> multiples() {
      final double apart = (most - least) / (TICKS - 1);
      final double power = Math.pow(10, Math.floor(Math.log10(apart)));
      final double step =
          Stream.of(1, 2, 5, 10)
              .map(times -> times * power)
              .filter(value -> value >= apart)
              .findFirst()
              .orElse(apart);
      return LongStream.rangeClosed((long) Math.ceil(least / step), (long) Math.floor(most / step))
          .mapToObj(number -> number * step)
          .toList();
    }

    /** The powers of ten within; twice and five times those as well where they are few. */
    private List<Double> roundValues() {
      final boolean few = most / least < FEW_POWERS;
      return IntStream.rangeClosed((int) Math.log10(least) - 1, (int) Math.log10(most))
          .mapToObj(power -> Math.pow(10, power))
          .flatMap(power -> few ? Stream.of(power, 2 * power, 5 * power) : Stream.of(power))
          .filter(value -> value >= least && value <= most)
          .toList();
    }

    double position(double value) {
      return at(
          logarithmic
              ? Math.log(value / least) / Math.log(most / least)
              : (value - least) / (most - least));
    }
  }
}
