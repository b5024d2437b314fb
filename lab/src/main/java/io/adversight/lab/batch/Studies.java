package io.adversight.lab.batch;

import io.adversight.data.DataSets;
import io.adversight.file.AtomicFile;
import io.adversight.file.FolderLock;
import io.adversight.file.Folders;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.http.HttpStatusException;
import io.adversight.lab.http.Json;
import io.adversight.lab.panel.Defenses;
import io.adversight.lab.store.Cache;
import io.adversight.lab.store.Disk;
import io.adversight.lab.store.ImageStore;
import io.adversight.lab.store.ModelStore;
import io.adversight.lab.store.Quota;
import io.adversight.lab.work.Jobs;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.study.StudyFolder;
import io.adversight.run.Progress;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import io.adversight.study.image.InputImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The studies in the data home: each is a folder, complete or resumable. */
public final class Studies {
  private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9]{6}-[a-z0-9-]{1,80}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int TIME_LENGTH = "yyyyMMdd-HHmmss".length();
  private static final int AT_A_TIME = 2;
  private static final String CARD = "lab.json";
  private static final String KIND = "study";

  private static final int WALLS = 4;
  private static final Duration WALL_TIME = Duration.ofMinutes(30);
  private static final String CLEAN = "clean.png";

  private final Cache<String, StudyWall.Places> walls = new Cache<>(WALLS, WALL_TIME, wall -> 1);
  private final Path folder;
  private final Disk disk;
  private final DataHome home;
  private final ModelStore models;
  private final ImageStore images;
  private final Jobs jobs;
  private final Defenses defenses = new Defenses();

  /** What is written beside a study's results when it starts. */
  record Card(String created, String title, int images, StudyForm form) {}

  /** A study in short; {@code state} is running, done, failed or cancelled. */
  public record StudyEntry(
      String id,
      String created,
      String model,
      String title,
      Jobs.@Nullable Job job,
      String state,
      int images,
      boolean report) {}

  /** A study in full. */
  public record StudyDetails(
      String id,
      String created,
      String model,
      String title,
      Jobs.@Nullable Job job,
      String state,
      int images,
      boolean report,
      StudyForm spec,
      @Nullable StudyTable table,
      @Nullable List<StudyTable.Chart> charts) {
    static StudyDetails of(
        StudyEntry entry,
        StudyForm form,
        @Nullable StudyTable table,
        @Nullable List<StudyTable.Chart> charts) {
      return new StudyDetails(
          entry.id(),
          entry.created(),
          entry.model(),
          entry.title(),
          entry.job(),
          entry.state(),
          entry.images(),
          entry.report(),
          form,
          table,
          charts);
    }
  }

  public Studies(DataHome home, Disk disk, ModelStore models, ImageStore images, Jobs jobs) {
    this.folder = disk.runs();
    this.disk = disk;
    this.home = home;
    this.models = models;
    this.images = images;
    this.jobs = jobs;
  }

  /**
   * Starts a study.
   *
   * @throws IllegalArgumentException if something in the form is out of range
   * @throws NoSuchElementException if it names something unknown
   * @throws HttpStatusException if as many run, or are kept, as may
   */
  public synchronized StudyEntry start(StudyForm form) {
    disk.ensureRunFits();
    Work work = prepare(form);
    work.set().read(0, 1); // an image that cannot be read leaves no trace
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String id = freshId(now, form.model());
    StudyFolder results = results(id, work);
    Card card = new Card(now.toString(), form.title(), work.set().size(), form);
    AtomicFile.write(folder.resolve(id).resolve(CARD), Json.write(card));
    return begin(id, form, work, results);
  }

  /**
   * Resumes a study that was cancelled, failed or interrupted: finished images are kept.
   *
   * @throws IllegalArgumentException if it is done
   * @throws NoSuchElementException if there is none of that id
   */
  public synchronized StudyEntry resume(String id) {
    Card card = card(id);
    StudyEntry entry = entry(id);
    if (entry.state().equals("done")) {
      throw new InputException("this study is done; there is nothing to go on with");
    }
    if (entry.state().equals("running")) {
      return entry;
    }
    disk.ensureFits(1);
    Work work = prepare(card.form());
    return begin(id, card.form(), work, results(id, work));
  }

  /** What a study does, with which network, to which images. */
  private record Work(StudySpec spec, GraphClassifier classifier, StudyImages set) {}

  private Work prepare(StudyForm form) {
    long going =
        list().stream().filter(entry -> entry.state().equals("running")).limit(AT_A_TIME).count();
    if (going >= AT_A_TIME) {
      throw HttpStatusException.busy(
          "%s studies are running; wait for one, or cancel it".formatted(AT_A_TIME));
    }
    GraphClassifier network = models.open(form.model(), form.labelSet()).classifier();
    GraphClassifier classifier = defenses.before(network, form.defenses());
    StudyImages set = StudyImages.of(form.source(), images, home, classifier);
    return new Work(form.spec(Defenses.imagesTogether(network, form.defenses())), classifier, set);
  }

  private StudyFolder results(String id, Work work) {
    return new StudyFolder(
        folder.resolve(id), work.spec(), work.classifier(), name -> DataSets.find(name, home));
  }

  private StudyEntry begin(String id, StudyForm form, Work work, StudyFolder results) {
    Study study = new Study(work.spec(), work.classifier());
    try {
      jobs.start(
          KIND,
          id,
          "images",
          (progress, cancel) -> {
            try (FolderLock lock = FolderLock.on(folder.resolve(id))) {
              run(study, work, results, id, progress, cancel);
              results.finish(
                  Provenance.of(
                      work.classifier(),
                      StudyCommand.of(form, work.spec(), work.classifier(), work.set().size())));
            } finally {
              disk.changed(id);
            }
          });
    } catch (HttpStatusException busy) {
      results.abandon();
      throw busy;
    }
    return entry(id);
  }

  private void run(
      Study study,
      Work work,
      StudyFolder results,
      String id,
      Progress progress,
      AtomicBoolean cancel) {
    StudyImages set = work.set();
    progress.report(0, set.size(), "images");
    for (int start = 0; start < set.size(); start += work.spec().batch()) {
      int end = Math.min(set.size(), start + work.spec().batch());
      results.expect(IntStream.range(start, end).mapToObj(set.names()).toList());
      for (Stretch missing : missing(set, start, end, results)) {
        if (cancel.get()) {
          throw new CancellationException("cancelled");
        }
        disk.ensureFits(1);
        List<InputImage> some = set.read(missing.from(), missing.to());
        study.run(some, results, Progress.SILENT, cancel);
        some.forEach(image -> keep(image, id));
      }
      progress.report(end, set.size(), "images");
    }
  }

  /** Keeps what the network saw of a clean image, for the wall: an upload does not stay. */
  private void keep(InputImage image, String id) {
    Path place = folder.resolve(id).resolve(image.name());
    AtomicFile.write(place.resolve(CLEAN), ImageFiles.png(image.view()));
    disk.wrote(id, place);
  }

  /**
   * Removes a study with all its results.
   *
   * @throws InputException if it is running, here or in another program
   * @throws NoSuchElementException if there is none of that id
   */
  public synchronized void remove(String id) {
    if (!isThere(id)) {
      throw new UnknownNameException("there is no such study");
    }
    if (jobs.ofSubject(KIND, id).map(Studies::isGoingOn).orElse(false)) {
      throw new InputException("this study is running; cancel it first");
    }
    try {
      FolderLock.on(folder.resolve(id)).close();
      Folders.delete(folder.resolve(id));
    } catch (IOException e) {
      throw new UncheckedIOException("the study cannot be removed", e);
    } finally {
      walls.remove(id);
      disk.changed(id);
    }
  }

  private static boolean isGoingOn(Jobs.Job job) {
    return job.state().equals("waiting") || job.state().equals("running");
  }

  /** How much is kept of what may be kept. */
  public Disk.DiskUse use() {
    return disk.use();
  }

  /** Images that follow one another. */
  private record Stretch(int from, int to) {}

  /** The images of a batch that have no results yet. */
  private static List<Stretch> missing(StudyImages set, int start, int end, StudyFolder results) {
    List<Stretch> stretches = new ArrayList<>();
    int from = start;
    for (int i = start; i < end; i++) {
      if (results.isDone(set.names().apply(i))) {
        addTo(stretches, from, i);
        from = i + 1;
      }
    }
    addTo(stretches, from, end);
    return stretches;
  }

  private static void addTo(List<Stretch> stretches, int from, int to) {
    if (from < to) {
      stretches.add(new Stretch(from, to));
    }
  }

  private String freshId(Instant now, String model) {
    String id = TIME.format(now) + "-" + model;
    String fresh = id;
    for (int i = 2; Files.exists(folder.resolve(fresh)); i++) {
      fresh = id + "-" + i;
    }
    return fresh;
  }

  /** All studies, the newest first. */
  public List<StudyEntry> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> places = Files.list(folder)) {
      return places
          .map(place -> String.valueOf(place.getFileName()))
          .filter(name -> ID.matcher(name).matches())
          .filter(name -> Files.isRegularFile(folder.resolve(name).resolve(CARD)))
          .sorted(Comparator.reverseOrder())
          .limit(Quota.RUNS_AT_MOST)
          .map(this::listed)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the studies cannot be listed", e);
    }
  }

  /** A study in short; one whose files are damaged failed, so that the others are listed. */
  private StudyEntry listed(String id) {
    try {
      return entry(id);
    } catch (InputException e) {
      String created = TIME.parse(id.substring(0, TIME_LENGTH), Instant::from).toString();
      return new StudyEntry(id, created, "", "damaged study", null, "failed", 0, false);
    }
  }

  /**
   * One study in full.
   *
   * @throws InputException if its files are damaged
   * @throws NoSuchElementException if there is none of that id
   */
  public StudyDetails details(String id) {
    Card card = card(id);
    Path result = folder.resolve(id).resolve("result.json");
    if (!Files.isRegularFile(result)) {
      return StudyDetails.of(entry(id), card.form(), null, null);
    }
    return StudyFiles.read(
        result,
        text -> {
          JsonNode tree = Json.tree(text);
          return StudyDetails.of(
              entry(id), card.form(), StudyTable.of(tree), StudyTable.charts(tree));
        });
  }

  /**
   * The text of a finished study's report.html or result.json.
   *
   * @throws InputException if it is not text, or larger than 256 MB
   * @throws NoSuchElementException if there is no such study, or it is not finished
   */
  public String finished(String id, String file) {
    card(id);
    Path path = folder.resolve(id).resolve(file);
    if (!Files.isRegularFile(path)) {
      throw new UnknownNameException("the study is not finished");
    }
    return StudyFiles.read(path, text -> text);
  }

  /**
   * The attacked images of a finished study.
   *
   * @throws NoSuchElementException if there is no such study, or it is not finished
   */
  public StudyWall wall(String id) {
    return places(id).wall();
  }

  private StudyWall.Places places(String id) {
    card(id);
    Path result = folder.resolve(id).resolve("result.json");
    if (!Files.isRegularFile(result)) {
      throw new UnknownNameException("the study is not finished");
    }
    return walls.get(
        id,
        () ->
            StudyFiles.read(
                result, text -> StudyWall.of(Json.tree(text), folder.resolve(id).normalize())));
  }

  /**
   * The picture of a tile of the wall as a PNG file.
   *
   * @param which clean or adversarial
   * @throws NoSuchElementException if there is no such tile or picture
   */
  public byte[] picture(String id, int tile, String which) {
    List<StudyWall.Place> places = places(id).places();
    if (tile < 0 || tile >= places.size()) {
      throw new UnknownNameException("the study has no tile %s".formatted(tile));
    }
    StudyWall.Place place = places.get(tile);
    Path file =
        switch (which) {
          case "clean" -> place.image().resolve(CLEAN);
          case "adversarial" -> place.attacked().resolve("adversarial.png");
          default ->
              throw new UnknownNameException(
                  "a tile has the pictures clean and adversarial, but not \"%s\"".formatted(which));
        };
    return StudyFiles.bytes(file);
  }

  /** Drops walls that were not used for a while. */
  public void expire() {
    walls.expire();
  }

  private StudyEntry entry(String id) {
    Card card = card(id);
    Optional<Jobs.Job> job = jobs.ofSubject(KIND, id); // before its file: who is done has one
    boolean done = Files.isRegularFile(folder.resolve(id).resolve("result.json"));
    String state =
        job.map(Jobs.Job::state)
            .map(s -> s.equals("waiting") ? "running" : s)
            .orElse(done ? "done" : "cancelled");
    return new StudyEntry(
        id,
        card.created(),
        card.form().model(),
        card.title(),
        job.orElse(null),
        state,
        card.images(),
        done);
  }

  private boolean isThere(String id) {
    return ID.matcher(id).matches() && Files.isRegularFile(folder.resolve(id).resolve(CARD));
  }

  private Card card(String id) {
    if (!isThere(id)) {
      throw new UnknownNameException("there is no such study");
    }
    return StudyFiles.read(folder.resolve(id).resolve(CARD), text -> Json.read(text, Card.class));
  }
}
