package io.adversight.cluster;

import io.adversight.cluster.source.ImagePart;
import io.adversight.cluster.source.ImageSet;
import io.adversight.cluster.source.Storage;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Engine;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/**
 * Compares the processor time of a job on one core with that of the same study run directly, on one
 * thread: {@code Overhead SPEC.json}. Processor time does not depend on what else the machine does.
 */
final class Overhead {
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Overhead() {}

  public static void main(String[] args) throws Exception {
    String json = Files.readString(Path.of(args[0]));
    JobSpec spec = JobSpec.parse(json, args[0]);
    DataHome home = DataHome.of(System.getenv());
    GraphClassifier classifier =
        NetworkReference.of(spec.model(), home, Jobs.session().sparkContext()).open();
    Engine.setThreads(1);
    ImageSet set =
        ImageSet.list(
            spec.images(), spec.format(), spec.partSize(), new Storage(new Configuration(), home));
    direct(spec, set.parts().subList(0, 1), classifier, home); // warms up
    double direct = direct(spec, set.parts(), classifier, home);
    Path folder = Files.createTempDirectory("overhead");
    Jobs jobs = new Jobs(folder);
    jobs.done(
        json.replaceFirst("\"images\": *\"[^\"]*\"", "\"images\": \"drawn-digits:0-7\""), "warm");
    long before = SYSTEM.getProcessCpuTime();
    Path out = jobs.done(json, "out");
    double job = (SYSTEM.getProcessCpuTime() - before) / 1e9;
    String result = Files.readString(out.resolve("result.json"));
    System.out.printf(
        Locale.ROOT,
        "%d images: directly %.1f s of processor time, as a job %.1f s (%.1f %% more), of which its"
            + " tasks %s%n",
        set.size().orElse(0L),
        direct,
        job,
        100 * (job / direct - 1),
        result.lines().filter(line -> line.contains("cpuSeconds")).findFirst().orElse(""));
    System.exit(0);
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
