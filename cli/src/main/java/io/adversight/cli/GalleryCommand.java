package io.adversight.cli;

import io.adversight.describe.Check;
import io.adversight.file.AtomicFile;
import io.adversight.image.ImageFiles;
import io.adversight.image.Interpolation;
import io.adversight.image.JpegCopy;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.InputException;
import io.adversight.report.ResultFolder;
import io.adversight.report.image.ImagesPage;
import io.adversight.text.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All images of a page. */
@Example({
  "echo filters.png = weights --model aviary > my-images.gallery",
  "adversight gallery my-images.gallery"
})
@Command(
    name = "gallery",
    mixinStandardHelpOptions = true,
    description = {
      "Makes all images of a page. Each line of FILE is IMAGE = COMMAND; the last image that the",
      "command writes becomes IMAGE (.png or .jpg): filters.png = weights --model googlenet",
      "Any other name stands for the output folder of its command, used in braces further below:",
      "  birds = data aviary-train --count 720",
      "  trained = train recipe.json --data {birds}/images",
      "An interrupted run resumes with the missing images."
    },
    sortOptions = false)
final class GalleryCommand implements Callable<Integer> {
  private static final float QUALITY = 0.85f;
  private static final String RESULTS = "results";
  private static final String MANIFEST = "manifest.json";
  private static final JsonMapper MAPPER = Json.MAPPER;

  private final ToIntFunction<List<String>> program;

  @Parameters(
      paramLabel = "FILE",
      description =
          "such as docs/results/visualization.gallery; lines that begin with # are comments")
  Path file = Path.of("");

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME[,NAME]",
      description = "only these images (default: all)")
  List<String> only = List.of();

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      description = "wider images are reduced to it (default: ${DEFAULT-VALUE})")
  int width = 800;

  @Option(
      names = "--keep",
      description =
          "keep the whole results of all commands in OUT/results, where they are until all are"
              + " made")
  boolean keep;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the images (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  /**
   * @param program runs one command and returns its exit code
   */
  GalleryCommand(ToIntFunction<List<String>> program) {
    this.program = program;
  }

  @Override
  public Integer call() throws IOException {
    Check.atLeast(1, width, "width");
    GalleryPage page = GalleryPage.read(file);
    List<String> wanted = page.linesFor(only.isEmpty() ? page.images() : only);
    Path folder = out;
    ResultFolder results = ResultFolder.open(folder.resolve(RESULTS), json(page), GalleryPage.SPEC);
    PrintWriter printer = spec.commandLine().getOut();
    for (String name : wanted) {
      int code = make(name, page, results, printer);
      if (code != 0) {
        return code;
      }
      if (GalleryPage.isImage(name)) {
        write(
            reduced(ImageFiles.read(last(results.resolve(GalleryPage.place(name))))),
            folder.resolve(name));
      }
    }
    if (!keep) {
      results.delete("");
    }
    List<ImagesPage.Captioned> made =
        wanted.stream()
            .filter(GalleryPage::isImage)
            .map(
                name ->
                    new ImagesPage.Captioned(
                        folder.resolve(name), "adversight " + String.join(" ", page.words(name))))
            .toList();
    ReportLine.print(
        printer,
        ImagesPage.write(
            folder,
            "Images of " + file.getFileName(),
            Map.of("wide at most", width + " px"),
            made));
    return 0;
  }

  /** Runs a line's command, unless that was done before; returns its exit code. */
  private int make(String name, GalleryPage page, ResultFolder results, PrintWriter printer) {
    String place = GalleryPage.place(name);
    String done = place + GalleryPage.DONE;
    if (results.recall(done).isPresent()) {
      return 0;
    }
    if (GalleryPage.isImage(name)) {
      results.delete(place);
    }
    printer.println(name + " = " + String.join(" ", page.words(name)));
    printer.flush();
    List<String> words = new ArrayList<>(page.words(name, results.path()));
    words.addAll(List.of("--out", results.resolve(place).toString()));
    int code = program.applyAsInt(words);
    if (code == 0) {
      results.keep(done, MAPPER.createObjectNode());
    }
    return code;
  }

  private static ObjectNode json(GalleryPage page) {
    ObjectNode json = MAPPER.createObjectNode();
    page.lines().forEach((name, words) -> json.put(name, String.join(" ", words)));
    return json;
  }

  /**
   * The image that a command wrote last: the sheet of all, where it made several.
   *
   * @throws InputException if there is none, or the list of images is damaged
   */
  static Path last(Path results) {
    Path manifest = results.resolve(MANIFEST);
    String name;
    try {
      JsonNode images = MAPPER.readTree(manifest.toFile()).path("images");
      name = Json.text(images.path(images.size() - 1), "file");
    } catch (JacksonException e) {
      throw new InputException("%s is damaged: %s".formatted(manifest, Json.reason(e)), e);
    }
    if (name.isEmpty()) {
      throw new InputException("the command made no image in " + results);
    }
    try {
      Path image = results.resolve(name).normalize();
      if (image.startsWith(results.normalize())) {
        return image;
      }
    } catch (InvalidPathException e) {
      throw new InputException("%s is damaged: it names no file".formatted(manifest), e);
    }
    throw new InputException("%s is damaged: it names a file elsewhere".formatted(manifest));
  }

  private Raster reduced(Raster image) {
    if (image.width() <= width) {
      return image;
    }
    int height = Math.max(1, Math.round((float) image.height() * width / image.width()));
    return RasterResize.to(image, height, width, Interpolation.ANTIALIASED);
  }

  private static void write(Raster image, Path file) {
    if (file.toString().endsWith(".png")) {
      ImageFiles.writePng(image, file);
      return;
    }
    AtomicFile.write(file, JpegCopy.bytes(image, QUALITY));
  }
}
