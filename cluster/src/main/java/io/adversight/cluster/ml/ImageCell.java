package io.adversight.cluster.ml;

import io.adversight.cluster.source.OpenCvPixels;
import io.adversight.home.Sha256;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageFormatException;
import io.adversight.image.Raster;
import io.adversight.model.ModelCard;
import io.adversight.study.image.ImageInputs;
import io.adversight.study.image.InputImage;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A cell of an image column: the bytes of an image file, or a struct of Spark's image schema. */
final class ImageCell {
  private static final String NAME = "image";

  private ImageCell() {}

  /** Whether a column of that type holds images. */
  static boolean isImage(DataType type) {
    return type.equals(DataTypes.BinaryType)
        || (type instanceof StructType fields
            && Set.of(fields.fieldNames())
                .containsAll(List.of("height", "width", "nChannels", "data")));
  }

  /**
   * The image as the network sees it.
   *
   * @throws ImageFormatException if it cannot be decoded
   */
  static InputImage read(@Nullable Object cell, OptionalInt label, ModelCard card) {
    if (cell instanceof byte[] bytes) {
      return input(
          ImageFiles.read(bytes, NAME, ImageFiles.DEFAULT_MAX_PIXELS),
          Sha256.of(bytes),
          label,
          card);
    }
    if (cell instanceof Row image) {
      byte[] data = image.getAs("data");
      int height = image.getAs("height");
      int width = image.getAs("width");
      int channels = image.getAs("nChannels");
      return input(OpenCvPixels.decode(NAME, height, width, channels, data), "", label, card);
    }
    throw new ImageFormatException("expected an image, but the cell is empty");
  }

  private static InputImage input(Raster pixels, String sha256, OptionalInt label, ModelCard card) {
    return new InputImage(NAME, NAME, sha256, ImageInputs.view(pixels, card), label);
  }
}
