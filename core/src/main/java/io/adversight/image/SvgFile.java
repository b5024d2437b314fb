package io.adversight.image;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;

/** Drawings as SVG files, whose words are outlines: they look the same without their font. */
public final class SvgFile {
  private SvgFile() {}

  /**
   * The bytes of an SVG file.
   *
   * @param width in units of the drawing
   * @param height in units of the drawing
   * @param drawing draws from (0, 0) to (width, height)
   */
  public static byte[] of(int width, int height, Consumer<Graphics2D> drawing) {
    try {
      SVGGeneratorContext context =
          SVGGeneratorContext.createDefault(
              DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument());
      context.setPrecision(2);
      SVGGraphics2D graphics = new SVGGraphics2D(context, true);
      graphics.setSVGCanvasSize(new Dimension(width, height));
      drawing.accept(graphics);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
        graphics.stream(writer, true);
      }
      return bytes.toByteArray();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this Java cannot make XML documents", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the drawing could not be written", e);
    }
  }
}
