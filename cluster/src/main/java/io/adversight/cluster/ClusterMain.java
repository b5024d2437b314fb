package io.adversight.cluster;

import io.adversight.data.DataSetFormatException;
import io.adversight.graph.ModelFormatException;
import io.adversight.home.DataHome;
import io.adversight.home.FetchException;
import io.adversight.image.ImageFormatException;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.tensor.TensorException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The main class of the job, for {@code spark-submit} and for {@code adversight cluster}. The
 * master and Spark's settings come from them.
 */
public final class ClusterMain {
  private static final int INTERNAL = 1;
  private static final int INPUT = 2;
  private static final int FETCH = 3;

  private ClusterMain() {}

  /** Runs the job and leaves with its exit code. */
  public static void main(String[] args) {
    int code = run(new SparkConf(), System.getenv(), System.out, System.err, List.of(args));
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Runs the job and returns its exit code: 0 done, 1 an error inside, 2 wrong input, 3 no file.
   */
  private static int run(
      SparkConf conf,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      List<String> words) {
    try {
      JobArguments arguments = JobArguments.parse(words);
      conf.setIfMissing("spark.master", "local[*]");
      Master.check(conf.get("spark.master"));
      try (SparkSession spark =
          SparkSession.builder().config(ClusterJob.configured(conf)).getOrCreate()) {
        return run(spark, arguments, DataHome.of(environment), out, err);
      }
    } catch (Exception e) { // Spark's are checked ones that Scala does not declare
      return report(e, err);
    }
  }

  /** The same in a session that is there, which stays open. */
  static int run(
      SparkSession spark, JobArguments arguments, DataHome home, PrintStream out, PrintStream err) {
    try {
      JobReport report = report(spark, arguments, home, err);
      JobReport.Totals totals = report.totals();
      out.println(
          "%s images in %s parts, %s error rows"
              .formatted(totals.images(), totals.parts(), totals.errors()));
      report.lines().forEach(out::println);
      out.println("report: " + report.place());
      out.flush();
      return 0;
    } catch (Exception e) { // Spark's are checked ones that Scala does not declare
      return report(e, err);
    }
  }

  private static JobReport report(
      SparkSession spark, JobArguments arguments, DataHome home, PrintStream err) {
    if (arguments.isRun()) {
      return new ClusterJob(spark, arguments, home, err).run();
    }
    JobFolder folder = JobFolder.at(arguments.out(), spark.sparkContext().hadoopConfiguration());
    JobReport report = new JobReport(spark, folder);
    report.rewrite();
    return report;
  }

  private static int report(Throwable error, PrintStream err) {
    Optional<Throwable> known = known(error);
    if (known.isPresent()) {
      err.println("adversight: " + oneLine(known.get().getMessage()));
      return known.get() instanceof FetchException ? FETCH : INPUT;
    }
    if (error instanceof IllegalStateException
        && String.valueOf(error.getMessage()).contains("stopped SparkContext")) {
      err.println(
          "adversight: the master went away, or took no job; its log and those of the workers say"
              + " why");
      return INTERNAL;
    }
    if (error instanceof org.apache.spark.SparkException) {
      err.println("adversight: Spark gave up: " + oneLine(error.getMessage()));
      return INTERNAL;
    }
    error.printStackTrace(err);
    err.println(
        "adversight: this is an error inside the program, not in what was given;"
            + " please report it with the lines above and the command");
    return INTERNAL;
  }

  /** The reason that a person can do something about, among the causes of an error. */
  private static Optional<Throwable> known(Throwable error) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof InputException
          || at instanceof UnknownNameException
          || at instanceof ImageFormatException
          || at instanceof ModelFormatException
          || at instanceof DataSetFormatException
          || at instanceof FetchException
          || at instanceof TensorException.OutOfMemory) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static String oneLine(@org.jspecify.annotations.Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("").strip();
  }
}
