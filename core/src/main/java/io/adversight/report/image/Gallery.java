package io.adversight.report.image;

import io.adversight.attack.fooling.FoolingImage;
import io.adversight.data.Labels;
import io.adversight.image.ImageGrid;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.image.Sheet;
import io.adversight.report.format.Block;
import io.adversight.report.format.PageImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fooling images on one sheet, and on a page with their lineage. */
final class Gallery {
  private static final int SIDE = 112;
  private static final int CAPTION = 40;
  private static final int ACROSS = 8;
  private static final int ON_SHEET = 96;
  private static final int ON_PAGE = 240;
  private static final int INK = 0x22262e;
  private static final int FAINT = 0x6a7280;

  private final List<FoolingImage> images;
  private final Labels labels;

  Gallery(List<FoolingImage> images, Labels labels) {
    this.images = List.copyOf(images);
    this.labels = labels;
  }

  /** The first images with the class they were made for and how sure the network is of it. */
  Raster sheet() {
    List<Raster> cards =
        images.stream()
            .limit(ON_SHEET)
            .map(one -> card(one.image(), labels.name(one.target()), percent(one.confidence())))
            .toList();
    return ImageGrid.of(cards, Math.min(ACROSS, cards.size()), 10);
  }

  private static Raster card(Raster image, String title, String note) {
    Raster shown = shown(image);
    Sheet sheet = new Sheet(SIDE, SIDE + CAPTION);
    int left = (SIDE - shown.width()) / 2;
    sheet.image(shown, left, SIDE - shown.height(), shown.width(), shown.height());
    sheet.text(sheet.fitted(title, SIDE, 12), 0, SIDE + 16, 12, true, INK, Sheet.Align.LEFT);
    sheet.text(note, 0, SIDE + 32, 12, false, FAINT, Sheet.Align.LEFT);
    return sheet.raster();
  }

  private static Raster shown(Raster image) {
    int longer = Math.max(image.height(), image.width());
    return longer > SIDE
        ? RasterResize.stretch(
            image,
            Math.max(1, image.height() * SIDE / longer),
            Math.max(1, image.width() * SIDE / longer))
        : RasterResize.enlarged(image, SIDE * Math.min(image.height(), image.width()) / longer);
  }

  /** The ancestors that were kept, oldest first, and the image itself; empty without any. */
  static List<Raster> lineage(FoolingImage one, Labels labels) {
    List<Raster> cards = new ArrayList<>();
    for (FoolingImage.Ancestor ancestor : one.lineage()) {
      ancestor
          .image()
          .ifPresent(
              image ->
                  cards.add(
                      card(
                          image,
                          "generation " + ancestor.generation(),
                          percent(ancestor.confidence()) + " " + labels.name(ancestor.niche()))));
    }
    if (!cards.isEmpty()) {
      cards.add(card(one.image(), "at last", percent(one.confidence())));
    }
    return cards;
  }

  /** The first images, each with its class and, folded, its lineage. */
  List<Block> blocks() {
    List<FoolingImage> shown = images.subList(0, Math.min(ON_PAGE, images.size()));
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Group(Block.Layout.GALLERY, shown.stream().map(this::figure).toList()));
    for (FoolingImage one : shown) {
      List<Raster> ancestors = lineage(one, labels);
      if (!ancestors.isEmpty()) {
        blocks.add(
            new Block.Folded(
                "Lineage of " + labels.name(one.target()),
                PageImage.of(ImageGrid.of(ancestors, ACROSS, 10))));
      }
    }
    if (images.size() > ON_PAGE) {
      blocks.add(
          new Block.Note(
              "The page shows the first %s of %s images; the folder holds all."
                  .formatted(ON_PAGE, images.size())));
    }
    return blocks;
  }

  private Block.Figure figure(FoolingImage one) {
    return new Block.Figure(
        PageImage.of(one.image()),
        labels.name(one.target()),
        "%s, %s ancestors".formatted(percent(one.confidence()), one.lineage().size()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
