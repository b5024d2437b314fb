package io.adversight.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** A sheet to put images, areas and words on; becomes an image itself. */
public final class Sheet {
  private final BufferedImage image;
  private final Graphics2D graphics;

  /** Where words stand relative to their point. */
  public enum Align {
    /** The words begin at the point. */
    LEFT,
    /** The point is in the middle of the words. */
    CENTRE,
    /** The words end at the point. */
    RIGHT
  }

  /** A white sheet. */
  public Sheet(int width, int height) {
    this(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB));
    fill(0, 0, width, height, 0xffffff);
  }

  private Sheet(BufferedImage image) {
    this(image, image.createGraphics());
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
  }

  private Sheet(BufferedImage image, Graphics2D graphics) {
    this.image = image;
    this.graphics = graphics;
  }

  /** What is put on a white sheet of that size, as an SVG file. */
  public static byte[] svg(int width, int height, Consumer<Sheet> drawing) {
    BufferedImage nothing = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    return SvgFile.of(
        width,
        height,
        graphics -> {
          Sheet sheet = new Sheet(nothing, graphics);
          sheet.fill(0, 0, width, height, 0xffffff);
          drawing.accept(sheet);
        });
  }

  /** Fills a rectangle with a colour 0xRRGGBB. */
  public void fill(int x, int y, int width, int height, int colour) {
    graphics.setColor(new Color(colour));
    graphics.fillRect(x, y, width, height);
  }

  /** Puts an image into a rectangle; small images are enlarged pixel by pixel. */
  public void image(Raster image, int x, int y, int width, int height) {
    Raster shown =
        image.height() <= height && image.width() <= width
            ? RasterResize.to(image, height, width, Interpolation.NEAREST)
            : RasterResize.stretch(image, height, width);
    graphics.drawImage(ImageFiles.buffered(shown.toRgb()), x, y, null);
  }

  /** Writes words on the baseline {@code y}, in a colour 0xRRGGBB. */
  public void text(String words, int x, int y, int size, boolean bold, int colour, Align align) {
    FontMetrics metrics = font(size, bold);
    graphics.setColor(new Color(colour));
    graphics.drawString(words, x - shift(metrics.stringWidth(words), align), y);
  }

  /** Writes words upwards, centred at {@code y}, their baseline at {@code x}. */
  public void textUpwards(String words, int x, int y, int size, boolean bold, int colour) {
    FontMetrics metrics = font(size, bold);
    AffineTransform before = graphics.getTransform();
    graphics.setColor(new Color(colour));
    graphics.rotate(-Math.PI / 2, x, y);
    graphics.drawString(words, x - metrics.stringWidth(words) / 2, y);
    graphics.setTransform(before);
  }

  /** The words, cut off with an ellipsis where they are wider than {@code width} pixels. */
  public String fitted(String words, int width, int size) {
    FontMetrics metrics = font(size, false);
    if (metrics.stringWidth(words) <= width) {
      return words;
    }
    int end = words.length();
    while (end > 1 && metrics.stringWidth(words.substring(0, end) + "…") > width) {
      end--;
    }
    return words.substring(0, end).stripTrailing() + "…";
  }

  /** How wide words are. */
  public int width(String words, int size, boolean bold) {
    return font(size, bold).stringWidth(words);
  }

  private FontMetrics font(int size, boolean bold) {
    graphics.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size));
    return graphics.getFontMetrics();
  }

  private static int shift(int width, Align align) {
    return switch (align) {
      case LEFT -> 0;
      case CENTRE -> width / 2;
      case RIGHT -> width;
    };
  }

  /** The sheet as an image of three channels. */
  public Raster raster() {
    return raster(image);
  }

  /** What another library drew, as an image of three channels. */
  public static Raster raster(BufferedImage image) {
    return Raster.generate(
        3,
        image.getHeight(),
        image.getWidth(),
        (c, y, x) -> (image.getRGB(x, y) >> (16 - 8 * c) & 0xff) / 255.0);
  }
}
