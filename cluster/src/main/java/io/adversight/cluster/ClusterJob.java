package io.adversight.cluster;

import io.adversight.cluster.source.ImageSet;
import io.adversight.cluster.source.Storage;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.tensor.Engine;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs a specification over a set of images: each task works through one part and writes one
 * Parquet file, which appears when the task is committed. Spark commits one attempt of a task, so
 * retries and speculative copies write nothing twice; parts whose file is there are not done again.
 */
final class ClusterJob {
  private final SparkSession spark;
  private final JobArguments arguments;
  private final DataHome home;
  private final PrintStream log;

  ClusterJob(SparkSession spark, JobArguments arguments, DataHome home, PrintStream log) {
    this.spark = spark;
    this.arguments = arguments;
    this.home = home;
    this.log = log;
  }

  /**
   * The settings that a job needs; those given stay.
   *
   * <p>Threads: the engine uses as many as Spark reserves for a task ({@code spark.task.cpus}), so
   * that executors x tasks at once x threads is the number of cores.
   */
  static SparkConf configured(SparkConf given) {
    SparkConf conf = given.clone();
    conf.setIfMissing("spark.app.name", "Adversight");
    conf.setIfMissing("spark.sql.shuffle.partitions", "8"); // for sums over a few groups
    conf.setIfMissing("spark.sql.parquet.compression.codec", "zstd");
    int threads = conf.getInt("spark.task.cpus", 1);
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", Integer.toString(threads));
    conf.setIfMissing("spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE");
    conf.setIfMissing("spark.executorEnv.GOMP_SPINCOUNT", "0");
    return conf;
  }

  /**
   * Runs the job, or what is left of it, and writes the report.
   *
   * @throws InputException if something of what was given cannot be used, or too many images are
   *     broken
   */
  JobReport run() {
    SparkContext context = spark.sparkContext();
    Configuration hadoop = context.hadoopConfiguration();
    JobSpec spec = arguments.applied(JobSpec.parse(text(hadoop), arguments.subject()));
    JobFolder folder = JobFolder.at(arguments.out(), hadoop);
    ImageSet set =
        ImageSet.list(spec.images(), spec.format(), spec.partSize(), new Storage(hadoop, home));
    NetworkReference network = NetworkReference.of(spec.model(), home, context);
    requireSame(spec, network);
    Engine.setThreads(threads());
    GraphClassifier classifier = network.open();
    spec.work(classifier);
    ObjectNode identity = spec.identity(classifier.card());
    identity.put("format", set.format().id());
    identity.put("imagesSha256", set.sha256());
    identity.put("parts", set.parts().size());
    folder.begin(identity);

    JobWatch watch = work(spec, set, network, folder);
    Provenance provenance = Provenance.of(classifier, command());
    JobReport report = new JobReport(spark, folder);
    requireFew(report.totals());
    report.write(
        provenance, new JobReport.Effort(watch.seconds(), watch.coreSeconds(), watch.cpuSeconds()));
    return report;
  }

  /** Works through the parts that are not there yet. */
  private JobWatch work(JobSpec spec, ImageSet set, NetworkReference network, JobFolder folder) {
    SparkContext context = spark.sparkContext();
    Set<Integer> finished = finished(folder);
    List<NumberedPart> left = new ArrayList<>();
    for (int i = 0; i < set.parts().size(); i++) {
      if (!finished.contains(i)) {
        left.add(new NumberedPart(i, set.parts().get(i)));
      }
    }
    if (!finished.isEmpty()) {
      log.println(
          "%s of %s parts are there already".formatted(finished.size(), set.parts().size()));
    }
    LongAccumulator images = context.longAccumulator("images");
    LongAccumulator errors = context.longAccumulator("error rows");
    JobWatch watch =
        new JobWatch(
            context,
            images,
            errors,
            new JobWatch.Limit(arguments.maxErrors(), set.size(), left.size()),
            log);
    if (left.isEmpty()) {
      return watch;
    }
    JavaSparkContext java = JavaSparkContext.fromSparkContext(context);
    PartTask task =
        new PartTask(
            spec,
            network,
            threads(),
            java.broadcast(new SerializableConfiguration(context.hadoopConfiguration())),
            images,
            errors);
    context.addSparkListener(watch);
    try {
      JavaRDD<Row> rows = java.parallelize(left, left.size()).mapPartitions(task);
      spark
          .createDataFrame(rows, ImageRow.SCHEMA)
          .write()
          .mode(SaveMode.Append)
          // A file moves to its place when its task is committed, not when the whole job is: what
          // is finished stays when a job is stopped.
          .option("mapreduce.fileoutputcommitter.algorithm.version", "2")
          .parquet(folder.rows());
    } catch (Exception e) { // Spark's are checked ones that Scala does not declare
      if (watch.isExceeded()) {
        requireFew(new JobReport(spark, folder).totals());
        throw new InputException(
            "stopped: more than %s of the images are error rows (--max-errors); %s holds the rows"
                .formatted(percent(arguments.maxErrors()), folder.rows()),
            e);
      }
      throw e;
    } finally {
      context.removeSparkListener(watch);
    }
    return watch;
  }

  /** Of the engine in each task. */
  private int threads() {
    return spark.sparkContext().getConf().getInt("spark.task.cpus", 1);
  }

  /** The numbers of the parts whose rows are there. */
  private Set<Integer> finished(JobFolder folder) {
    Set<Integer> finished = new HashSet<>();
    if (folder.hasRows()) {
      spark
          .read()
          .schema(ImageRow.SCHEMA)
          .parquet(folder.rows())
          .select("part")
          .distinct()
          .collectAsList()
          .forEach(row -> finished.add(row.getInt(0)));
    }
    return finished;
  }

  private void requireFew(JobReport.Totals totals) {
    if (totals.errors() > arguments.maxErrors() * totals.images()) {
      throw new InputException(
          "%s of %s images are error rows, more than the %s that --max-errors allows; the first: %s;"
                  .formatted(
                      totals.errors(),
                      totals.images(),
                      percent(arguments.maxErrors()),
                      totals.firstError())
              + " the column error of rows/ has the reasons");
    }
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(100 * share).stripTrailingZeros().toPlainString() + " %";
  }

  private static void requireSame(JobSpec spec, NetworkReference network) {
    String wanted = spec.modelSha256();
    if (!wanted.isEmpty() && !wanted.equals(network.sha256())) {
      throw new InputException(
          "the specification is for a network of SHA-256 %s, but %s has %s"
              .formatted(wanted, spec.model(), network.sha256()));
    }
  }

  private String text(Configuration hadoop) {
    Path file = new Path(arguments.subject());
    try (FSDataInputStream in = file.getFileSystem(hadoop).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InputException(
          "the specification %s cannot be read: %s"
              .formatted(arguments.subject(), io.adversight.file.IoReason.of(e)),
          e);
    }
  }

  private List<String> command() {
    List<String> words = new ArrayList<>(List.of("adversight", "cluster", "run"));
    words.add(arguments.subject());
    words.add("--master");
    words.add(spark.sparkContext().master());
    arguments.options().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(
            option -> {
              words.add("--" + option.getKey());
              words.add(option.getValue());
            });
    return words;
  }
}
