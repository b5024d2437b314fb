package io.adversight.experiments;

import io.adversight.experiments.ResultSource.InProgram;
import io.adversight.experiments.advis.AdvisConcentration;
import io.adversight.experiments.advis.AdvisCrop;
import io.adversight.experiments.advis.AdvisDeepFool;
import io.adversight.experiments.advis.AdvisEpsilon;
import io.adversight.experiments.advis.AdvisGibbon;
import io.adversight.experiments.advis.AdvisPanda;
import io.adversight.experiments.advis.AdvisSaliencyDifference;
import io.adversight.experiments.advis.AdvisTransfer;
import io.adversight.experiments.advis.AdvisVisualization;
import io.adversight.experiments.fgsmmaps.FgsmMaps;
import io.adversight.experiments.grid.AccuracyTable;
import io.adversight.experiments.grid.AttackedMaps;
import io.adversight.experiments.grid.MapDetectors;
import io.adversight.experiments.interpretable.ActivatedPrototypes;
import io.adversight.experiments.lecture.LectureAdversarialTraining;
import io.adversight.experiments.lecture.LectureEvolution;
import io.adversight.experiments.lecture.LectureFooling;
import io.adversight.experiments.lecture.LectureKnowledge;
import io.adversight.experiments.lecture.LectureLinear;
import io.adversight.experiments.lecture.LectureMemory;
import io.adversight.experiments.lecture.LecturePhysical;
import io.adversight.experiments.lecture.LectureTransfer;
import io.adversight.experiments.lecture.LectureUniversal;
import io.adversight.experiments.lecture.LectureVisualization;
import io.adversight.experiments.typeone.TypeOneBounds;
import io.adversight.experiments.typeone.TypeOneRoc;
import io.adversight.experiments.typeone.TypeOneTransitions;
import io.adversight.input.UnknownNameException;
import io.adversight.text.DidYouMean;
import java.util.List;
import java.util.Optional;

/** All experiments, in the order of the studies. */
public final class Experiments {
  private static final List<Experiment> ALL =
      List.of(
          new AdvisEpsilon(),
          new AdvisSaliencyDifference(),
          new AdvisPanda(),
          new AdvisTransfer(),
          new AdvisConcentration(),
          new AdvisVisualization(),
          new AdvisCrop(),
          new AdvisDeepFool(),
          new AdvisGibbon(),
          new FgsmMaps("fgsm-maps-untargeted"),
          new FgsmMaps("fgsm-maps-targeted"),
          new FgsmMaps("fgsm-maps-notebook"),
          new FgsmMaps("fgsm-maps-alexnet"),
          new TypeOneTransitions(),
          new TypeOneRoc(),
          new TypeOneBounds(),
          new AccuracyTable("interpretable-accuracy"),
          new AccuracyTable("interpretable-seeds"),
          new AccuracyTable("interpretable-cub"),
          new AttackedMaps("interpretable-maps"),
          new ActivatedPrototypes(),
          new MapDetectors("interpretable-detection"),
          new AccuracyTable("interpretable-autoattack"),
          new LectureLinear(),
          new LectureTransfer(),
          new LectureMemory(),
          new LectureAdversarialTraining(),
          new LectureKnowledge(),
          new LectureFooling(),
          new LecturePhysical(),
          new LectureUniversal(),
          new LectureVisualization(),
          new LectureEvolution(),
          new AttackedMaps("across-attributions-attacks"));

  private Experiments() {}

  /** All of them. */
  public static List<Experiment> all() {
    return ALL;
  }

  /**
   * The experiment of a name.
   *
   * @throws java.util.NoSuchElementException if there is none; the message names those that are
   *     near
   */
  public static Experiment named(String name) {
    List<String> names = ALL.stream().map(Experiment::name).toList();
    return ALL.stream()
        .filter(experiment -> experiment.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "there is no experiment \"%s\"%s; see: adversight reproduce list"
                        .formatted(name, DidYouMean.hint(names, name))));
  }

  /** The plan of an experiment. */
  public static Plan plan(String name) {
    String file = name + "/study.json";
    return Plan.parse(
        new InProgram(name)
            .text("study.json")
            .orElseThrow(() -> new IllegalStateException(file + " is missing")),
        file);
  }

  /** The printed numbers that an experiment measures again. */
  public static List<Printed> printed(String name) {
    return new InProgram(name).text("expected.csv").map(Printed::parse).orElse(List.of());
  }

  /** The results of the full run, or else of the quick one, that come with the program. */
  public static Optional<Measured> committed(String name) {
    return source(name).measured();
  }

  /** Where the results that come with the program lie: of the full run, or else the quick one. */
  static ResultSource source(String name) {
    InProgram full = new InProgram(name + "/results");
    return full.read("result.json").isPresent() ? full : new InProgram(name + "/results/quick");
  }
}
