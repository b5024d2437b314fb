package io.adversight.cluster.source;

import io.adversight.image.ImageFormatException;
import io.adversight.study.image.ImageSource;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file, an image each: bytes of an image file in {@code content} (Spark's
 * binaryFile schema), {@code bytes} or {@code image}, or Spark's image schema, a group {@code
 * image} with {@code height}, {@code width}, {@code nChannels} and {@code data}, or a group with
 * {@code bytes}. The class is the column {@code label}, by name or number.
 */
record ParquetPart(String file) implements ImagePart {
  private static final long serialVersionUID = 1L;
  private static final List<String> COLUMNS = List.of("content", "image", "bytes", "data");

  @Override
  public int size() {
    return UNKNOWN;
  }

  @Override
  public Images open(Storage storage) throws IOException {
    Path path = new Path(file);
    return new Rows(
        ParquetReader.builder(new GroupReadSupport(), path).withConf(storage.hadoop()).build(),
        path.getName());
  }

  private static final class Rows implements Images {
    private final ParquetReader<Group> reader;
    private final String file;
    private @Nullable Group row;
    private long number;

    Rows(ParquetReader<Group> reader, String file) throws IOException {
      this.reader = reader;
      this.file = file;
      this.row = reader.read();
    }

    @Override
    public boolean hasNext() {
      return row != null;
    }

    @Override
    public ImageSource next() throws IOException {
      Group at = row;
      if (at == null) {
        throw new NoSuchElementException(file);
      }
      String name = file + ":" + number++;
      row = reader.read();
      return image(at, name);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  private static StoredImage image(Group row, String name) {
    ClassHint hint = hint(row);
    Optional<String> column =
        COLUMNS.stream().filter(one -> row.getType().containsField(one)).findFirst();
    if (column.isEmpty()) {
      return broken(
          name,
          hint,
          "expected a column %s, but there are %s"
              .formatted(String.join(" or ", COLUMNS), names(row.getType())));
    }
    if (!has(row, column.get())) {
      return broken(name, hint, "the column %s is empty".formatted(column.get()));
    }
    if (row.getType().getType(column.get()).isPrimitive()) {
      return StoredImage.encoded(name, file(row, name), hint, bytes(row, column.get()));
    }
    Group image = row.getGroup(column.get(), 0);
    if (has(image, "bytes")) {
      return StoredImage.encoded(name, file(row, name), hint, bytes(image, "bytes"));
    }
    if (has(image, "data") && has(image, "height") && has(image, "width")) {
      byte[] data = bytes(image, "data");
      int channels = has(image, "nChannels") ? image.getInteger("nChannels", 0) : 3;
      return new StoredImage(
          name,
          has(image, "origin") ? image.getString("origin", 0) : name,
          "",
          hint,
          () ->
              OpenCvPixels.decode(
                  name,
                  image.getInteger("height", 0),
                  image.getInteger("width", 0),
                  channels,
                  data));
    }
    return broken(
        name,
        hint,
        "expected image.bytes or Spark's image schema, but image has " + names(image.getType()));
  }

  private static StoredImage broken(String name, ClassHint hint, String why) {
    return new StoredImage(
        name,
        name,
        "",
        hint,
        () -> {
          throw new ImageFormatException(name + ": " + why);
        });
  }

  private static boolean has(Group group, String field) {
    return group.getType().containsField(field) && group.getFieldRepetitionCount(field) > 0;
  }

  private static byte[] bytes(Group group, String field) {
    Binary value = group.getBinary(field, 0);
    return value.getBytes();
  }

  private static String file(Group row, String name) {
    return has(row, "path") ? row.getString("path", 0) : name;
  }

  private static ClassHint hint(Group row) {
    if (!has(row, "label") || !row.getType().getType("label").isPrimitive()) {
      return ClassHint.NONE;
    }
    PrimitiveTypeName type =
        row.getType().getType("label").asPrimitiveType().getPrimitiveTypeName();
    return type == PrimitiveTypeName.INT32
            || type == PrimitiveTypeName.INT64
            || type == PrimitiveTypeName.BINARY
        ? ClassHint.of(row.getValueToString(row.getType().getFieldIndex("label"), 0))
        : ClassHint.NONE;
  }

  private static String names(GroupType type) {
    return String.join(", ", type.getFields().stream().map(Type::getName).toList());
  }
}
