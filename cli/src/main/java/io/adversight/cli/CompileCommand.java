package io.adversight.cli;

import io.adversight.attribution.Upsampling;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.compile.CompiledCard;
import io.adversight.compile.CompiledCheck;
import io.adversight.compile.CompiledNetwork;
import io.adversight.file.AtomicFile;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.Prediction;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.DidYouMean;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a network together with explanations and attacks as one ONNX file. */
@Example(
    "adversight compile --model digits --with gradient,grad-cam,fgsm --out my-digits.explain.onnx")
@Command(
    name = "compile",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a network together with its explanations and one-step attacks as one ONNX file.",
      "Any runtime computes them: pixels in [0, 1] and the index of a class go in, logits and the",
      "outputs named with --with come out. A card beside the file (.json and .md) describes them,",
      "and the file is checked in ONNX Runtime against what explain and attack compute."
    },
    sortOptions = false)
final class CompileCommand implements Callable<Integer>, AlgorithmOptions.Named, WritesFile {
  private static final List<Kind> KINDS = kinds();
  private static final AlgorithmOptions.Naming WITH =
      new AlgorithmOptions.Naming("--with", "gradient,grad-cam,fgsm", KINDS);
  private static final int CHECKED = 3;
  private static final int COARSE = 8;
  private static final String ENDING = ".onnx";

  private final DataHome home;

  @Option(
      names = "--with",
      paramLabel = "NAME[,NAME]",
      description = "explanations and attacks (default: ${DEFAULT-VALUE})")
  String with = WITH.defaults();

  @Mixin ModelOptions model = new ModelOptions();

  @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "the file")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  CompileCommand(DataHome home) {
    this.home = home;
  }

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>(List.of(Kind.BOUNDED_ATTACK));
    kinds.addAll(List.of(AlgorithmOptions.METHODS));
    return List.copyOf(kinds);
  }

  /** Refuses a name that the catalogue does not have by what can be compiled, not by all it has. */
  private static void ensureKnown(String id) {
    boolean known =
        KINDS.stream()
            .flatMap(kind -> Catalog.entries(kind).stream())
            .anyMatch(entry -> DidYouMean.plain(entry.id()).equals(DidYouMean.plain(id)));
    if (!known) {
      List<String> names =
          CompiledNetwork.ALGORITHMS.stream().map(each -> each.replaceAll(" .*", "")).toList();
      throw new UnknownNameException(
          "\"%s\" is no explanation or attack that can be compiled%s; these can: %s"
              .formatted(
                  id, DidYouMean.hint(names, id), String.join(", ", CompiledNetwork.ALGORITHMS)));
    }
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(WITH);
  }

  @Override
  public Path written() {
    return out;
  }

  @Override
  public Integer call() {
    String name = String.valueOf(out.getFileName());
    if (!name.endsWith(ENDING)) {
      throw new InputException("--out must end in .onnx, but is \"%s\"".formatted(out));
    }
    WITH.ids(with).forEach(CompileCommand::ensureKnown);
    Map<String, Object> algorithms = new LinkedHashMap<>();
    for (Algorithm algorithm : AlgorithmOptions.read(spec, WITH, with)) {
      Entry<?> entry = algorithm.entry(KINDS.toArray(Kind[]::new));
      algorithms.put(algorithm.id(), entry.create(algorithm.parameters()));
    }
    GraphClassifier network = model.open(home);
    try (Scope scope = Scope.open()) {
      CompiledNetwork compiled = CompiledNetwork.of(network, algorithms);
      byte[] file = compiled.file(Map.of("network", network.card().nameInResults()));
      Tensor pixels = images(network.card().input());
      List<Integer> classes =
          Prediction.of(network.logits(pixels), network.card()).stream()
              .map(prediction -> prediction.top(1).get(0))
              .toList();
      List<CompiledCheck.Deviation> check =
          CompiledCheck.of(compiled, file, network, algorithms, pixels, classes);
      List<String> apart =
          check.stream()
              .filter(deviation -> !deviation.isClose())
              .map(CompiledCheck.Deviation::toString)
              .toList();
      if (!apart.isEmpty()) {
        throw new IllegalStateException(
            "the file is not written: in ONNX Runtime it differs from Adversight: " + apart);
      }
      CompiledCard card = new CompiledCard(name, compiled, network, check);
      String stem = name.substring(0, name.length() - ENDING.length());
      AtomicFile.write(out, file);
      AtomicFile.write(out.resolveSibling(stem + ".json"), card.json());
      AtomicFile.write(out.resolveSibling(stem + ".md"), card.markdown());
      print(compiled, check);
    }
    return 0;
  }

  /** Smooth random images, the same every time. */
  private static Tensor images(Input input) {
    Rng random = new Rng(0);
    int channels = input.channels();
    Tensor coarse =
        Tensor.of(
            random.uniform(CHECKED * channels * COARSE * COARSE, 0.05, 0.9),
            CHECKED,
            channels,
            COARSE,
            COARSE);
    int elements = CHECKED * channels * input.height() * input.width();
    Tensor noise =
        Tensor.of(
            random.uniform(elements, 0, 0.05), CHECKED, channels, input.height(), input.width());
    return Upsampling.BILINEAR.to(coarse, input.height(), input.width()).add(noise);
  }

  private void print(CompiledNetwork compiled, List<CompiledCheck.Deviation> check) {
    PrintWriter printer = spec.commandLine().getOut();
    printer.println("inputs");
    compiled
        .inputs()
        .forEach(
            port ->
                printer.println("  %s  %s  %s".formatted(port.name(), port.type(), port.says())));
    printer.println(
        "outputs, with the largest deviation from Adversight in ONNX Runtime, over the largest"
            + " element, and the share of elements that differ by more than a thousandth of it");
    for (int i = 0; i < check.size(); i++) {
      CompiledNetwork.Port port = compiled.outputs().get(i);
      printer.println(
          String.format(
              Locale.ROOT,
              "  %s  %s  %s  %.1e, %.4f %%",
              port.name(),
              port.type(),
              port.says(),
              check.get(i).relative(),
              100 * check.get(i).apart()));
    }
    printer.println("written: %s, and its card in .json and .md".formatted(out));
  }
}
