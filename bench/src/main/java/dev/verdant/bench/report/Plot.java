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
 */
public record Plot(
    String title,
    String xAxis,
    String yAxis,
    boolean xLogarithmic,
    boolean yLogarithmic,
    List<Curve> curves,
    List<Span> spans) {
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

  /**
   * One curve.
   *
   * @param name for the legend.
   * @param points from left to right.
   */
  public record Curve(String name, List<Point> points) {}

  /** From one x to another. */
  public record Span(double from, double to) {}

  /** One point of a curve. */
  public record Point(double x, double y) {}
}
