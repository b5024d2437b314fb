package io.adversight.cli;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Kind;
import io.adversight.file.FolderLock;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.lab.site.SiteSpec;
import io.adversight.lab.site.StaticCopy;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.study.Algorithm;
import io.adversight.study.image.SampleImages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a static copy of the lab. */
@Example("adversight lab export --model digits --images drawn-digits:0-9 --out my-site")
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a static copy of the lab: a folder of plain files that works without a server, opened"
          + " from a disk or put on any web server.",
      "A slider moves through the epsilons, and images, predictions and heat maps follow.",
      "Parameters of what --attack and --method name are options, listed below."
    },
    sortOptions = false)
final class LabExportCommand implements Callable<Integer>, AlgorithmOptions.Named, WritesFile {
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming("--attack", "fgsm", List.of(Kind.BOUNDED_ATTACK));
  private static final AlgorithmOptions.Naming METHOD =
      new AlgorithmOptions.Naming("--method", "grad-cam", List.of(Kind.ATTRIBUTION));

  /** How many stops the slider has where no epsilons are given. */
  private static final int STOPS = 32;

  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--images",
      arity = "1..*",
      paramLabel = "IMAGE",
      description =
          "files, folders or images of a data set such as cifar10:0-9, at most 200 (default: the"
              + " lab's drawings that the network takes)")
  List<String> images = List.of();

  @Option(
      names = "--attack",
      paramLabel = "NAME[,NAME]",
      description = "attacks bounded by epsilon in LINF (default: fgsm)")
  String attack = ATTACK.defaults();

  @Option(
      names = "--epsilon",
      paramLabel = "E[,E]",
      description = "stops of the slider, rising (default: 32 stops up to the lab's largest)")
  String epsilon = "";

  @Option(names = "--method", paramLabel = "NAME", description = "the heat map (default: grad-cam)")
  String method = METHOD.defaults();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "SITE",
      description = "for the files; a folder that does not exist yet, or is empty")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  LabExportCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(ATTACK, METHOD);
  }

  @Override
  public Path written() {
    return out;
  }

  @Override
  public FolderLock lock() {
    return FolderLock.onWhole(out);
  }

  @Override
  public Integer call() {
    List<Algorithm> attacks = AlgorithmOptions.read(spec, ATTACK, attack);
    List<Algorithm> methods = AlgorithmOptions.read(spec, METHOD, method);
    attacks.forEach(one -> one.attack(Norm.LINF));
    if (methods.size() != 1) {
      throw new InputException(
          "--method takes one heat map here, but got \"%s\"".formatted(method));
    }
    List<Double> given = BallOptions.parse(epsilon, Norm.LINF);
    StaticCopy.checkEmpty(out);
    GraphClassifier classifier = model.open(home);
    Input input = classifier.card().input();
    SiteSpec wanted =
        new SiteSpec(
            named(input),
            attacks,
            methods.get(0),
            given.isEmpty() ? stops(input) : given,
            CommandWords.of(spec));
    LongTask.run(
        "images",
        wanted.images().size(),
        () -> {},
        run -> {
          StaticCopy.write(out, classifier, wanted, run);
          return out;
        });
    spec.commandLine().getOut().println("open " + out.resolve("index.html"));
    return 0;
  }

  private List<SiteSpec.Named> named(Input input) {
    if (images.isEmpty()) {
      return SampleImages.groups().values().stream()
          .flatMap(List::stream)
          .filter(image -> image.view().channels() == input.channels())
          .map(image -> new SiteSpec.Named(image.name(), image.view()))
          .toList();
    }
    ImageArguments arguments = new ImageArguments(home);
    List<String> words = arguments.list(images);
    if (words.size() > SiteSpec.IMAGES_AT_MOST) {
      throw new InputException(
          "a copy holds at most %s images, but --images names %s"
              .formatted(SiteSpec.IMAGES_AT_MOST, words.size()));
    }
    List<SiteSpec.Named> read = new ArrayList<>();
    for (String word : words) {
      read.add(new SiteSpec.Named(name(word), arguments.read(word)));
    }
    return read;
  }

  /** A file's name without its folder; an image of a data set as it was named. */
  private static String name(String word) {
    Path last = Path.of(word).getFileName();
    return ImageArguments.isOfDataSet(word) || last == null ? word : last.toString();
  }

  /** Whole or half grey levels up to the end of the lab's slider. */
  private static List<Double> stops(Input input) {
    double largest = Epsilon.largest(Norm.LINF, input.channels(), input.height(), input.width());
    long levels = Math.round(255 * largest);
    return IntStream.rangeClosed(1, STOPS)
        .mapToDouble(i -> Math.rint(2.0 * i * levels / STOPS) / 2 / 255)
        .boxed()
        .toList();
  }
}
