package io.adversight.cluster.source;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.file.IoReason;
import io.adversight.home.Sha256;
import io.adversight.image.ImageFiles;
import io.adversight.input.InputException;
import io.adversight.study.image.DataSetImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The images of a job, found but not read, cut into parts that do not depend on the cluster.
 *
 * @param format how they are stored
 * @param parts in their order
 * @param sha256 of what was listed: names and lengths of the files, or the set's name and range
 */
public record ImageSet(ImageFormatKind format, List<ImagePart> parts, String sha256) {
  public ImageSet {
    parts = List.copyOf(parts);
  }

  /** A file of the set: its path under the root, and its length. */
  private record Listed(String path, long length) {}

  /** The number of images; empty where it is not known before they are read. */
  public Optional<Long> size() {
    return parts.stream().anyMatch(part -> part.size() == ImagePart.UNKNOWN)
        ? Optional.empty()
        : Optional.of(parts.stream().mapToLong(ImagePart::size).sum());
  }

  /**
   * Lists a set.
   *
   * @param uri a folder or file on any Hadoop file system, or a data set with a name and a range
   * @param format how it is stored; found by the names of the files if empty
   * @param partSize images in a part, where the format lets that be chosen
   * @throws InputException if there is no image
   */
  public static ImageSet list(
      String uri, Optional<ImageFormatKind> format, int partSize, Storage storage) {
    boolean named = DataSetImage.Range.isRange(uri) || DataSets.ids().contains(uri);
    if (format.map(ImageFormatKind.NAMED_SET::equals).orElse(named)) {
      return namedSet(uri, partSize, storage);
    }
    try {
      return stored(uri, format, partSize, storage);
    } catch (FileNotFoundException e) {
      throw new InputException(
          "there are no images at %s; give a folder or file on a file system that every executor"
                  .formatted(uri)
              + " reaches, or a data set such as cifar10:0-1999",
          e);
    } catch (IOException | IllegalArgumentException e) {
      if (e instanceof InputException input) {
        throw input;
      }
      IOException reason = e instanceof IOException io ? io : new IOException(e.getMessage(), e);
      throw new InputException(
          "the images at %s cannot be listed: %s".formatted(uri, IoReason.of(reason)), e);
    }
  }

  private static ImageSet namedSet(String text, int partSize, Storage storage) {
    boolean ranged = DataSetImage.Range.isRange(text);
    String id = ranged ? DataSetImage.Range.parse(text).id() : text;
    DataSet set = DataSets.find(id, storage.home());
    DataSetImage.Range range =
        ranged ? DataSetImage.Range.parse(text) : new DataSetImage.Range(id, 0, set.size() - 1);
    range.of(set);
    List<ImagePart> parts = new ArrayList<>();
    for (int first = range.first(); first <= range.last(); first += partSize) {
      parts.add(new NamedSetPart(id, first, Math.min(partSize, range.last() + 1 - first)));
    }
    return new ImageSet(
        ImageFormatKind.NAMED_SET,
        parts,
        sha256(List.of(new Listed("%s:%s-%s".formatted(id, range.first(), range.last()), 0))));
  }

  private static ImageSet stored(
      String uri, Optional<ImageFormatKind> format, int partSize, Storage storage)
      throws IOException {
    Path given = new Path(uri);
    FileSystem files = storage.of(given);
    FileStatus status = files.getFileStatus(given);
    Path root = status.isDirectory() ? status.getPath() : status.getPath().getParent();
    List<Listed> all =
        status.isDirectory()
            ? listed(files, root)
            : List.of(new Listed(status.getPath().getName(), status.getLen()));
    ImageFormatKind kind =
        format.orElseGet(() -> ImageFormatKind.of(all.stream().map(Listed::path).toList()));
    List<Listed> used = all.stream().filter(one -> belongs(kind, one.path())).toList();
    if (used.isEmpty()) {
      throw new InputException(
          "there are no images of the format %s at %s, but %s other files; --format says otherwise"
              .formatted(kind.id(), uri, all.size()));
    }
    String place = root.toString();
    List<ImagePart> parts =
        switch (kind) {
          case FILES -> filesOf(place, used, partSize);
          case TAR -> used.stream().<ImagePart>map(one -> new TarPart(path(place, one))).toList();
          case PARQUET ->
              used.stream().<ImagePart>map(one -> new ParquetPart(path(place, one))).toList();
          case CIFAR10 -> records(RecordLayout.CIFAR10, place, used, all, partSize, files);
          case CIFAR100 -> records(RecordLayout.CIFAR100, place, used, all, partSize, files);
          case MNIST -> records(RecordLayout.MNIST, place, used, all, partSize, files);
          case FASHION_MNIST ->
              records(RecordLayout.FASHION_MNIST, place, used, all, partSize, files);
          case NAMED_SET -> throw new IllegalStateException("a named set is not listed");
        };
    return new ImageSet(kind, parts, sha256(used));
  }

