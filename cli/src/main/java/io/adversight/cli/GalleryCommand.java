package io.adversight.cli;

import io.adversight.describe.Check;
import io.adversight.image.ImageFiles;
import io.adversight.image.Interpolation;
import io.adversight.image.JpegCopy;
import io.adversight.image.Raster;
import io.adversight.image.Resize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All pictures of a page. */
@Command(
    name = "gallery",
    mixinStandardHelpOptions = true,
    description = {
      "Makes all pictures of a page: each line of FILE is the name of a picture (.png or .jpg), =,",
      "and the command whose last picture it is, as in: filters.png = weights --model googlenet"
    },
    sortOptions = false)
final class GalleryCommand implements Callable<Integer> {
  private static final float QUALITY = 0.85f;

  private final ToIntFunction<List<String>> program;

  @Parameters(
      paramLabel = "FILE",
      description =
          "such as docs/results/visualization.gallery; lines that begin with # say nothing")
  Path file = Path.of("");

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME[,NAME]",
      description = "these pictures (default: all)")
  List<String> only = List.of();

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      description = "wider pictures are reduced to it (default: ${DEFAULT-VALUE})")
  int width = 800;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description = "keep each command's whole results there (default: nowhere)")
  @Nullable Path work;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "for the pictures (default: adversight-out/<time>)")
  @Nullable Path out;

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
    Map<String, List<String>> lines = lines(Files.readAllLines(file), file);
    only.forEach(name -> require(lines, name));
    Path folder = out == null ? OutputOptions.freshFolder() : out;
    Path results = work == null ? Files.createTempDirectory("adversight-gallery") : work;
    Files.createDirectories(folder);
    PrintWriter printer = spec.commandLine().getOut();
    for (Map.Entry<String, List<String>> line : lines.entrySet()) {
      String name = line.getKey();
      if (!only.isEmpty() && !only.contains(name)) {
        continue;
      }
      Path own = results.resolve(name.substring(0, name.lastIndexOf('.')));
      List<String> words = new ArrayList<>(line.getValue());
      printer.println(name + " = " + String.join(" ", words));
      words.addAll(List.of("--out", own.toString()));
      int code = program.applyAsInt(words);
      if (code != 0) {
        return code;
      }
      write(reduced(ImageFiles.read(last(own))), folder.resolve(name));
    }
    printer.println("pictures in " + folder);
    return 0;
  }

  /** The commands by the names of their pictures. */
  private static Map<String, List<String>> lines(List<String> text, Path file) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (int i = 0; i < text.size(); i++) {
      String line = text.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] sides = line.split(" = ", 2);
      if (sides.length != 2 || !sides[0].strip().matches("[\\w.-]+\\.(png|jpg)")) {
        throw new IllegalArgumentException(
            "%s, line %d: expected NAME.png = COMMAND or NAME.jpg = COMMAND, but found \"%s\""
                .formatted(file, i + 1, line));
      }
      lines.put(sides[0].strip(), List.of(sides[1].strip().split("\\s+")));
    }
    return lines;
  }

  private static void require(Map<String, List<String>> lines, String name) {
    if (!lines.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no picture \"%s\"; those are %s"
              .formatted(name, String.join(", ", lines.keySet())));
    }
  }

  /** The picture that a command wrote last: the sheet of all, where it made several. */
  private static Path last(Path results) {
    JsonNode pictures =
        JsonMapper.builder()
            .build()
            .readTree(results.resolve("manifest.json").toFile())
            .path("pictures");
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("the command made no picture in " + results);
    }
    return results.resolve(pictures.get(pictures.size() - 1).path("file").asString());
  }

  private Raster reduced(Raster picture) {
    if (picture.width() <= width) {
      return picture;
    }
    int height = Math.max(1, Math.round((float) picture.height() * width / picture.width()));
    return Resize.to(picture, height, width, Interpolation.ANTIALIASED);
  }

  private static void write(Raster picture, Path file) {
    if (file.toString().endsWith(".png")) {
      ImageFiles.writePng(picture, file);
      return;
    }
    try {
      Files.write(file, JpegCopy.bytes(picture, QUALITY));
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), e);
    }
  }
}
