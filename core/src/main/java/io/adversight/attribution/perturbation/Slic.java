package io.adversight.attribution.perturbation;

import io.adversight.image.Raster;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Superpixels by simple linear iterative clustering: k-means over CIELAB colour and position, where
 * a centre only looks at the pixels near it; what does not hang together is merged with a neighbour
 * (Achanta et al. 2012, algorithm 1).
 *
 * @param segments about how many
 * @param compactness m: the weight of position against colour
 */
record Slic(int segments, double compactness) {
  private static final int ITERATIONS = 10;

  /** The paper's compactness of 10. */
  Slic(int segments) {
    this(segments, 10);
  }

  /** The superpixels of an image with one or three channels in [0, 1]. */
  Segments of(Raster image) {
    int height = image.height();
    int width = image.width();
    double[][] lab = lab(image);
    double spacing = Math.max(1, Math.sqrt((double) height * width / segments));
    int rows = Math.max(1, (int) Math.rint(height / spacing));
    int columns = Math.max(1, (int) Math.rint(width / spacing));
    double[][] centres = new double[rows * columns][];
    for (int k = 0; k < centres.length; k++) {
      int row = k / columns;
      int column = k % columns;
      double y = (row + 0.5) * height / rows - 0.5;
      double x = (column + 0.5) * width / columns - 0.5;
      int pixel = ((int) y) * width + (int) x;
      double[] colour = lab[pixel];
      centres[k] = new double[] {colour[0], colour[1], colour[2], y, x};
    }
    int[] labels = new int[height * width];
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      assign(lab, centres, labels, height, width, spacing);
      move(lab, centres, labels, width);
    }
    int smallest = Math.max(1, (int) (spacing * spacing / 4));
    return Segments.of(height, width, connected(labels, height, width, smallest));
  }

  private void assign(
      double[][] lab, double[][] centres, int[] labels, int height, int width, double spacing) {
    double[] nearest = new double[labels.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    double weight = compactness * compactness / (spacing * spacing);
    for (int k = 0; k < centres.length; k++) {
      double[] centre = centres[k];
      int top = Math.max(0, (int) Math.floor(centre[3] - 2 * spacing));
      int bottom = Math.min(height - 1, (int) Math.ceil(centre[3] + 2 * spacing));
      int left = Math.max(0, (int) Math.floor(centre[4] - 2 * spacing));
      int right = Math.min(width - 1, (int) Math.ceil(centre[4] + 2 * spacing));
      for (int y = top; y <= bottom; y++) {
        for (int x = left; x <= right; x++) {
          int at = y * width + x;
          double[] colour = lab[at];
          double dl = colour[0] - centre[0];
          double da = colour[1] - centre[1];
          double db = colour[2] - centre[2];
          double dy = y - centre[3];
          double dx = x - centre[4];
          // Equation 3, squared.
          double distance = dl * dl + da * da + db * db + weight * (dy * dy + dx * dx);
          if (distance < nearest[at]) {
            nearest[at] = distance;
            labels[at] = k;
          }
        }
      }
    }
  }

  private static void move(double[][] lab, double[][] centres, int[] labels, int width) {
    double[][] sums = new double[centres.length][5];
    int[] sizes = new int[centres.length];
    for (int at = 0; at < labels.length; at++) {
      double[] sum = sums[labels[at]];
      sum[0] += lab[at][0];
      sum[1] += lab[at][1];
      sum[2] += lab[at][2];
      int row = at / width;
      sum[3] += row;
      sum[4] += at % width;
      sizes[labels[at]]++;
    }
    for (int k = 0; k < centres.length; k++) {
      for (int j = 0; j < 5 && sizes[k] > 0; j++) {
        centres[k][j] = sums[k][j] / sizes[k];
      }
    }
  }

  /** Connected parts numbered from 0; parts that are too small join the part before them. */
  private static int[] connected(int[] labels, int height, int width, int smallest) {
    int[] parts = new int[labels.length];
    Arrays.fill(parts, -1);
    int next = 0;
    for (int start = 0; start < labels.length; start++) {
      if (parts[start] >= 0) {
        continue;
      }
      int neighbour =
          start % width > 0 ? parts[start - 1] : start >= width ? parts[start - width] : -1;
      int[] part = fill(labels, parts, start, next, height, width);
      if (part.length < smallest && neighbour >= 0) {
        for (int at : part) {
          parts[at] = neighbour;
        }
      } else {
        next++;
      }
    }
    return parts;
  }

  private static int[] fill(int[] labels, int[] parts, int start, int part, int height, int width) {
    Deque<Integer> open = new ArrayDeque<>();
    int[] found = new int[labels.length];
    int count = 0;
    open.push(start);
    parts[start] = part;
    while (!open.isEmpty()) {
      int at = open.pop();
      found[count++] = at;
      int y = at / width;
      int x = at % width;
      int[] around = {
        y > 0 ? at - width : at, y < height - 1 ? at + width : at,
        x > 0 ? at - 1 : at, x < width - 1 ? at + 1 : at
      };
      for (int other : around) {
        if (parts[other] < 0 && labels[other] == labels[start]) {
          parts[other] = part;
          open.push(other);
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** CIELAB under D65 of sRGB pixels; a grey image has only lightness. */
  private static double[][] lab(Raster image) {
    double[][] lab = new double[image.height() * image.width()][];
    boolean colour = image.channels() == 3;
    for (int at = 0; at < lab.length; at++) {
      int y = at / image.width();
      int x = at % image.width();
      double r = linear(image.at(0, y, x));
      double g = colour ? linear(image.at(1, y, x)) : r;
      double b = colour ? linear(image.at(2, y, x)) : r;
      double fx = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
      double fy = root(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
      double fz = root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
      lab[at] = new double[] {116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
    }
    return lab;
  }

  private static double linear(double value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static double root(double value) {
    return value > 216.0 / 24389 ? Math.cbrt(value) : (24389.0 / 27 * value + 16) / 116;
  }
}
