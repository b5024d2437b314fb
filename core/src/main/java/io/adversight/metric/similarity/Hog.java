package io.adversight.metric.similarity;

import io.adversight.describe.Check;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import java.util.Arrays;

/**
 * Histograms of oriented gradients (Dalal and Triggs 2005) with the conventions of scikit-image:
 * unsigned orientations in [0, 180) degrees; differences f(x + 1) - f(x - 1), zero at the border;
 * of several channels the gradient of largest magnitude; each pixel votes with its magnitude for
 * one bin of one cell, without interpolation; histograms are averaged over the cell's pixels.
 * Pixels right of and below the last full cell are left out.
 *
 * @param orientations bins between 0 and 180 degrees
 * @param pixelsPerCell side of a cell
 * @param cellsPerBlock side of a block, in cells
 * @param norm normalisation of a block
 */
public record Hog(int orientations, int pixelsPerCell, int cellsPerBlock, BlockNorm norm) {
  /** Nine orientations, cells of 16 pixels, blocks of one cell, L2-Hys. */
  public Hog() {
    this(9, 16, 1, BlockNorm.L2_HYS);
  }

  /** Checks the sizes. */
  public Hog {
    Check.atLeast(1, orientations, "orientations");
    Check.atLeast(1, pixelsPerCell, "pixelsPerCell");
    Check.atLeast(1, cellsPerBlock, "cellsPerBlock");
  }

  /**
   * The descriptor: block rows, block columns, cell rows within the block, cell columns,
   * orientations.
   *
   * @throws IllegalArgumentException if the image is smaller than a block
   */
  public double[] descriptor(Raster image) {
    return descriptor(planes(image));
  }

  /**
   * The image scikit-image draws of the histograms before normalisation: through every cell's
   * centre one line per orientation, along the edge (at right angles to the gradient), adding the
   * bin's value.
   *
   * @return one channel of the image's size
   * @throws IllegalArgumentException if the image is smaller than a cell
   */
  public Raster image(Raster image) {
    return drawing(planes(image)).toRaster();
  }

  double[] descriptor(Plane... channels) {
    Cells cells = cells(channels);
    int rows = cells.rows() - cellsPerBlock + 1;
    int columns = cells.columns() - cellsPerBlock + 1;
    if (rows < 1 || columns < 1) {
      throw new InputException(
          "a block of %s x %s pixels does not fit into %s x %s; enlarge first"
              .formatted(
                  cellsPerBlock * pixelsPerCell,
                  cellsPerBlock * pixelsPerCell,
                  channels[0].height(),
                  channels[0].width()));
    }
    int rowLength = cellsPerBlock * orientations;
    int length = cellsPerBlock * rowLength;
    double[] descriptor = new double[rows * columns * length];
    double[] block = new double[length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        for (int k = 0; k < cellsPerBlock; k++) {
          int start = cells.start(r + k, c);
          System.arraycopy(cells.histograms, start, block, k * rowLength, rowLength);
        }
        norm.normalize(block);
        System.arraycopy(block, 0, descriptor, (r * columns + c) * length, length);
      }
    }
    return descriptor;
  }

  Plane drawing(Plane... channels) {
    Cells cells = cells(channels);
    int height = channels[0].height();
    int width = channels[0].width();
    double[] drawing = new double[height * width];
    int radius = pixelsPerCell / 2 - 1;
    for (int o = 0; o < orientations; o++) {
      double angle = Math.PI * (o + 0.5) / orientations;
      double down = radius * Math.cos(angle);
      double right = radius * Math.sin(angle);
      for (int r = 0; r < cells.rows(); r++) {
        for (int c = 0; c < cells.columns(); c++) {
          double value = cells.histograms[cells.start(r, c) + o];
          int y = r * pixelsPerCell + pixelsPerCell / 2;
          int x = c * pixelsPerCell + pixelsPerCell / 2;
          PixelLine.between(
                  (int) (y - down), (int) (x + right), (int) (y + down), (int) (x - right))
              .forEach((py, px) -> drawing[py * width + px] += value);
        }
      }
    }
    return Plane.of(height, width, drawing);
  }

  private static Plane[] planes(Raster image) {
    Plane[] planes = new Plane[image.channels()];
    for (int c = 0; c < planes.length; c++) {
      planes[c] = Plane.channel(image, c);
    }
    return planes;
  }

  private Cells cells(Plane... channels) {
    int rows = channels[0].height() / pixelsPerCell;
    int columns = channels[0].width() / pixelsPerCell;
    if (rows < 1 || columns < 1) {
      throw new InputException(
          "a cell of %s x %s pixels does not fit into %s x %s; enlarge first"
              .formatted(pixelsPerCell, pixelsPerCell, channels[0].height(), channels[0].width()));
    }
    Cells cells = new Cells(rows, columns, orientations);
    for (int y = 0; y < rows * pixelsPerCell; y++) {
      for (int x = 0; x < columns * pixelsPerCell; x++) {
        vote(channels, y, x, cells);
      }
    }
    double pixels = (double) pixelsPerCell * pixelsPerCell;
    Arrays.setAll(cells.histograms, i -> cells.histograms[i] / pixels);
    return cells;
  }

  private void vote(Plane[] channels, int y, int x, Cells cells) {
    double down = 0;
    double right = 0;
    double magnitude = -1;
    for (Plane channel : channels) {
      boolean innerRow = y > 0 && y < channel.height() - 1;
      boolean innerColumn = x > 0 && x < channel.width() - 1;
      double dy = innerRow ? channel.at(y + 1, x) - channel.at(y - 1, x) : 0;
      double dx = innerColumn ? channel.at(y, x + 1) - channel.at(y, x - 1) : 0;
      if (Math.hypot(dy, dx) > magnitude) {
        magnitude = Math.hypot(dy, dx);
        down = dy;
        right = dx;
      }
    }
    double degrees = Math.toDegrees(Math.atan2(down, right));
    int bin = bin(degrees < 0 ? degrees + 180 : degrees);
    cells.histograms[cells.start(y / pixelsPerCell, x / pixelsPerCell) + bin] += magnitude;
  }

  /** 180 degrees and 0 are one orientation. */
  private int bin(double degrees) {
    double perBin = 180.0 / orientations;
    int bin = (int) (degrees / perBin);
    if (degrees < perBin * bin) {
      bin--;
    } else if (degrees >= perBin * (bin + 1)) {
      bin++;
    }
    return degrees >= 180 ? 0 : Math.min(bin, orientations - 1);
  }

  /** One histogram per cell, row after row. */
  private static final class Cells {
    private final int rows;
    private final int columns;
    private final int orientations;
    private final double[] histograms;

    Cells(int rows, int columns, int orientations) {
      this.rows = rows;
      this.columns = columns;
      this.orientations = orientations;
      this.histograms = new double[rows * columns * orientations];
    }

    int rows() {
      return rows;
    }

    int columns() {
      return columns;
    }

    int start(int row, int column) {
      return (row * columns + column) * orientations;
    }
  }
}
