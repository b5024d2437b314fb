package io.adversight.cli;

import io.adversight.describe.Check;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.report.PictureResults;
import io.adversight.report.Provenance;
import io.adversight.run.Progress;
import io.adversight.study.picture.Picture;
import io.adversight.study.picture.PictureSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** What commands that work through pictures batch by batch have in common. */
final class WorkOptions {
  @Mixin ModelOptions model = new ModelOptions();
  @Mixin PictureOptions pictures = new PictureOptions();

  /** Work on one batch. */
  @FunctionalInterface
  interface Work<R> {
    /** Works on some pictures. */
    void run(List<Picture> pictures, R results, Progress progress, AtomicBoolean cancel);
  }

  /** Work on one batch whose results are kept elsewhere. */
  @FunctionalInterface
  interface PlainWork {
    void run(List<Picture> pictures, AtomicBoolean cancel);
  }

  /** The pictures that were named. */
  List<PictureSource> sources(DataHome home) {
    return pictures.sources(home);
  }

  /**
   * Works through all pictures; those whose results are there are left out. Nothing is written
   * before the first batch of pictures could be read.
   *
   * @param opening opens the results
   */
  <R extends PictureResults> R run(
      List<PictureSource> sources,
      GraphClassifier classifier,
      int batch,
      Supplier<R> opening,
      Work<R> work) {
    Check.atLeast(1, batch, "batch");
    List<Picture> checked = read(sources.subList(0, Math.min(batch, sources.size())), classifier);
    if (checked.isEmpty() && sources.size() <= batch) {
      throw new InputException(
          "none of the images can be read: "
              + pictures.reading.unreadable().values().iterator().next());
    }
    R results = opening.get();
    results.expect(sources.stream().map(PictureSource::name).toList());
    boolean finished = false;
    try (Cancelling cancelling = Cancelling.open();
        Console console =
            Console.open(
                "pictures", sources.size(), Console.isInteractive() && sources.size() > 1)) {
      for (int start = 0; start < sources.size(); start += batch) {
        List<PictureSource> some = sources.subList(start, Math.min(sources.size(), start + batch));
        List<PictureSource> open =
            some.stream().filter(source -> !results.isDone(source.name())).toList();
        List<Picture> read = start == 0 ? checked : read(open, classifier);
        List<Picture> missing =
            read.stream().filter(picture -> !results.isDone(picture.name())).toList();
        if (!missing.isEmpty()) {
          work.run(missing, results, console.progress(start), cancelling.flag());
        }
        console.stepTo(start + some.size(), sources.size());
      }
      pictures.reading.unreadable().forEach(results::leaveOut);
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

  /** Works through all pictures, whose results nobody keeps picture by picture. */
  void run(List<PictureSource> sources, GraphClassifier classifier, int batch, PlainWork work) {
    run(
        sources,
        classifier,
        batch,
        () -> new NoResults(),
        (pictures, results, progress, cancel) -> work.run(pictures, cancel));
  }

  /** Results that begin anew every time. */
  private static final class NoResults implements PictureResults {
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
    public boolean isDone(String name) {
      return false;
    }

    @Override
    public void abandon() {}

    @Override
    public Path finish(Provenance provenance) {
      throw new IllegalStateException("nothing was kept");
    }
  }

  private List<Picture> read(List<PictureSource> sources, GraphClassifier classifier) {
    return pictures.read(sources, classifier.card(), classifier.labels());
  }
}
