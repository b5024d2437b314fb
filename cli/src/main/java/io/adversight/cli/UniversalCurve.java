package io.adversight.cli;

import io.adversight.evaluation.robustness.FoolingCurve;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.report.CheckpointFiles;
import io.adversight.report.Provenance;
import io.adversight.report.robustness.FoolingFiles;
import io.adversight.report.robustness.UniversalFolder;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.text.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fooling rate against the number of images a universal change is made on. */
@Example("adversight universal curve --model digits --numbers 1,2 drawn-digits:0-3")
@Command(
    name = "curve",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the fooling rate against the number of images: crafts a universal change on the",
      "first 10, 20, 50, ... images and evaluates each on the others. Resumes after a stop."
    },
    sortOptions = false)
final class UniversalCurve implements Callable<Integer>, AlgorithmOptions.Named {
  private static final JsonMapper MAPPER = Json.MAPPER;

  private final DataHome home;

  @Mixin UniversalOptions options = new UniversalOptions();

  @Option(
      names = "--numbers",
      split = ",",
      paramLabel = "N",
      description = "numbers of images (default: 1, 2, 5, 10, 20, 50, ... up to --made-on)")
  List<Integer> numbers = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  UniversalCurve(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(UniversalOptions.ATTACK);
  }

  @Override
  public Integer call() {
    UniversalOptions.Task task = options.task(home, spec);
    List<Integer> wanted = numbers.isEmpty() ? usual(task.seen().size()) : numbers;
    for (int number : wanted) {
      if (number < 1 || number > task.seen().size()) {
        throw new InputException(
            "--numbers must be from 1 to %s, the images a change can be made on, but was %s"
                .formatted(task.seen().size(), number));
      }
    }
    Path path = options.output.folder();
    UniversalFolder folder =
        UniversalFolder.open(
            path,
            "curve over " + wanted,
            task.classifier().card(),
            task.algorithm(),
            task.ball(),
            task.seen(),
            task.unseen(),
            options.output.seed);
    FoolingCurve curve =
        LongTask.run(
            "images",
            task.seen().size(),
            folder.results()::abandon,
            run -> curve(task, wanted, folder, run.seeded(new Rng(options.output.seed))));
    print(curve, finish(task, curve, folder));
    return 0;
  }

  private static List<Integer> usual(int most) {
    List<Integer> all = new ArrayList<>();
    for (int power = 1; power <= most; power *= 10) {
      for (int digit : new int[] {1, 2, 5}) {
        if (digit * power < most) {
          all.add(digit * power);
        }
      }
    }
    all.add(most);
    return all;
  }

  private static FoolingCurve curve(
      UniversalOptions.Task task, List<Integer> numbers, UniversalFolder folder, Run run) {
    List<FoolingCurve.Point> points = new ArrayList<>();
    for (int number : numbers) {
      String part = "parts/%s.json".formatted(number);
      Optional<JsonNode> known = folder.results().recall(part);
      if (known.isPresent()) {
        points.add(
            new FoolingCurve.Point(
                number,
                Json.number(known.get().path("seen")),
                Json.number(known.get().path("unseen"))));
        continue;
      }
      CheckpointFiles checkpoint = new CheckpointFiles(folder.results(), "checkpoint-" + number);
      FoolingCurve.Point point =
          FoolingCurve.point(
              task.attack(),
              task.classifier(),
              task.seen().take(number),
              task.unseen(),
              task.ball(),
              checkpoint,
              run);
      folder.results().keep(part, json(point));
      checkpoint.delete();
      points.add(point);
    }
    return new FoolingCurve(points);
  }

  private static ObjectNode json(FoolingCurve.Point point) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("images", point.images());
    node.put("seen", point.seen());
    node.put("unseen", point.unseen());
    return node;
  }

  private Path finish(UniversalOptions.Task task, FoolingCurve curve, UniversalFolder folder) {
    String title = "%s on %s".formatted(task.algorithm().id(), task.classifier().card().name());
    FoolingFiles.write(curve, title, folder.results());
    ObjectNode result = folder.result(Provenance.of(task.classifier(), CommandWords.of(spec)), 0);
    ArrayNode points = result.putArray("points");
    curve.points().forEach(point -> points.add(json(point)));
    folder.results().writeResult(result);
    return folder.reportCurve(result);
  }

  private void print(FoolingCurve curve, Path report) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.output.json) {
      options.output.printJson(out, report.resolveSibling("result.json"));
      return;
    }
    TextTable table = new TextTable(List.of("images", "fooled of these", "fooled of others"));
    for (FoolingCurve.Point point : curve.points()) {
      table.row(
          List.of(
              Integer.toString(point.images()),
              TextTable.percent(point.seen()),
              TextTable.percent(point.unseen())));
    }
    table.print(out);
    ReportLine.print(out, report);
  }
}
