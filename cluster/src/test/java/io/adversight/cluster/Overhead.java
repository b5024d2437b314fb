package io.adversight.cluster;

import io.adversight.cluster.source.ImagePart;
import io.adversight.cluster.source.ImageSet;
import io.adversight.cluster.source.Storage;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Compares the processor time of a job with that of the same study run directly, on one thread:
 * {@code Overhead SPEC.json FEWER}, where {@code FEWER} names a tenth or so of the same images.
 * What the job costs beyond the direct run is divided into a constant part (plan, tables, report)
 * and one that grows with the images, from the two sizes. Processor time hardly depends on what
 * else the machine does; each is measured twice and the second counts, when Java has compiled most.
 */
final class Overhead {
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Overhead() {}

  /** Processor seconds for a number of images. */
  private record Cost(long images, double direct, double job) {
    double more() {
      return job - direct;
    }
  }

  public static void main(String[] args) throws Exception {
    String json = Files.readString(Path.of(args[0]));
    String fewer = json.replaceFirst("\"images\": *\"[^\"]*\"", "\"images\": \"" + args[1] + "\"");
    DataHome home = DataHome.of(System.getenv());
    Jobs jobs = new Jobs(Files.createTempDirectory("overhead"));
    SparkConf conf = Jobs.conf("local[1]");
    // As a job has it by itself; the tests turn it off for queries over a few rows.
    conf.remove("spark.sql.codegen.wholeStage").remove("spark.sql.codegen.factoryMode");
    SparkSession.builder().config(ClusterJob.configured(conf)).getOrCreate();
    cost(json, jobs, home, "first");
    cost(fewer, jobs, home, "first-fewer");
    Cost all = cost(json, jobs, home, "all");
    Cost few = cost(fewer, jobs, home, "few");
    double slope = (all.more() - few.more()) / (all.images() - few.images());
    System.out.printf(
        Locale.ROOT,
        "%d images: directly %.1f s of processor time, as a job %.1f s; %d images: %.1f s and %.1f"
            + " s; so a job costs %.1f s at its start and end and %.1f %% more for each image%n",
        all.images(),
        all.direct(),
        all.job(),
        few.images(),
        few.direct(),
        few.job(),
        few.more() - slope * few.images(),
        100 * slope * all.images() / all.direct());
    System.exit(0);
  }

  private static Cost cost(String json, Jobs jobs, DataHome home, String out) throws Exception {
    JobSpec spec = JobSpec.parse(json, out);
    GraphClassifier classifier =
        NetworkReference.of(spec.model(), home, Jobs.session().sparkContext()).open();
    Engine.setThreads(1);
    ImageSet set =
        ImageSet.list(
            spec.images(), spec.format(), spec.partSize(), new Storage(new Configuration(), home));
    double direct = direct(spec, set.parts(), classifier, home);
    return new Cost(set.size().orElseThrow(), direct, job(jobs, json, out));
  }

  private static double job(Jobs jobs, String json, String out) throws IOException {
    long before = SYSTEM.getProcessCpuTime();
    jobs.done(json, out);
    return (SYSTEM.getProcessCpuTime() - before) / 1e9;
  }

  private static double direct(
      JobSpec spec, List<ImagePart> parts, GraphClassifier classifier, DataHome home)
      throws Exception {
    long before = SYSTEM.getProcessCpuTime();
    List<NumberedPart> numbered = new ArrayList<>();
    for (ImagePart part : parts) {
      numbered.add(new NumberedPart(numbered.size(), part));
    }
    PartRows rows =
        new PartRows(
            numbered.iterator(),
            spec.work(classifier),
            spec.batch(),
            classifier,
            new Storage(new Configuration(), home),
            row -> {});
    while (rows.hasNext()) {
      rows.next();
    }
    return (SYSTEM.getProcessCpuTime() - before) / 1e9;
  }
}
