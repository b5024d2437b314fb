package io.adversight.report.image;

import io.adversight.data.LeftOutImage;
import io.adversight.file.AtomicFile;
import io.adversight.file.FileNames;
import io.adversight.file.Folders;
import io.adversight.image.GifAnimation;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageGrid;
import io.adversight.image.Interpolation;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.InputException;
import io.adversight.plot.Plot;
import io.adversight.report.LeftOutJson;
import io.adversight.report.Provenance;
import io.adversight.report.format.ResultJson;
import io.adversight.text.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder of images that were made, under names that differ, with a {@code manifest.json} that
 * says what they are and how to make them again, and a {@code report.html} that shows them. The
 * manifest is written last.
 */
public final class ImageOutputFolder {
  private static final String MANIFEST = "manifest.json";
  private static final String REPORT = "report.html";
  private static final int GAP = 4;
  private static final int LEAST_SIDE = 400;
  private static final int FRAME_MILLIS = 80;

  private final Path folder;
  private final ObjectNode manifest = Json.MAPPER.createObjectNode();
  private final ArrayNode images = Json.MAPPER.createArrayNode();
  private final FileNames names = new FileNames();
  private final FileNames animations = new FileNames();
  private final List<LeftOutImage> leftOut = new ArrayList<>();
  private final long start = System.nanoTime();

  /**
   * A folder that does not exist, is empty, or holds images of a command before.
   *
   * @throws IllegalArgumentException if it holds something else
   */
  public ImageOutputFolder(Path folder) {
    this.folder = folder;
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException("%s is a file; give a folder with --out".formatted(folder));
    }
    if (!Folders.isVacant(folder) && !Files.exists(folder.resolve(MANIFEST))) {
      throw new InputException("%s is not empty; give another folder with --out".formatted(folder));
    }
  }

  /**
   * Writes an image as NAME.png, pixel by pixel, and its exact values as NAME.npy.
   *
   * @param caption what it shows, in words
   * @param facts said of it in the manifest
   */
  public void image(String name, String caption, Raster image, Map<String, ?> facts) {
    String file = names.unique(name);
    Npy.write(image, folder.resolve(file + ".npy"));
    write(file, caption, image, facts);
  }

  /**
   * Writes signed values as NAME.npy, and what they look like as NAME.png.
   *
   * @param shown an image of the values
   */
  public void values(
      String name, String caption, Raster values, Raster shown, Map<String, ?> facts) {
    String file = names.unique(name);
    Npy.write(values, folder.resolve(file + ".npy"));
    enlarged(file, caption, shown, facts);
  }

  /** Writes an image for looking at only, as NAME.png, enlarged to at least 400 pixels. */
  public void sheet(String name, String caption, Raster image, Map<String, ?> facts) {
    enlarged(names.unique(name), caption, image, facts);
  }

  private void enlarged(String file, String caption, Raster image, Map<String, ?> facts) {
    int times = (LEAST_SIDE + image.width() - 1) / image.width();
    Raster shown =
        RasterResize.to(
            image, times * image.height(), times * image.width(), Interpolation.NEAREST);
    write(file, caption, times > 1 ? shown : image, facts);
  }

  private void write(String file, String caption, Raster image, Map<String, ?> facts) {
    ImageFiles.writePng(image, folder.resolve(file + ".png"));
    ObjectNode entry = images.addObject();
    entry.put("file", file + ".png");
    entry.put("caption", caption);
    facts.forEach((key, value) -> entry.set(key, Json.MAPPER.valueToTree(value)));
  }

  /** Writes frames as an animation NAME.gif and as a strip NAME-frames.png. */
  public void frames(String name, String caption, List<Raster> frames, int columns) {
    GifAnimation.write(frames, FRAME_MILLIS, folder.resolve(animations.unique(name) + ".gif"));
    sheet(
        name + "-frames",
        caption,
        ImageGrid.of(frames, columns, GAP),
        Map.of("frames", frames.size()));
  }

  /** Writes a plot as NAME.png. */
  public void plot(String name, Plot plot) {
    String file = names.unique(name) + ".png";
    AtomicFile.write(folder.resolve(file), plot.png());
    ObjectNode entry = images.addObject();
    entry.put("file", file);
    entry.put("caption", plot.title());
  }

  /** Writes a table as NAME.csv, which the page does not show. */
  public void table(String name, List<List<String>> lines) {
    String text =
        lines.stream().map(line -> String.join(",", line) + "\n").collect(Collectors.joining());
    AtomicFile.write(folder.resolve(name + ".csv"), text);
  }

  /** Notes images of which nothing is shown. */
  public void leaveOut(List<LeftOutImage> images) {
    leftOut.addAll(images);
  }

  /**
   * Writes the manifest and the page.
   *
   * @param settings what was asked for
   * @return the page
   */
  public Path finish(Map<String, ?> settings, Provenance provenance) {
    settings.forEach((key, value) -> manifest.set(key, Json.MAPPER.valueToTree(value)));
    manifest.set("images", images);
    LeftOutJson.put(manifest, leftOut);
    double seconds = (System.nanoTime() - start) / 1e9;
    manifest.set("provenance", ResultJson.provenance(provenance, seconds));
    AtomicFile.write(folder.resolve(REPORT), ImageFolderPage.of(folder, manifest));
    Path file = folder.resolve(MANIFEST);
    String text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n";
    AtomicFile.writeDurably(file, text.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(REPORT);
  }
}
