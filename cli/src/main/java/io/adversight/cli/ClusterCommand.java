package io.adversight.cli;

import io.adversight.file.FolderLock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Studies of large sets of images on Apache Spark, in a Java process of its own. */
@Example(
    value = "adversight cluster run study.json --master local[2] --out my-job",
    needs = "a study.json: docs/cluster.md")
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(run | report)",
    description = "Runs a study over a large set of images on Apache Spark.",
    sortOptions = false)
final class ClusterCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  private ClusterCommand() {}

  static CommandLine line() {
    CommandLine line = new CommandLine(new ClusterCommand());
    line.addSubcommand("run", new RunJob());
    line.addSubcommand("report", new Report());
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected a subcommand of cluster: run or report");
  }

  /** The cluster, and Spark's settings. */
  static final class SparkOptions {
    @Option(
        names = "--master",
        paramLabel = "URL",
        description =
            "where tasks run: local[N], spark://HOST:PORT, yarn or k8s://URL (default: local[*],"
                + " all cores of this machine)")
    String master = "local[*]";

    @Option(
        names = "--conf",
        paramLabel = "KEY=VALUE",
        description = "a setting of Spark, such as spark.executor.memory=4g; may be repeated")
    Map<String, String> conf = new LinkedHashMap<>();
  }

  @Example(
      value = "adversight cluster run study.json --master local[2] --out my-job",
      needs = "a study.json: docs/cluster.md")
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Runs a study or a robustness measurement over a set of images on Apache Spark, and writes",
        "a row for each image to Parquet files, with a report. The same command resumes where it"
            + " stopped."
      },
      sortOptions = false)
  static final class RunJob implements Callable<Integer> {
    @Parameters(
        paramLabel = "SPEC.json",
        description =
            "what is done: the study.json of a folder of attack or explain, or one of your own")
    String study = "";

    @picocli.CommandLine.Mixin SparkOptions spark = new SparkOptions();

    @Option(
        names = "--out",
        required = true,
        paramLabel = "URI",
        description = "a folder on any file system that all executors reach, for the results")
    String out = "";

    @Option(
        names = "--images",
        paramLabel = "URI",
        description =
            "a folder of images, tar shards, Parquet, CIFAR or MNIST files, or a data set such as"
                + " cifar10:0-1999 (default: the field images of SPEC.json)")
    @Nullable String images;

    @Option(
        names = "--format",
        paramLabel = "NAME",
        description =
            "named-set, files, tar, parquet, cifar10, cifar100, mnist or fashion-mnist (default:"
                + " by the names of the files)")
    @Nullable String format;

    @Option(
        names = "--part-size",
        paramLabel = "N",
        converter = AtLeastOne.class,
        description = "images that a task works through and a file holds (default: 256)")
    @Nullable Integer partSize;

    @Option(
        names = "--max-errors",
        paramLabel = "SHARE",
        description =
            "the share of images that may be unreadable before the job fails (default: 0.01)")
    @Nullable Double maxErrors;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      List<String> words = new ArrayList<>(List.of("run", study, "--out", out));
      add(words, "--images", images);
      add(words, "--format", format);
      add(words, "--part-size", partSize);
      add(words, "--max-errors", maxErrors);
      if (out.contains("://") || out.startsWith("file:")) {
        return start(words);
      }
      try (FolderLock lock = FolderLock.on(Path.of(out))) {
        return start(words);
      }
    }

    private int start(List<String> words) {
      PrintWriter err = spec.commandLine().getErr();
      return JobProcess.found().run(spark.master, spark.conf, words, err);
    }

    private static void add(List<String> words, String option, @Nullable Object value) {
      if (value != null) {
        words.add(option);
        words.add(value.toString());
      }
    }
  }

  @Example(value = "adversight cluster report my-job", needs = "the folder of a job")
  @Command(
      name = "report",
      mixinStandardHelpOptions = true,
      description = "Writes the report of a job anew, of the rows that are there.",
      sortOptions = false)
  static final class Report implements Callable<Integer> {
    @Parameters(paramLabel = "URI", description = "the folder of the job")
    String folder = "";

    @picocli.CommandLine.Mixin SparkOptions spark = new SparkOptions();

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      return JobProcess.found()
          .run(spark.master, spark.conf, List.of("report", folder), spec.commandLine().getErr());
    }
  }
}