  private static boolean belongs(ImageFormatKind kind, String path) {
    return switch (kind) {
      case FILES -> ImageFiles.hasImageName(java.nio.file.Path.of(new Path(path).getName()));
      case TAR -> ImageFormatKind.isTar(path);
      case PARQUET -> ImageFormatKind.isParquet(path);
      case CIFAR10, CIFAR100 -> path.endsWith(".bin");
      case MNIST, FASHION_MNIST -> ImageFormatKind.isIdx(path);
      case NAMED_SET -> false;
    };
  }

  private static String path(String root, Listed file) {
    return new Path(root, file.path()).toString();
  }

  /** The files beneath a folder in the order of their paths; hidden ones are left out. */
  private static List<Listed> listed(FileSystem files, Path root) throws IOException {
    List<Listed> all = new ArrayList<>();
    String prefix = root.toUri().getPath();
    String folder = prefix.endsWith("/") ? prefix : prefix + "/";
    RemoteIterator<LocatedFileStatus> entries = files.listFiles(root, true);
    while (entries.hasNext()) {
      LocatedFileStatus entry = entries.next();
      String path = entry.getPath().toUri().getPath().substring(folder.length());
      if (Stream.of(path.split("/", -1)).noneMatch(s -> s.startsWith(".") || s.startsWith("_"))) {
        all.add(new Listed(path, entry.getLen()));
      }
    }
    all.sort(Comparator.comparing(Listed::path));
    return all;
  }

  private static List<ImagePart> filesOf(String root, List<Listed> used, int partSize) {
    List<ImagePart> parts = new ArrayList<>();
    for (int first = 0; first < used.size(); first += partSize) {
      List<Listed> some = used.subList(first, Math.min(used.size(), first + partSize));
      parts.add(new FilesPart(root, some.stream().map(Listed::path).toList()));
    }
    return parts;
  }

  private static List<ImagePart> records(
      RecordLayout layout,
      String root,
      List<Listed> used,
      List<Listed> all,
      int partSize,
      FileSystem files)
      throws IOException {
    List<ImagePart> parts = new ArrayList<>();
    for (Listed file : used) {
      String labels = layout.hasLabelFile() ? labelsOf(root, file, all, files) : "";
      long bytes = length(root, file, files) - layout.header();
      if (bytes <= 0 || bytes % layout.record() != 0) {
        throw new InputException(
            "%s: expected whole records of %s bytes, but there are %s bytes"
                .formatted(path(root, file), layout.record(), bytes));
      }
      int count = Math.toIntExact(bytes / layout.record());
      for (int first = 0; first < count; first += partSize) {
        parts.add(
            new RecordsPart(
                layout, path(root, file), labels, first, Math.min(partSize, count - first)));
      }
    }
    return parts;
  }

  /** The file of labels that belongs to a file of images. */
  private static String labelsOf(String root, Listed file, List<Listed> all, FileSystem files)
      throws IOException {
    String plain = file.path().replace("-images", "-labels").replace("idx3", "idx1");
    String bare = plain.endsWith(".gz") ? plain.substring(0, plain.length() - 3) : plain;
    for (String name : List.of(bare, bare + ".gz")) {
      if (all.stream().anyMatch(one -> one.path().equals(name))
          || files.exists(new Path(root, name))) {
        return new Path(root, name).toString();
      }
    }
    throw new InputException(
        "%s: expected its labels beside it in %s".formatted(path(root, file), bare));
  }

  /** Bytes of a file once it is unpacked. */
  private static long length(String root, Listed file, FileSystem files) throws IOException {
    if (!file.path().endsWith(".gz")) {
      return file.length();
    }
    try (java.io.InputStream plain =
        new java.util.zip.GZIPInputStream(files.open(new Path(root, file.path())), 1 << 16)) {
      return plain.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  private static String sha256(List<Listed> files) {
    StringBuilder all = new StringBuilder();
    files.forEach(one -> all.append(one.path()).append(' ').append(one.length()).append('\n'));
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }
}
