package io.adversight.report.format;

import io.adversight.plot.Plot;
import io.adversight.study.evaluation.Check;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A part of a page. What each looks like stands in the template {@code block.jte}. */
public sealed interface Block {
  /** A framed part of the page with a heading of its own. */
  record Section(String heading, List<Block> blocks) implements Block {
    public Section {
      blocks = List.copyOf(blocks);
    }

    /** A section of few blocks. */
    public Section(String heading, Block... blocks) {
      this(heading, List.of(blocks));
    }
  }

  /** A part of a section that is shown when its title is clicked. */
  record Details(String title, List<Block> blocks) implements Block {
    public Details {
      blocks = List.copyOf(blocks);
    }
  }

  /** Blocks in some arrangement. */
  record Group(Layout layout, List<? extends Block> blocks) implements Block {
    public Group {
      blocks = List.copyOf(blocks);
    }

    /** A group of few blocks. */
    public Group(Layout layout, Block... blocks) {
      this(layout, List.of(blocks));
    }

    /**
     * Plots side by side where there is room.
     *
     * @param folder where they lie as files
     * @param plots by file name
     */
    public static Group ofPlots(Path folder, Map<String, Plot> plots) {
      return new Group(
          Layout.ROW,
          plots.entrySet().stream()
              .map(
                  plot ->
                      new PlotImage(
                          PageImage.in(folder.resolve(plot.getKey())), plot.getValue().title()))
              .toList());
    }
  }

  /** How the blocks of a group are arranged. */
  enum Layout {
    /** Side by side, wrapped. */
    ROW,
    /** Columns wide enough for a map with its colour bar. */
    MAPS,
    /** A grid of tiles. */
    GALLERY,
    /** What the network sees beside the maps that explain it. */
    EXPLAINED,
    /** The image as the network sees it above its prediction. */
    SEEN,
    /** A page of its own on paper. */
    SHEET,
    /** Lists of classes beside each other. */
    PREDICTIONS;

    /** The name of the arrangement in the style sheet. */
    String style() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A heading inside a section. */
  record Heading(String text) implements Block {}

  /** A heading beneath a {@link Heading}. */
  record Subheading(String text) implements Block {}

  /**
   * A heading that says how an attack ended.
   *
   * @param epsilon as text; empty if the attack has none
   */
  record AttackHeading(String attack, String epsilon, List<Verdict> verdicts) implements Block {
    public AttackHeading {
      verdicts = List.copyOf(verdicts);
    }
  }

  /** Whether an attack succeeded, in words. */
  record Verdict(String text, boolean success) {}

  /** Something to know about what stands above. */
  record Note(String text) implements Block {}

  /** Names with values beneath an image or a section's heading. */
  record NamedValues(Map<String, String> values, boolean small) implements Block {
    public NamedValues {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** A table whose columns after the first {@code names} are numbers. */
  record Table(List<String> header, List<List<String>> rows, int names) implements Block {
    public Table {
      header = List.copyOf(header);
      rows = rows.stream().map(List::copyOf).toList();
    }

    /** A table with its header in the first row. */
    public static Table headed(List<List<String>> lines, int names) {
      return new Table(lines.get(0), lines.subList(1, lines.size()), names);
    }
  }

  /**
   * Things that were checked, by row, for one network or several, by column.
   *
   * @param heads names of the networks; their number is that of the verdicts of each row
   */
  record CheckList(List<String> heads, List<CheckRow> rows) implements Block {
    public CheckList {
      heads = List.copyOf(heads);
      rows = List.copyOf(rows);
    }
  }

  /**
   * One thing that was checked.
   *
   * @param source where the literature asks for it
   */
  record CheckRow(String name, String source, List<CheckCell> cells) {
    public CheckRow {
      cells = List.copyOf(cells);
    }
  }

  /**
   * What came of a check.
   *
   * @param found the number behind it
   */
  record CheckCell(Check.Verdict verdict, String found) {}

  /**
   * A table whose cells show images when they are clicked.
   *
   * @param header of the columns
   * @param sheets that the images are cut from, by name
   * @param side of an image, pixels
   */
  record CellTable(List<String> header, List<CellRow> rows, Map<String, PageImage> sheets, int side)
      implements Block {
    public CellTable {
      header = List.copyOf(header);
      rows = List.copyOf(rows);
      sheets = Collections.unmodifiableMap(new LinkedHashMap<>(sheets));
    }

    /** The style rules of the sheets, each of which the page holds once. */
    String style() {
      StringBuilder rules = new StringBuilder();
      sheets.forEach(
          (name, sheet) ->
              rules.append(
                  ".%s{background-image:url(%s)}".formatted(styleOf(name), sheet.read().source())));
      return rules.toString();
    }

    /** The class of a sheet in the style sheet. */
    String styleOf(String sheet) {
      return "sheet-%s-%s"
          .formatted(
              Integer.toHexString(rows.hashCode()), List.copyOf(sheets.keySet()).indexOf(sheet));
    }

    /** Where an image lies on its sheet, and how large it is. */
    String place(Crop crop) {
      return "width:%spx;height:%spx;background-position:-%spx -%spx"
          .formatted(side, side, crop.left(), crop.top());
    }
  }

  /** A named row of such a table. */
  record CellRow(String name, List<Cell> cells) {
    public CellRow {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A cell of such a table.
   *
   * @param text large
   * @param detail small, beneath
   * @param shade how dark it is, in [0, 1]
   * @param crops its images
   */
  record Cell(String text, String detail, double shade, List<Crop> crops) {
    public Cell {
      crops = List.copyOf(crops);
    }

    /** Its background. */
    String background() {
      return String.format(Locale.ROOT, "background:rgba(194,87,26,%.2f)", 0.6 * shade);
    }
  }

  /**
   * An image cut from a sheet.
   *
   * @param sheet its name
   * @param left edge of the image on it, pixels
   * @param top edge
   */
  record Crop(String caption, String sheet, int left, int top) {}

  /** An image with a caption and, beneath, a detail; both may be empty. */
  record Figure(PageImage image, String caption, String detail) implements Block {}

  /** An image over the whole width, such as a sheet. */
  record WideFigure(PageImage image, String caption) implements Block {}

  /** An image of a gallery: a small one takes a cell, a larger one the whole width. */
  record Tile(PageImage image, String caption) implements Block {}

  /** A plot, which shows its title itself. */
  record PlotImage(PageImage image, String title) implements Block {}

  /** A wide image that is shown when its title is clicked. */
  record Folded(String title, PageImage image) implements Block {}

  /** A map with the bar of its colours. */
  record MapFigure(PageImage image, ColorBar colors, String caption, String detail)
      implements Block {}

  /** A map, the same map over its image, and the bar of its colours. */
  record MapPair(PageImage map, PageImage overlay, ColorBar colors, String caption, String detail)
      implements Block {}

  /** The most probable classes of an image, each with a bar. */
  record Prediction(String title, List<Bar> bars) implements Block {
    public Prediction {
      bars = List.copyOf(bars);
    }
  }

  /**
   * One class of a prediction.
   *
   * @param probability from 0 to 1
   * @param marked whether it is the class that matters
   */
  record Bar(String label, double probability, boolean marked) {
    /** How long the bar is, of all that it could be. */
    String width() {
      return String.format(Locale.ROOT, "%.2f%%", 100 * probability);
    }
  }
}
