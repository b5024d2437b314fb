package io.adversight.cluster;

import io.adversight.cluster.source.Storage;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Engine;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a task does with its part of the images. The specification travels as text; the network is
 * opened once in each executor.
 */
final class PartTask implements FlatMapFunction<Iterator<NumberedPart>, Row> {
  private static final long serialVersionUID = 1L;

  private final String spec;
  private final NetworkReference network;
  private final int threads;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final LongAccumulator images;
  private final LongAccumulator errors;

  /**
   * A task.
   *
   * @param threads of the engine in each task: the cores that Spark gives it
   * @param images counts rows
   * @param errors counts those without results
   */
  PartTask(
      JobSpec spec,
      NetworkReference network,
      int threads,
      Broadcast<SerializableConfiguration> hadoop,
      LongAccumulator images,
      LongAccumulator errors) {
    this.spec = spec.toString();
    this.network = network;
    this.threads = threads;
    this.hadoop = hadoop;
    this.images = images;
    this.errors = errors;
  }

  @Override
  public Iterator<Row> call(Iterator<NumberedPart> parts) {
    Engine.setThreads(threads);
    GraphClassifier classifier = network.open();
    JobSpec job = JobSpec.parse(spec, "the specification");
    Storage storage = new Storage(hadoop.value().value(), DataHome.of(System.getenv()));
    return new PartRows(parts, job.work(classifier), job.batch(), classifier, storage, this::count);
  }

  private void count(ImageRow row) {
    images.add(1);
    if (row.isError()) {
      errors.add(1);
    }
  }
}
