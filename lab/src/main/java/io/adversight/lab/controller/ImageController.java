package io.adversight.lab.controller;

import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.InputException;
import io.adversight.lab.http.HttpStatusException;
import io.adversight.lab.http.Json;
import io.adversight.lab.store.ImageInfo;
import io.adversight.lab.store.ImageStore;
import io.adversight.lab.work.ConcurrencyLimit;
import io.adversight.lab.work.Workers;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Images to choose from, uploads and drawings. */
public final class ImageController {
  static final int DRAWING_SIDE = 1024;
  private static final int THUMBNAIL_SIDE = 44;
  private static final int SHOWN_SIDE = 1600;

  private final ImageStore store;
  private final Workers workers;
  private final Workers uploading;
  private final ConcurrencyLimit limit = new ConcurrencyLimit(8, "uploads");

  /** All images. */
  public record Images(List<ImageInfo> samples, List<ImageInfo> folder) {}

  /**
   * An image drawn in the browser.
   *
   * @param channels 1 or 3
   * @param pixels 8 bit, row by row, channels side by side, in base 64
   */
  public record Drawing(int width, int height, int channels, String pixels) {
    public Drawing {
      if (width < 1 || height < 1 || (channels != 1 && channels != 3) || pixels == null) {
        throw new InputException("a drawing needs a width, a height, 1 or 3 channels and pixels");
      }
      if (width > DRAWING_SIDE || height > DRAWING_SIDE) {
        throw HttpStatusException.tooLarge(
            "a drawing has at most %s x %s pixels".formatted(DRAWING_SIDE, DRAWING_SIDE));
      }
    }

    Raster raster() {
      byte[] levels = Base64.getDecoder().decode(pixels);
      if (levels.length != channels * width * height) {
        throw new InputException(
            "a drawing of %s x %s pixels with %s channels has %s values, but %s came"
                .formatted(width, height, channels, channels * width * height, levels.length));
      }
      return Raster.generate(
          channels,
          height,
          width,
          (c, y, x) -> (levels[(y * width + x) * channels + c] & 255) / 255.0);
    }
  }

  /**
   * A controller.
   *
   * @param workers show images
   * @param uploading decodes uploads
   */
  public ImageController(ImageStore store, Workers workers, Workers uploading) {
    this.store = store;
    this.workers = workers;
    this.uploading = uploading;
  }

  /** All images. */
  public void list(Context ctx) {
    Json.answer(ctx, new Images(store.samples(), store.folder()));
  }

  /** One image. */
  public void info(Context ctx) {
    String id = ctx.pathParam("id");
    Json.answer(ctx, workers.call(() -> store.info(id)));
  }

  /** An image in small. */
  public void thumbnail(Context ctx) {
    png(ctx, THUMBNAIL_SIDE);
  }

  /** An image as a whole. */
  public void image(Context ctx) {
    png(ctx, SHOWN_SIDE);
  }

  private void png(Context ctx, int side) {
    String id = ctx.pathParam("id");
    byte[] png = workers.call(() -> ImageFiles.png(within(store.raster(id), side)));
    ctx.header("Cache-Control", "private, max-age=3600").contentType("image/png").result(png);
  }

  static Raster within(Raster image, int side) {
    int longest = Math.max(image.width(), image.height());
    if (longest <= side) {
      return image;
    }
    return RasterResize.stretch(
        image,
        Math.max(1, Math.round((float) image.height() * side / longest)),
        Math.max(1, Math.round((float) image.width() * side / longest)));
  }

  /** Takes a file. */
  public void upload(Context ctx) {
    String name = ctx.queryParam("name");
    Optional<String> label = Optional.ofNullable(ctx.queryParam("label"));
    byte[] file = limit.take(() -> Json.bytes(ctx, ImageStore.UPLOAD_BYTES, "the image"));
    if (file.length == 0) {
      throw new InputException("the request has no image in it");
    }
    ImageInfo info = uploading.call(() -> store.add(file, name == null ? "" : name, label));
    ctx.status(201);
    Json.answer(ctx, info);
  }

  /** Takes a drawing. */
  public void draw(Context ctx) {
    Drawing drawing = Json.body(ctx, Drawing.class);
    byte[] png = ImageFiles.png(drawing.raster());
    ctx.status(201);
    Json.answer(ctx, store.add(png, "your drawing", Optional.empty()));
  }
}
