package io.adversight.lab.shelf;

import io.adversight.home.Sha256;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.input.UnknownNameException;
import io.adversight.study.picture.Picture;
import io.adversight.study.picture.SampleImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The pictures: the project's own, those of a folder, and for a while what visitors bring. */
public final class PictureShelf {
  /** The longest file that a visitor may bring, in bytes. */
  public static final int UPLOAD_BYTES = 20 << 20;

  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final int DECODED_AT_A_TIME = 2;
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  /** The most pixels that a visitor's picture may have; fewer where memory is small. */
  public static final long UPLOAD_PIXELS = Math.min(40_000_000, HEAP / 64);

  private final Map<String, ShelfPicture> samples = new LinkedHashMap<>();
  private final FolderPictures folder;
  private final Semaphore decoding = new Semaphore(DECODED_AT_A_TIME, true);
  private final Recent<String, Upload> uploads =
      new Recent<>(Math.min(256L << 20, HEAP / 8), PATIENCE, upload -> upload.file().length);
  private final Recent<String, Raster> read =
      new Recent<>(
          Math.min(64L << 20, HEAP / 32),
          PATIENCE,
          raster -> (long) raster.channels() * raster.height() * raster.width());

  @SuppressWarnings("ArrayRecordComponent") // a file's bytes, compared by nobody
  private record Upload(ShelfPicture picture, byte[] file) {}

  /** The pictures with those of a folder, if there is one. */
  public PictureShelf(Optional<Path> images) {
    this.folder = new FolderPictures(images, UPLOAD_PIXELS);
    SampleImages.groups()
        .forEach(
            (group, pictures) ->
                pictures.stream()
                    .map(picture -> sample(group, picture))
                    .forEach(picture -> samples.put(picture.id(), picture)));
  }

  private static ShelfPicture sample(String group, Picture picture) {
    return new ShelfPicture(
        "s-" + picture.name(),
        picture.file(),
        group,
        picture.label(),
        Optional.empty(),
        Optional.of(ShelfPicture.Size.of(picture.view())),
        picture::view);
  }

  /** The project's own pictures. */
  public List<PictureInfo> samples() {
    return samples.values().stream().map(PictureInfo::of).toList();
  }

  /** The pictures of the folder. */
  public List<PictureInfo> folder() {
    return folder.list().values().stream().map(PictureInfo::of).toList();
  }

  /** Whether there is a folder of pictures. */
  public boolean hasFolder() {
    return folder.isThere();
  }

  /**
   * Keeps a picture that a visitor brings.
   *
   * @param file its bytes in any format that pictures have
   * @throws io.adversight.image.ImageFormatException if it is no complete picture
   */
  public PictureInfo add(byte[] file, String name) {
    String plain = name.isBlank() ? "picture" : name.strip();
    String shown = plain.length() > 80 ? plain.substring(0, 80) : plain;
    Raster raster = decoded(() -> ImageFiles.read(file, shown, UPLOAD_PIXELS));
    String id = "u-" + Sha256.of(file).substring(0, 16);
    ShelfPicture picture =
        new ShelfPicture(
            id,
            shown,
            "yours",
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(ShelfPicture.Size.of(raster)),
            () -> ImageFiles.read(file, shown, UPLOAD_PIXELS));
    uploads.put(id, new Upload(picture, file));
    read.put(id, raster);
    return PictureInfo.of(picture);
  }

  /** What people call a picture, known without reading it. */
  public String name(String id) {
    return find(id).name();
  }

  /** What is known of a picture, its size included. */
  public PictureInfo info(String id) {
    ShelfPicture picture = find(id);
    if (picture.size().isPresent()) {
      return PictureInfo.of(picture);
    }
    return PictureInfo.of(
        new ShelfPicture(
            picture.id(),
            picture.name(),
            picture.group(),
            picture.label(),
            picture.labelName(),
            Optional.of(ShelfPicture.Size.of(raster(id))),
            picture.source()));
  }

  /**
   * The pixels of a picture.
   *
   * @throws NoSuchElementException if there is none of that id, or not any more
   */
  public Raster raster(String id) {
    ShelfPicture picture = find(id);
    return read.get(id, () -> decoded(picture.source()));
  }

  /** Decodes few pictures at a time: a large one takes a quarter of the memory while it is read. */
  private Raster decoded(Supplier<Raster> source) {
    decoding.acquireUninterruptibly();
    try {
      return source.get();
    } finally {
      decoding.release();
    }
  }

  /** Evicts idle entries. */
  public void expire() {
    uploads.expire();
    read.expire();
  }

  /** The ids of all pictures of the project in one group. */
  public List<String> idsOf(String group) {
    List<String> ids = new ArrayList<>();
    samples.values().stream()
        .filter(picture -> group.isEmpty() || picture.group().equals(group))
        .forEach(picture -> ids.add(picture.id()));
    return ids;
  }

  private ShelfPicture find(String id) {
    ShelfPicture sample = samples.get(id);
    if (sample != null) {
      return sample;
    }
    Optional<ShelfPicture> uploaded = uploads.find(id).map(Upload::picture);
    if (uploaded.isPresent()) {
      return uploaded.get();
    }
    return folder
        .find(id)
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "the picture \"%s\" is not here any more; give it again"
                        .formatted(shortened(id))));
  }

  private static String shortened(String id) {
    return id.length() > 40 ? id.substring(0, 40) + "..." : id;
  }
}
