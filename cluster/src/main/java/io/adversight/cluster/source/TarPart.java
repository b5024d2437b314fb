package io.adversight.cluster.source;

import io.adversight.image.ImageFiles;
import io.adversight.image.ImageFormatException;
import io.adversight.study.image.ImageSource;
import io.adversight.text.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A tar archive of samples as WebDataset writes them: files that follow one another and have the
 * name up to the first dot in common are one sample, {@code 000012.jpg} with {@code 000012.cls} or
 * {@code 000012.json} (field {@code label} or {@code cls}) for instance.
 */
record TarPart(String file) implements ImagePart {
  private static final long serialVersionUID = 1L;
  private static final long LARGEST = 256L << 20;

  @Override
  public int size() {
    return UNKNOWN;
  }

  @Override
  public Images open(Storage storage) throws IOException {
    Path path = new Path(file);
    FSDataInputStream in = storage.of(path).open(path);
    try {
      InputStream bytes = new BufferedInputStream(in, 1 << 16);
      boolean packed = file.endsWith(".gz") || file.endsWith(".tgz");
      return new Samples(
          new TarArchiveInputStream(packed ? new GZIPInputStream(bytes) : bytes), path.getName());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** What is known of the sample at work. */
  private static final class Sample {
    private final String key;
    private @Nullable String image;
    private byte[] bytes = new byte[0];
    private ClassHint hint = ClassHint.NONE;

    Sample(String key) {
      this.key = key;
    }
  }

  private static final class Samples implements Images {
    private final TarArchiveInputStream tar;
    private final String shard;
    private @Nullable TarArchiveEntry entry;
    private @Nullable ImageSource ready;
    private boolean begun;

    Samples(TarArchiveInputStream tar, String shard) {
      this.tar = tar;
      this.shard = shard;
    }

    @Override
    public boolean hasNext() throws IOException {
      if (!begun) {
        begun = true;
        entry = nextFile();
      }
      while (ready == null && entry != null) {
        ready = sample();
      }
      return ready != null;
    }

    @Override
    public ImageSource next() throws IOException {
      hasNext();
      ImageSource image = ready;
      if (image == null) {
        throw new java.util.NoSuchElementException(shard);
      }
      ready = null;
      return image;
    }

    private @Nullable TarArchiveEntry nextFile() throws IOException {
      TarArchiveEntry next = tar.getNextEntry();
      while (next != null && !next.isFile()) {
        next = tar.getNextEntry();
      }
      return next;
    }

    /** The sample that begins at the entry; null if it has no image. */
    private @Nullable ImageSource sample() throws IOException {
      TarArchiveEntry at = entry;
      if (at == null) {
        return null;
      }
      Sample sample = new Sample(key(at.getName()));
      while (at != null && key(at.getName()).equals(sample.key)) {
        read(at, sample);
        at = nextFile();
      }
      entry = at;
      String name = sample.image;
      if (name == null) {
        return null;
      }
      String place = shard + "/" + name;
      return sample.bytes.length == 0
          ? new StoredImage(place, place, "", sample.hint, () -> tooLarge(place))
          : StoredImage.encoded(place, place, sample.hint, sample.bytes);
    }

    private static io.adversight.image.Raster tooLarge(String place) {
      throw new ImageFormatException(
          place + ": expected an image of 1 byte to 256 MiB, but its entry is empty or larger");
    }

    private void read(TarArchiveEntry at, Sample sample) throws IOException {
      String name = at.getName();
      String ending = name.substring(sample.key.length());
      if (ImageFiles.hasImageName(java.nio.file.Path.of("x" + ending))) {
        sample.image = name;
        sample.bytes = at.getSize() > LARGEST ? new byte[0] : content(at);
      } else if (at.getSize() <= 1 << 20 && (ending.equals(".cls") || ending.equals(".json"))) {
        String text = new String(content(at), StandardCharsets.UTF_8).strip();
        sample.hint = ending.equals(".cls") ? ClassHint.of(text) : json(text);
      }
    }

    private byte[] content(TarArchiveEntry at) throws IOException {
      byte[] bytes = tar.readNBytes((int) at.getSize());
      if (bytes.length < at.getSize()) {
        throw new IOException("%s ends inside %s".formatted(shard, at.getName()));
      }
      return bytes;
    }

    private static ClassHint json(String text) {
      try {
        JsonNode node = Json.MAPPER.readTree(text);
        JsonNode label = node.has("label") ? node.path("label") : node.path("cls");
        return label.isMissingNode() ? ClassHint.NONE : ClassHint.of(label.asString(""));
      } catch (JacksonException e) {
        return ClassHint.NONE;
      }
    }

    /** A path up to the first dot of its last part. */
    private static String key(String path) {
      int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
      return dot < 0 ? path : path.substring(0, dot);
    }

    @Override
    public void close() throws IOException {
      tar.close();
    }
  }
}
