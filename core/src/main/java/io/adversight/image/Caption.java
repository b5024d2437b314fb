package io.adversight.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Words as an image, to stand on a sheet beside images. */
public final class Caption {
  private static final int LARGEST = 14;
  private static final int SMALLEST = 7;
  private static final int MARGIN = 2;

  private Caption() {}

  /** Dark words on white in the middle of an image, as large as they fit, broken at spaces. */
  public static Raster of(String text, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.BLACK);
    String[] words = text.split(" ");
    for (int size = LARGEST; size >= SMALLEST; size--) {
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
      String[] lines = lines(words, graphics.getFontMetrics(), width - 2 * MARGIN);
      if (fits(lines, graphics.getFontMetrics(), width, height) || size == SMALLEST) {
        draw(graphics, lines, width, height);
        break;
      }
    }
    graphics.dispose();
    return Raster.generate(
        1, height, width, (c, y, x) -> image.getRaster().getSample(x, y, 0) / 255.0);
  }

  private static String[] lines(String[] words, FontMetrics metrics, int width) {
    StringBuilder all = new StringBuilder();
    String line = "";
    for (String word : words) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && metrics.stringWidth(longer) > width) {
        all.append(line).append('\n');
        line = word;
      } else {
        line = longer;
      }
    }
    return all.append(line).toString().split("\n");
  }

  private static boolean fits(String[] lines, FontMetrics metrics, int width, int height) {
    for (String line : lines) {
      if (metrics.stringWidth(line) > width - 2 * MARGIN) {
        return false;
      }
    }
    return lines.length * metrics.getHeight() <= height;
  }

  private static void draw(Graphics2D graphics, String[] lines, int width, int height) {
    FontMetrics metrics = graphics.getFontMetrics();
    int y = (height - lines.length * metrics.getHeight()) / 2 + metrics.getAscent();
    for (String line : lines) {
      graphics.drawString(line, Math.max(MARGIN, (width - metrics.stringWidth(line)) / 2), y);
      y += metrics.getHeight();
    }
  }
}
