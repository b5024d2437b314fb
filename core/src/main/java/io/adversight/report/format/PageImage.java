package io.adversight.report.format;

import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image of a page, read only when the page is written. */
@FunctionalInterface
public interface PageImage {
  /**
   * The image as the page holds it.
   *
   * @throws UncheckedIOException if its file cannot be read
   */
  EmbeddedImage read();

  /** A PNG, JPEG or SVG file. */
  static PageImage in(Path file) {
    return () -> {
      try {
        return EmbeddedImage.of(Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException("the image %s cannot be read".formatted(file), e);
      }
    };
  }

  /** The bytes of a PNG, JPEG or SVG file. */
  static PageImage of(byte[] file) {
    return () -> EmbeddedImage.of(file);
  }

  /** An image that lies in no file. */
  static PageImage of(Raster image) {
    return () -> EmbeddedImage.of(ImageFiles.png(image));
  }
}
