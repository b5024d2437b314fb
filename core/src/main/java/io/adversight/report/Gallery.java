package io.adversight.report;

import io.adversight.attack.Generated;
import io.adversight.data.Labels;
import io.adversight.image.Canvas;
import io.adversight.image.FilmStrip;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.image.Resize;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Images made from nothing on one sheet, and on one self-contained page with their lineage. */
final class Gallery {
  private static final int SIDE = 112;
  private static final int CAPTION = 40;
  private static final int ACROSS = 8;
  private static final int ON_SHEET = 96;
  private static final int ON_PAGE = 240;
  private static final int INK = 0x22262e;
  private static final int FAINT = 0x6a7280;

  private final List<Generated> images;
  private final Labels labels;

  Gallery(List<Generated> images, Labels labels) {
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
    return FilmStrip.of(cards, Math.min(ACROSS, cards.size()), 10);
  }

  private static Raster card(Raster image, String title, String note) {
    Raster shown = shown(image);
    Canvas canvas = new Canvas(SIDE, SIDE + CAPTION);
    int left = (SIDE - shown.width()) / 2;
    canvas.picture(shown, left, SIDE - shown.height(), shown.width(), shown.height());
    canvas.text(canvas.fitted(title, SIDE, 12), 0, SIDE + 16, 12, true, INK, Canvas.Align.LEFT);
    canvas.text(note, 0, SIDE + 32, 12, false, FAINT, Canvas.Align.LEFT);
    return canvas.raster();
  }

  private static Raster shown(Raster image) {
    int longer = Math.max(image.height(), image.width());
    return longer > SIDE
        ? Resize.stretch(
            image,
            Math.max(1, image.height() * SIDE / longer),
            Math.max(1, image.width() * SIDE / longer))
        : Resize.enlarged(image, SIDE * Math.min(image.height(), image.width()) / longer);
  }

  /** The ancestors that were kept, oldest first, and the image itself; empty without any. */
  static List<Raster> lineage(Generated one, Labels labels) {
    List<Raster> cards = new ArrayList<>();
    for (Generated.Ancestor ancestor : one.lineage()) {
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

  /** The page. */
  String page(String title) {
    StringBuilder page =
        new StringBuilder(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; color: #22262e; background: #fff; margin: 2rem; }
            main { display: grid; grid-template-columns: repeat(auto-fill, minmax(160px, 1fr)); gap: 1.2rem; }
            figure { margin: 0; }
            img { width: 100%; image-rendering: pixelated; border-radius: 4px; }
            details img { width: auto; max-width: 90vw; }
            figcaption span { color: #5a6270; display: block; }
            </style>
            """);
    page.append("<title>")
        .append(escape(title))
        .append("</title></head><body><h1>")
        .append(escape(title))
        .append("</h1><main>\n");
    images.stream().limit(ON_PAGE).forEach(one -> page.append(figure(one)));
    return page.append("</main></body></html>\n").toString();
  }

  private String figure(Generated one) {
    String name = escape(labels.name(one.target()));
    List<Raster> ancestors = lineage(one, labels);
    return "<figure>%s<figcaption>%s <span>%s, %d ancestors</span>%s</figcaption></figure>\n"
        .formatted(
            picture(one.image(), name),
            name,
            percent(one.confidence()),
            one.lineage().size(),
            ancestors.isEmpty()
                ? ""
                : "<details><summary>lineage</summary>%s</details>"
                    .formatted(picture(FilmStrip.of(ancestors, ACROSS, 10), "lineage of " + name)));
  }

  private static String picture(Raster image, String alternative) {
    return "<img alt=\"%s\" src=\"data:image/png;base64,%s\">"
        .formatted(alternative, Base64.getEncoder().encodeToString(ImageFiles.png(image)));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
