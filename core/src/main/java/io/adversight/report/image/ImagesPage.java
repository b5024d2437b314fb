package io.adversight.report.image;

import io.adversight.file.AtomicFile;
import io.adversight.report.format.Block;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.PageImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code report.html} of a folder whose images speak for themselves. */
public final class ImagesPage {
  private static final int SHOWN = 240;

  /** An image file with what is said of it. */
  public record Captioned(Path file, String caption) {}

  private ImagesPage() {}

  /**
   * Writes the page of some images beneath a folder.
   *
   * @param facts what is known of all of them
   * @return the page
   */
  public static Path write(
      Path folder, String title, Map<String, String> facts, List<Captioned> images) {
    List<Block.Tile> tiles =
        images.stream()
            .limit(SHOWN)
            .map(image -> new Block.Tile(PageImage.in(image.file()), image.caption()))
            .toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Group(Block.Layout.GALLERY, tiles));
    if (images.size() > SHOWN) {
      blocks.add(
          new Block.Note("The page shows the first %s; the folder holds all.".formatted(SHOWN)));
    }
    String heading = images.size() == 1 ? "1 image" : images.size() + " images";
    String page = new HtmlPage(title, facts, new Block.Section(heading, blocks)).html();
    Path report = folder.resolve("report.html");
    AtomicFile.write(report, page);
    return report;
  }
}
