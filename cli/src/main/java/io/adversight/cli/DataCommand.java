package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.describe.Check;
import io.adversight.file.FileNames;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageGrid;
import io.adversight.image.Raster;
import io.adversight.report.image.ImagesPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists data sets, and writes their images. */
@Example("adversight data aviary --count 12")
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the data sets, or writes images of one: as a sheet, or as PNG files in a",
      "folder for each class, with their masks where the set has some."
    },
    sortOptions = false)
final class DataCommand implements Callable<Integer> {
  private static final int GAP = 2;

  private final DataHome home;

  @Parameters(arity = "0..1", paramLabel = "SET", description = "a data set, or a folder of images")
  String set = "";

  @Option(names = "--count", paramLabel = "N", description = "how many images (default: 24)")
  int count = 24;

  @Option(names = "--first", paramLabel = "I", description = "the number of the first (default: 0)")
  int first;

  @Option(names = "--sheet", paramLabel = "FILE", description = "one PNG file of them all")
  @Nullable Path sheet;

  @Option(names = "--columns", paramLabel = "N", description = "of the sheet (default: 8)")
  int columns = 8;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "images/CLASS/NAME.png and masks/REGION/CLASS/NAME.png")
  @Nullable Path out;

  @Spec CommandSpec spec = CommandSpec.create();

  DataCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    PrintWriter printer = spec.commandLine().getOut();
    if (set.isEmpty()) {
      DataSets.ids().forEach(printer::println);
      return 0;
    }
    DataSet found = Downloads.dataSet(set, home);
    Check.within(0, found.size() - 1, first, "first");
    Check.within(1, found.size() - first, count, "count");
    Check.atLeast(1, columns, "columns");
    DataSet some = found.select(IntStream.range(first, first + count).toArray());
    if (sheet != null) {
      Raster strip =
          ImageGrid.of(IntStream.range(0, count).mapToObj(some::image).toList(), columns, GAP);
      ImageFiles.writePng(strip, sheet);
      printer.println("sheet: " + sheet);
    }
    if (out != null) {
      List<ImagesPage.Captioned> written = write(some, out);
      ReportLine.print(
          printer,
          ImagesPage.write(
              out,
              "Images of " + found.name(),
              Map.of("first", Integer.toString(first), "images", Integer.toString(count)),
              written));
    }
    if (sheet == null && out == null) {
      describe(found, printer);
    }
    return 0;
  }

  private static void describe(DataSet found, PrintWriter printer) {
    printer.printf(Locale.ROOT, "%s: %d images%n", found.name(), found.size());
    printer.println("classes: " + String.join(", ", found.classNames()));
    if (!found.regions().isEmpty()) {
      printer.println("masks: " + String.join(", ", found.regions()));
    }
  }

  private static List<ImagesPage.Captioned> write(DataSet some, Path folder) {
    List<ImagesPage.Captioned> written = new ArrayList<>();
    Map<String, FileNames> names = new HashMap<>();
    for (int i = 0; i < some.size(); i++) {
      String kind =
          some.label(i) == DataSet.UNLABELLED || some.classNames().isEmpty()
              ? "unlabelled"
              : FileNames.of(some.classNames().get(some.label(i)).replace(' ', '_'));
      String name =
          names.computeIfAbsent(kind, key -> new FileNames()).unique(stem(some, i)) + ".png";
      Path images = made(folder.resolve("images").resolve(kind));
      Path file = images.resolve(name);
      ImageFiles.writePng(some.image(i), file);
      written.add(new ImagesPage.Captioned(file, kind.replace('_', ' ')));
      for (String region : some.regions()) {
        Path masks =
            made(
                folder
                    .resolve("masks")
                    .resolve(FileNames.of(region.replace(' ', '_')))
                    .resolve(kind));
        ImageFiles.writePng(some.mask(i, region), masks.resolve(name));
      }
    }
    return written;
  }

  private static String stem(DataSet some, int i) {
    return some.imageName(i).replaceAll("\\.[A-Za-z0-9]+$", "");
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be made".formatted(folder), e);
    }
  }
}
