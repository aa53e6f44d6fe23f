package dev.verdant.bench.report;

import java.util.List;

/**
 * Curves over one pair of axes.
 *
 * @param title what is seen.
 * @param xAxis name and unit.
 * @param yAxis name and unit.
 * @param xLogarithmic whether x is drawn by its logarithm; all x must be above 0 then.
 * @param yLogarithmic the same of y.
 * @param curves what is drawn, each in a colour of its own.
 * @param spans stretches of x in which something else went on, shaded.
 * @param xTicks what is written below the x axis; round numbers where there are none.
 * @param caption what a reader must know beside the curves; empty where there is nothing.
 */
public record Plot(
    String title,
    String xAxis,
    String yAxis,
    boolean xLogarithmic,
    boolean yLogarithmic,
    List<Curve> curves,
    List<Span> spans,
    List<Tick> xTicks,
    String caption) {
  /** Curves over spans. */
  public Plot(
      String title,
      String xAxis,
      String yAxis,
      boolean xLogarithmic,
      boolean yLogarithmic,
      List<Curve> curves,
      List<Span> spans) {
    this(title, xAxis, yAxis, xLogarithmic, yLogarithmic, curves, spans, List.of(), "");
  }

  /** Curves alone. */
  public Plot(
      String title,
      String xAxis,
      String yAxis,
      boolean xLogarithmic,
      boolean yLogarithmic,
      List<Curve> curves) {
    this(title, xAxis, yAxis, xLogarithmic, yLogarithmic, curves, List.of());
  }

  /** Whether there is anything to see: a curve of at least two points. */
  boolean hasCurve() {
    return curves.stream().anyMatch(curve -> curve.points().size() > 1);
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
