package io.adversight.cli;

import io.adversight.attack.Attack;
import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.Fit;
import io.adversight.evaluation.robustness.Transfer;
import io.adversight.evaluation.robustness.TransferMatrix;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.report.Provenance;
import io.adversight.report.robustness.TransferFolder;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Rng;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Attacks each network and shows the changed images to all. */
@Example("adversight transfer --models aviary,aviary-vgg --attack fgsm aviary:0-2")
@Command(
    name = "transfer",
    mixinStandardHelpOptions = true,
    description = {
      "Measures transferability: adversarial examples made on each network (rows) are classified",
      "by all of them (columns). A cell is the share of the images that the column's network",
      "classifies right when clean and wrong when adversarial. The attack works at the input size",
      "of the attacked network; --fit resizes the images for the others."
    },
    footer = {
      "",
      "Example: the attack at 299 pixels, seen scaled down and cut out at 224",
      "  adversight transfer --models googlenet-bvlc,mobilenet-v1-tf --attack-input 299 \\",
      "      --fit down-size,centre-crop photos/"
    },
    sortOptions = false)
final class TransferCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming("--attack", "pgd", List.of(AlgorithmOptions.ATTACKS));

  private final DataHome home;

  @Mixin ModelsOptions models = new ModelsOptions();

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description = "from: adversight catalog (default: pgd)")
  String attack = ATTACK.defaults();

  @Mixin BallOptions ball = new BallOptions();

  @Option(
      names = "--attack-input",
      paramLabel = "PIXELS",
      description =
          "side of the images that are attacked, where it is not the side that networks are"
              + " shown (default: the same)")
  int attackInput;

  @Option(
      names = "--fit",
      split = ",",
      paramLabel = "down-size|centre-crop",
      description =
          "how a changed image gets the size of the network that sees it; both: two columns"
              + " per network (default: down-size)")
  List<String> fits = List.of("down-size");

  @Mixin DataOptions data = new DataOptions();
  @Mixin OutputOptions output = new OutputOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  TransferCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(ATTACK);
  }

  @Override
  public Integer call() {
    Algorithm algorithm = AlgorithmOptions.only(spec, ATTACK, attack);
    ball.check(List.of(algorithm));
    Attack made = algorithm.attack(ball.norm);
    List<Fit> ways = fits.stream().map(TransferCommand::fit).distinct().toList();
    DataSet images = data.open(home);
    List<Classifier> shown = models.open(home);
    List<Classifier> attacked = attackInput == 0 ? shown : models.open(home, attackInput);
    List<Double> epsilons = ball.epsilonsFor(algorithm, shown.get(0).card().input());
    Transfer transfer = new Transfer(attacked, shown, ways, made, ball.norm, epsilons);
    Path path = output.folder();
    TransferFolder folder =
        new TransferFolder(path, transfer, algorithm, images, output.batch, output.seed);
    TransferMatrix matrix = compute(transfer, images, folder);
    Path report = folder.finish(matrix, Provenance.of(shown.get(0), CommandWords.of(spec)));
    print(matrix, report);
    return 0;
  }

  private TransferMatrix compute(Transfer transfer, DataSet images, TransferFolder folder) {
    long total = (long) transfer.attacked().size() * images.size();
    return LongTask.run(
        "images",
        total,
        folder::abandon,
        run ->
            TransferMatrix.of(transfer, images, output.batch, new Rng(output.seed), folder, run));
  }

  private static Fit fit(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "down-size" -> Fit.DOWN_SIZE;
      case "centre-crop" -> Fit.CENTRE_CROP;
      default ->
          throw new InputException(
              "--fit must be down-size, centre-crop or both parted by a comma, but was \"%s\""
                  .formatted(text));
    };
  }

  private void print(TransferMatrix matrix, Path report) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      output.printJson(out, report.resolveSibling("result.json"));
      return;
    }
    List<String> headings = new ArrayList<>(List.of("attacked \\ seen by"));
    for (TransferMatrix.Column column : matrix.columns()) {
      String fit = column.fit() == Fit.CENTRE_CROP ? " (centre crop)" : "";
      headings.add(column.network() + fit);
    }
    TextTable table = new TextTable(headings);
    for (int r = 0; r < matrix.rows().size(); r++) {
      List<String> row = new ArrayList<>(List.of(matrix.rows().get(r)));
      matrix.cells().get(r).forEach(cell -> row.add(TextTable.percent(cell.fooled())));
      table.row(row);
    }
    table.print(out);
    ReportLine.print(out, report);
  }
}
