package io.adversight.cluster;

import io.adversight.cluster.source.ImagePart;
import io.adversight.cluster.source.Storage;
import io.adversight.graph.ModelFormatException;
import io.adversight.image.ImageFormatException;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.model.GraphClassifier;
import io.adversight.study.image.ImageSource;
import io.adversight.study.image.InputImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of some parts: images are read, decoded and worked through a batch at a time, as the
 * rows are written. An image that cannot be decoded, or that the work refuses, gets an error row.
 */
final class PartRows implements Iterator<Row> {
  private final Iterator<NumberedPart> parts;
  private final ImageWork work;
  private final int batch;
  private final GraphClassifier classifier;
  private final Storage storage;
  private final Consumer<ImageRow> counter;
  private final AtomicBoolean cancel = new AtomicBoolean();
  private final Deque<Row> ready = new ArrayDeque<>();
  private ImagePart.@Nullable Images open;
  private int number;

  PartRows(
      Iterator<NumberedPart> parts,
      ImageWork work,
      int batch,
      GraphClassifier classifier,
      Storage storage,
      Consumer<ImageRow> counter) {
    this.parts = parts;
    this.work = work;
    this.batch = batch;
    this.classifier = classifier;
    this.storage = storage;
    this.counter = counter;
    TaskContext context = TaskContext.get();
    if (context != null) {
      context.addTaskCompletionListener(
          done -> {
            cancel.set(true);
            close();
          });
    }
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready.isEmpty() && openNext()) {
        nextBatch();
      }
      return !ready.isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("part %s cannot be read".formatted(number), e);
    }
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all rows were read");
    }
    return ready.remove();
  }

  /** Whether there is another image, in the part at work or in one of the next. */
  private boolean openNext() throws IOException {
    while (open == null || !open.hasNext()) {
      close();
      if (!parts.hasNext()) {
        return false;
      }
      NumberedPart next = parts.next();
      number = next.number();
      open = next.part().open(storage);
    }
    return true;
  }

  private void nextBatch() throws IOException {
    TaskContext context = TaskContext.get();
    if (context != null && context.isInterrupted()) {
      throw new CancellationException("the task was killed");
    }
    List<InputImage> images = new ArrayList<>();
    List<@Nullable ImageRow> rows = new ArrayList<>(); // null in the place of each image
    while (rows.size() < batch && open != null && open.hasNext()) {
      ImageSource source = open.next();
      try {
        images.add(source.read(classifier.card(), classifier.labels()));
        rows.add(null);
      } catch (ImageFormatException | InputException | UnknownNameException e) {
        rows.add(ImageRow.error(source.name(), source.name(), "", String.valueOf(e.getMessage())));
      }
    }
    Iterator<ImageRow> done = worked(images).iterator();
    for (ImageRow row : rows) {
      ImageRow finished = row == null ? done.next() : row;
      counter.accept(finished);
      ready.add(finished.row(number));
    }
  }

  /** The results of a batch; where one image spoils it, those of each image by itself. */
  private List<ImageRow> worked(List<InputImage> images) {
    if (images.isEmpty()) {
      return List.of();
    }
    try {
      return work.rows(images, cancel);
    } catch (InputException | UnknownNameException | ModelFormatException e) {
      if (images.size() == 1) {
        return List.of(ImageRow.error(images.get(0), String.valueOf(e.getMessage())));
      }
      return images.stream().flatMap(image -> worked(List.of(image)).stream()).toList();
    }
  }

  private void close() {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("part %s cannot be closed".formatted(number), e);
    } finally {
      open = null;
    }
  }
}
