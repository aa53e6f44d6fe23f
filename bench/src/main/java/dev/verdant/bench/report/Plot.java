package dev.verdant.bench.report;

import java.util.List;

/**
 * Curves over one pair of axes.
 *
 * @param title what is seen.
 * @param x the axis below.
 * @param y the axis on the left.
 * @param curves what is drawn, each in a colour of its own.
 * @param spans stretches of x in which something else went on, shaded.
 * @param caption what a reader must know beside the curves; empty where there is nothing.
 */
public record Plot(
    String title, Axis x, Axis y, List<Curve> curves, List<Span> spans, String caption) {
  /** Curves alone; the {@code with} methods add the rest. */
  public static Plot of(String title, Axis x, Axis y, List<Curve> curves) {
    return new Plot(title, x, y, curves, List.of(), "");
  }

  /** The same plot with stretches of x shaded. */
  public Plot withSpans(List<Span> shaded) {
    return new Plot(title, x, y, curves, shaded, caption);
  }

  /** The same plot with a caption. */
  public Plot withCaption(String text) {
    return new Plot(title, x, y, curves, spans, text);
  }

  /** Whether there is anything to see: a curve of at least two points. */
  boolean hasCurve() {
    return curves.stream().anyMatch(curve -> curve.points().size() > 1);
  }

  /**
   * One axis.
   *
   * @param label name and unit.
   * @param isLogarithmic whether values are drawn by their logarithm; all must be above 0 then.
   * @param ticks what is written along it; round numbers where there are none.
   */
  public record Axis(String label, boolean isLogarithmic, List<Tick> ticks) {
    /** Values as they are. */
    public static Axis linear(String label) {
      return new Axis(label, false, List.of());
    }

    /** Values by their logarithm. */
    public static Axis logarithmic(String label) {
      return new Axis(label, true, List.of());
    }

    /** The same axis with other marks than round numbers. */
    public Axis withTicks(List<Tick> marks) {
      return new Axis(label, isLogarithmic, marks);
    }
  }

  /**
   * One curve.
   *
   * @param name for the legend.
   * @param points from left to right.
   */
  public record Curve(String name, List<Point> points) {}

  /** A mark on an axis with its text. */
  public record Tick(double at, String label) {}

  /** From one x to another. */
  public record Span(double from, double to) {}

  /** One point of a curve. */
  public record Point(double x, double y) {}
}
