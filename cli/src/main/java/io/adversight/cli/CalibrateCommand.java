package io.adversight.cli;

import io.adversight.catalog.Kind;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.report.detection.DetectorFile;
import io.adversight.study.detection.CalibratedDetector;
import io.adversight.study.detection.Calibration;
import io.adversight.study.detection.DetectorSet;
import io.adversight.study.image.ImageSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds the thresholds of detectors on clean images. */
@Example("adversight detect calibrate --model digits --out my-detector.json drawn-digits:0-49")
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = {
      "Finds the thresholds of detectors on clean images and writes them to a file.",
      "Parameters of the scores named with --score and --baseline are options, listed below."
    },
    sortOptions = false)
final class CalibrateCommand implements Callable<Integer>, AlgorithmOptions.Named, WritesFile {
  private static final AlgorithmOptions.Naming SCORE =
      new AlgorithmOptions.Naming(
          "--score", "explanation-stability,top-class-distance", List.of(Kind.DETECTION_SCORE));
  private static final AlgorithmOptions.Naming BASELINE =
      new AlgorithmOptions.Naming(
          "--baseline", "max-softmax,feature-squeezing", List.of(Kind.DETECTION_SCORE));

  private final DataHome home;

  @Option(
      names = "--score",
      paramLabel = "NAME[,NAME]",
      description =
          "scores of the detector; several are averaged (default:"
              + " explanation-stability,top-class-distance)")
  String score = SCORE.defaults();

  @Option(
      names = "--baseline",
      paramLabel = "NAME[,NAME]",
      description = "detectors for comparison, or none (default: max-softmax,feature-squeezing)")
  String baseline = BASELINE.defaults();

  @Option(
      names = "--false-positive-rate",
      paramLabel = "SHARE",
      description = "of clean images that may be called adversarial (default: 0.05)")
  double falsePositiveRate = 0.05;

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description = "of the images that the thresholds are tried on (default: 0.3)")
  double heldOut = 0.3;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "for the detector (default: detector.json)")
  Path out = Path.of("detector.json");

  @Option(names = "--seed", paramLabel = "N", description = "of all randomness (default: 0)")
  long seed;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = AtLeastOne.class,
      description = "images computed together (default: 16)")
  int batch = 16;

  @Mixin BatchTaskOptions work = new BatchTaskOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  CalibrateCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Path written() {
    return out;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(SCORE, BASELINE);
  }

  @Override
  public Integer call() {
    Calibration.Spec wanted =
        new Calibration.Spec(
            AlgorithmOptions.read(spec, SCORE, score),
            AlgorithmOptions.read(spec, BASELINE, baseline.equals("none") ? "" : baseline),
            falsePositiveRate,
            heldOut,
            seed);
    List<ImageSource> sources = work.sources(home);
    GraphClassifier classifier = work.model.open(home);
    Calibration calibration = new Calibration(wanted, classifier);
    calibration.checkEnough(sources.size());
    work.run(sources, classifier, batch, (images, cancel) -> calibration.add(images, cancel));
    DetectorSet set = calibration.finish();
    DetectorFile.write(set, out);
    print(spec.commandLine().getOut(), set);
    return 0;
  }

  private void print(PrintWriter printer, DetectorSet set) {
    printer.println(
        String.format(
            Locale.ROOT,
            "thresholds found on %d clean images for a false-positive rate of %s, tried on %d"
                + " others",
            set.calibrated().size(),
            set.falsePositiveRate(),
            set.heldOut().size()));
    for (CalibratedDetector detector : set.detectors()) {
      printer.println(
          String.format(
              Locale.ROOT,
              "  %-32s threshold %9.4f   alarms on held-out images %d of %d",
              detector.name(),
              detector.threshold(),
              detector.heldOut().successes(),
              detector.heldOut().trials()));
    }
    printer.println("detector in " + out);
  }
}
