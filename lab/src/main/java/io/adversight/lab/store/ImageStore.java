package io.adversight.lab.store;

import io.adversight.home.Sha256;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.input.UnknownNameException;
import io.adversight.study.image.InputImage;
import io.adversight.study.image.SampleImages;
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

/** The images: the project's own, those of a folder, and uploads, for a while. */
public final class ImageStore {
  /** The largest upload, in bytes. */
  public static final int UPLOAD_BYTES = 20 << 20;

  private static final Duration IDLE_TIME = Duration.ofHours(1);
  private static final int LONGEST_LABEL = 200;
  private static final int DECODED_AT_A_TIME = 2;
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  /** The most pixels that a user's image may have; fewer where memory is small. */
  public static final long UPLOAD_PIXELS = Math.min(40_000_000, HEAP / 64);

  /** Larger images are reduced while they are decoded; no network or view needs more pixels. */
  static final long KEPT_PIXELS = 8_000_000;

  private final Map<String, StoredImage> samples = new LinkedHashMap<>();
  private final FolderImages folder;
  private final Semaphore decoding = new Semaphore(DECODED_AT_A_TIME, true);
  private final Cache<String, Upload> uploads =
      new Cache<>(Math.min(256L << 20, HEAP / 8), IDLE_TIME, upload -> upload.file().length);
  private final Cache<String, Raster> read =
      new Cache<>(
          Math.min(32L << 20, HEAP / 32),
          IDLE_TIME,
          raster -> (long) raster.channels() * raster.height() * raster.width());

  @SuppressWarnings("ArrayRecordComponent") // a file's bytes, never compared
  private record Upload(StoredImage image, byte[] file) {}

  /** The images with those of a folder, if there is one. */
  public ImageStore(Optional<Path> images) {
    this.folder = new FolderImages(images, UPLOAD_PIXELS);
    SampleImages.groups()
        .forEach(
            (group, members) ->
                members.stream()
                    .map(image -> sample(group, image))
                    .forEach(image -> samples.put(image.id(), image)));
  }

  private static StoredImage sample(String group, InputImage image) {
    return new StoredImage(
        "s-" + image.name(),
        image.file(),
        group,
        image.label(),
        Optional.empty(),
        Optional.of(StoredImage.Size.of(image.view())),
        image::view);
  }

  /** The project's own images. */
  public List<ImageInfo> samples() {
    return samples.values().stream().map(ImageInfo::of).toList();
  }

  /** The images of the folder. */
  public List<ImageInfo> folder() {
    return folder.list().values().stream().map(ImageInfo::of).toList();
  }

  /** Whether there is a folder of images. */
  public boolean hasFolder() {
    return folder.isThere();
  }

  /**
   * Stores an uploaded image.
   *
   * @param file its bytes in any format that images have
   * @param label the name of its class, where it is known
   * @throws io.adversight.image.ImageFormatException if it is no complete image
   */
  public ImageInfo add(byte[] file, String name, Optional<String> label) {
    String plain = name.isBlank() ? "image" : name.strip();
    String shown = plain.length() > 80 ? plain.substring(0, 80) : plain;
    Raster raster = decoded(() -> ImageFiles.readReduced(file, shown, UPLOAD_PIXELS, KEPT_PIXELS));
    String id = "u-" + Sha256.of(file).substring(0, 16);
    StoredImage image =
        new StoredImage(
            id,
            shown,
            "yours",
            OptionalInt.empty(),
            label.filter(text -> !text.isBlank() && text.length() <= LONGEST_LABEL),
            Optional.of(StoredImage.Size.of(raster)),
            () -> ImageFiles.readReduced(file, shown, UPLOAD_PIXELS, KEPT_PIXELS));
    uploads.put(id, new Upload(image, file));
    read.put(id, raster);
    return ImageInfo.of(image);
  }

  /** The shown name of an image, known without reading it. */
  public String name(String id) {
    return find(id).name();
  }

  /** What is known of an image, its size included. */
  public ImageInfo info(String id) {
    StoredImage image = find(id);
    if (image.size().isPresent()) {
      return ImageInfo.of(image);
    }
    return ImageInfo.of(
        new StoredImage(
            image.id(),
            image.name(),
            image.group(),
            image.label(),
            image.labelName(),
            Optional.of(StoredImage.Size.of(raster(id))),
            image.source()));
  }

  /**
   * The pixels of an image.
   *
   * @throws NoSuchElementException if there is none of that id, or not any more
   */
  public Raster raster(String id) {
    StoredImage image = find(id);
    return read.get(id, () -> decoded(image.source()));
  }

  /**
   * Decodes few images at a time, as the full one is in memory at 8 bits per channel while it is
   * reduced.
   */
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

  /** The ids of all images of the project in one group. */
  public List<String> idsOf(String group) {
    List<String> ids = new ArrayList<>();
    samples.values().stream()
        .filter(image -> group.isEmpty() || image.group().equals(group))
        .forEach(image -> ids.add(image.id()));
    return ids;
  }

  private StoredImage find(String id) {
    StoredImage sample = samples.get(id);
    if (sample != null) {
      return sample;
    }
    Optional<StoredImage> uploaded = uploads.find(id).map(Upload::image);
    if (uploaded.isPresent()) {
      return uploaded.get();
    }
    return folder
        .find(id)
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "the image \"%s\" is not here any more; give it again"
                        .formatted(shortened(id))));
  }

  private static String shortened(String id) {
    return id.length() > 40 ? id.substring(0, 40) + "..." : id;
  }
}
