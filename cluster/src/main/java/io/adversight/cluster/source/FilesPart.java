package io.adversight.cluster.source;

import io.adversight.image.ImageFormatException;
import io.adversight.study.image.ImageSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Image files. The class of a file is the sub-folder of {@code root} that it lies in, a number in
 * front ({@code 001.Name}) left out; a file named {@code INDEX_WORDNETID_name} has that WordNet id.
 *
 * @param root the folder
 * @param paths of the files in it, by which images are named
 */
record FilesPart(String root, List<String> paths) implements ImagePart {
  private static final long serialVersionUID = 1L;

  private static final Pattern SAMPLE = Pattern.compile("\\d+_(n\\d{8})_.+");
  private static final Pattern NUMBERED = Pattern.compile("\\d+\\.(.+)");
  private static final long LARGEST = 256L << 20;

  FilesPart {
    paths = List.copyOf(paths);
  }

  @Override
  public int size() {
    return paths.size();
  }

  @Override
  public Images open(Storage storage) throws IOException {
    Path folder = new Path(root);
    FileSystem files = storage.of(folder);
    return new EachImage(paths.size(), i -> image(files, new Path(folder, paths.get(i)), i));
  }

  private ImageSource image(FileSystem files, Path file, int i) throws IOException {
    String name = paths.get(i);
    try (FSDataInputStream in = files.open(file)) {
      byte[] bytes = in.readNBytes((int) LARGEST + 1);
      if (bytes.length > LARGEST) {
        return unreadable(name, file, "expected at most 256 MiB, but the file is larger");
      }
      return StoredImage.encoded(name, file.toString(), hint(name), bytes);
    } catch (FileNotFoundException e) {
      return unreadable(name, file, "the file is gone");
    }
  }

  private static StoredImage unreadable(String name, Path file, String why) {
    return new StoredImage(
        name,
        file.toString(),
        "",
        hint(name),
        () -> {
          throw new ImageFormatException("%s: %s".formatted(file, why));
        });
  }

  static ClassHint hint(String path) {
    int slash = path.indexOf('/');
    if (slash > 0) {
      String folder = path.substring(0, slash);
      Matcher numbered = NUMBERED.matcher(folder);
      return numbered.matches()
          ? ClassHint.named(folder, numbered.group(1))
          : ClassHint.named(folder);
    }
    Matcher sample = SAMPLE.matcher(path);
    return sample.matches() ? ClassHint.named(sample.group(1)) : ClassHint.NONE;
  }
}
