package io.adversight.cli;

import io.adversight.data.Labels;
import io.adversight.describe.Check;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.report.ImageResults;
import io.adversight.report.Provenance;
import io.adversight.run.Progress;
import io.adversight.study.image.ImageSource;
import io.adversight.study.image.InputImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;

/** What commands that work through images batch by batch have in common. */
final class BatchTaskOptions {
  @Mixin ModelOptions model = new ModelOptions();
  @Mixin ImageOptions images = new ImageOptions();

  /** A task on one batch. */
  @FunctionalInterface
  interface Task<R> {
    /** Works on some images. */
    void run(List<InputImage> images, R results, Progress progress, AtomicBoolean cancel);
  }

  /** A task on one batch whose results are kept elsewhere. */
  @FunctionalInterface
  interface PlainTask {
    void run(List<InputImage> images, AtomicBoolean cancel);
  }

  /** The images that were named. */
  List<ImageSource> sources(DataHome home) {
    return images.sources(home);
  }

  /**
   * Works through all images; those whose results are there are left out. Nothing is written before
   * the first batch of images could be read.
   *
   * @param opening opens the results
   */
  <R extends ImageResults> R run(
      List<ImageSource> sources,
      GraphClassifier classifier,
      int batch,
      Supplier<R> opening,
      Task<R> work) {
    Check.atLeast(1, batch, "batch");
    List<InputImage> checked =
        read(sources.subList(0, Math.min(batch, sources.size())), classifier);
    if (checked.isEmpty() && sources.size() <= batch) {
      throw new InputException(
          "none of the images can be read: "
              + images.reading.unreadable().values().iterator().next());
    }
    R results = opening.get();
    results.expect(sources.stream().map(ImageSource::name).toList());
    Set<String> done =
        sources.stream()
            .filter(source -> results.isDone(source, classifier.labels()))
            .map(ImageSource::name)
            .collect(Collectors.toSet());
    boolean finished = false;
    try (Cancelling cancelling = Cancelling.open();
        Console console =
            Console.open("images", sources.size(), Console.isInteractive() && sources.size() > 1)) {
      for (int start = 0; start < sources.size(); start += batch) {
        List<ImageSource> some = sources.subList(start, Math.min(sources.size(), start + batch));
        List<ImageSource> open =
            some.stream().filter(source -> !done.contains(source.name())).toList();
        List<InputImage> read = start == 0 ? checked : read(open, classifier);
        List<InputImage> missing =
            read.stream().filter(image -> !done.contains(image.name())).toList();
        if (!missing.isEmpty()) {
          work.run(missing, results, console.progress(start), cancelling.flag());
        }
        console.stepTo(start + some.size(), sources.size());
      }
      images.reading.unreadable().forEach(results::leaveOut);
      if (results.leftOut().size() == sources.size()) {
        Map.Entry<String, String> first = results.leftOut().entrySet().iterator().next();
        throw new InputException(
            "nothing is left to do: %s: %s".formatted(first.getKey(), first.getValue()));
      }
      finished = true;
    } finally {
      if (!finished) {
        results.abandon();
      }
    }
    return results;
  }

  /** Works through all images without keeping results image by image. */
  void run(List<ImageSource> sources, GraphClassifier classifier, int batch, PlainTask work) {
    run(
        sources,
        classifier,
        batch,
        () -> new NoResults(),
        (images, results, progress, cancel) -> work.run(images, cancel));
  }

  /** Results that begin anew every time. */
  private static final class NoResults implements ImageResults {
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    @Override
    public void leaveOut(String name, String reason) {
      leftOut.put(name, reason);
    }

    @Override
    public Map<String, String> leftOut() {
      return leftOut;
    }

    @Override
    public void expect(List<String> names) {}

    @Override
    public boolean isDone(ImageSource image, Labels labels) {
      return false;
    }

    @Override
    public void abandon() {}

    @Override
    public Path finish(Provenance provenance) {
      throw new IllegalStateException("nothing was kept");
    }
  }

  private List<InputImage> read(List<ImageSource> sources, GraphClassifier classifier) {
    return images.read(sources, classifier.card(), classifier.labels());
  }
}
