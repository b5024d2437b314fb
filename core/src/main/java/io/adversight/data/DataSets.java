package io.adversight.data;

import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Download;
import io.adversight.home.FetchException;
import io.adversight.home.RemoteFile;
import io.adversight.input.UnknownNameException;
import io.adversight.text.DidYouMean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The data sets that are known by name; their files are looked for in mirrors and fetched. */
public final class DataSets {
  private static final List<String> IDS =
      List.of(
          "mnist",
          "mnist-train",
          "fashion-mnist",
          "fashion-mnist-train",
          "cifar10",
          "cifar10-train",
          "cifar100",
          "cifar100-train",
          "drawn-digits",
          "aviary",
          "aviary-train");

  private final DataHome home;
  private final Download download;
  private final ByteProgress progress;

  DataSets(DataHome home, ByteProgress progress) {
    this.home = home;
    this.download = new Download();
    this.progress = progress;
  }

  /** The names of all known sets; without {@code -train} a name means the test set. */
  public static List<String> ids() {
    return IDS;
  }

  /** A set as {@link #find(String, DataHome, ByteProgress)} finds it, without telling progress. */
  public static DataSet find(String idOrFolder, DataHome home) {
    return find(idOrFolder, home, ByteProgress.NONE);
  }

  /**
   * A known set, or the images of a folder.
   *
   * @throws NoSuchElementException if it is neither
   * @throws FetchException if a file cannot be fetched or is damaged
   * @throws DataSetFormatException if a file or folder is not what it should be
   */
  public static DataSet find(String idOrFolder, DataHome home, ByteProgress progress) {
    DataSets sets = new DataSets(home, progress);
    return switch (idOrFolder) {
      case "mnist" -> sets.mnist(idOrFolder, Official.MNIST_TEST, "digits");
      case "mnist-train" -> sets.mnist(idOrFolder, Official.MNIST_TRAIN, "digits");
      case "fashion-mnist" -> sets.mnist(idOrFolder, Official.FASHION_TEST, "fashion-mnist");
      case "fashion-mnist-train" -> sets.mnist(idOrFolder, Official.FASHION_TRAIN, "fashion-mnist");
      case "cifar10" ->
          Cifar.cifar10(idOrFolder, sets.members(Official.CIFAR10, List.of("test_batch.bin")));
      case "cifar10-train" ->
          Cifar.cifar10(
              idOrFolder,
              sets.members(
                  Official.CIFAR10,
                  List.of(
                      "data_batch_1.bin",
                      "data_batch_2.bin",
                      "data_batch_3.bin",
                      "data_batch_4.bin",
                      "data_batch_5.bin")));
      case "cifar100" ->
          Cifar.cifar100(idOrFolder, sets.members(Official.CIFAR100, List.of("test.bin")).get(0));
      case "cifar100-train" ->
          Cifar.cifar100(idOrFolder, sets.members(Official.CIFAR100, List.of("train.bin")).get(0));
      case "drawn-digits" -> new DrawnDigitSet(0, 10, 28);
      case "aviary" -> AviarySet.test();
      case "aviary-train" -> AviarySet.train();
      default -> folder(idOrFolder);
    };
  }

  private static DataSet folder(String path) {
    if (!Files.isDirectory(Path.of(path))) {
      throw new UnknownNameException(
          "there is no data set or folder \"%s\"; the data sets are %s%s"
              .formatted(path, String.join(", ", IDS), DidYouMean.hint(IDS, path)));
    }
    return ImageFolder.read(Path.of(path));
  }

  private DataSet mnist(String name, Official.Pair files, String labelSet) {
    return Mnist.read(
        name, file(files.images()), file(files.labels()), Labels.named(labelSet).names());
  }

  /** The file; a mirror may have it without its gzip shell. */
  private Path file(RemoteFile file) {
    String plain = file.path().substring(0, file.path().length() - ".gz".length());
    return home.inMirror(file.path(), file.sha256())
        .or(() -> home.inMirror(plain))
        .orElseGet(() -> home.fetch(file, download, progress));
  }

  /**
   * Those members of an archive that a mirror has, or else all of them from the data home, where
   * the archive is unpacked once.
   */
  List<Path> members(Official.Archive archive, List<String> names) {
    List<Path> mirrored = new ArrayList<>();
    for (String name : names) {
      home.inMirror(archive.folder() + name).ifPresent(mirrored::add);
    }
    if (!mirrored.isEmpty()) {
      return mirrored;
    }
    if (names.stream().anyMatch(name -> local(archive, name).isEmpty())) {
      Path packed = home.fetch(archive.file(), download, progress);
      Tar.extract(
          packed, archive.members(), (name, bytes) -> home.write(archive.folder() + name, bytes));
      home.remove(archive.file().path());
    }
    return names.stream().map(name -> local(archive, name).orElseThrow()).toList();
  }

  private Optional<Path> local(Official.Archive archive, String name) {
    return home.inHome(archive.folder() + name, "");
  }
}
