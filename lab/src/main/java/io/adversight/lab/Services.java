package io.adversight.lab;

import io.adversight.data.DataSets;
import io.adversight.lab.answer.Curves;
import io.adversight.lab.answer.Feature;
import io.adversight.lab.answer.FoundPrototypes;
import io.adversight.lab.answer.Frames;
import io.adversight.lab.answer.LayerActivations;
import io.adversight.lab.answer.Maps;
import io.adversight.lab.answer.Plane;
import io.adversight.lab.answer.Transfer;
import io.adversight.lab.answer.Update;
import io.adversight.lab.batch.Studies;
import io.adversight.lab.desk.FirstVisit;
import io.adversight.lab.desk.ModelUploads;
import io.adversight.lab.desk.UploadFiles;
import io.adversight.lab.http.Metrics;
import io.adversight.lab.live.Answer;
import io.adversight.lab.live.Live;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.Situations;
import io.adversight.lab.shelf.ModelShelf;
import io.adversight.lab.shelf.PictureShelf;
import io.adversight.lab.work.Jobs;
import io.adversight.lab.work.Workers;
import io.adversight.report.study.PrototypeOrigins;
import io.adversight.tensor.Engine;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Everything that a running lab consists of, behind its routes. */
final class Services implements AutoCloseable {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final Duration MOVING = Duration.ofMillis(150);
  private static final int QUEUE = 128;
  private static final long GROWTH = 256L << 20;

  final LabOptions options;
  final ModelShelf models;
  final PictureShelf pictures;
  final Situations situations;
  final Studies studies;
  final LiveAttacks attacks = new LiveAttacks();
  final Metrics metrics = new Metrics();
  final Workers quick = new Workers("lab-quick", Math.max(4, CORES), QUEUE);
  final Workers slow = new Workers("lab-slow", Math.max(2, CORES / 2), QUEUE / 2);
  final Workers desks = new Workers("lab-desk", Math.max(4, CORES), QUEUE / 2);

  /** Reads uploads, so that a slow upload delays only other uploads. */
  final Workers uploading = new Workers("lab-upload", 2, 8);

  final UploadFiles uploads = new UploadFiles(ModelUploads.LARGEST);
  final Jobs jobs = new Jobs();
  final Live live = new Live(metrics::answered, metrics::failed);

  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "lab-housekeeping");
            thread.setDaemon(true);
            return thread;
          });
  private long collectedHeap = Runtime.getRuntime().totalMemory();
  private volatile boolean stopping;
  private volatile boolean warm;

  Services(LabOptions options) {
    this.options = options;
    this.models = new ModelShelf(options.home());
    this.pictures = new PictureShelf(options.images());
    this.situations = new Situations(models, pictures);
    this.studies = new Studies(options.home(), models, pictures, jobs);
    gauges();
    ScheduledFuture<?> unused =
        housekeeping.scheduleWithFixedDelay(this::keepHouse, 1, 1, TimeUnit.MINUTES);
    live.serve("update", new Live.Service(new Update(situations, attacks), quick, MOVING));
    serve("maps", new Maps(situations, attacks));
    serve("curves", new Curves(situations, attacks));
    serve("frames", new Frames(situations, attacks));
    serve("plane", new Plane(situations));
    serve("transfer", new Transfer(situations, attacks, models));
    serve("activations", new LayerActivations(situations, attacks));
    serve(
        "prototypes",
        new FoundPrototypes(
            situations,
            attacks,
            new PrototypeOrigins(name -> DataSets.find(name, options.home()))));
    serve("feature", new Feature(models));
  }

  private void serve(String type, Answer answer) {
    live.serve(type, new Live.Service(answer, slow, Duration.ZERO));
  }

  private void gauges() {
    metrics.gauge("adversight_queue_quick", "Live answers that wait.", quick::queued);
    metrics.gauge("adversight_queue_slow", "Slow answers that wait.", slow::queued);
    metrics.gauge("adversight_queue_desks", "Requests that wait.", desks::queued);
    metrics.gauge("adversight_active_quick", "Live answers being made.", quick::active);
    metrics.gauge("adversight_active_slow", "Slow answers being made.", slow::active);
    metrics.gauge("adversight_warm", "Whether the first answers are prepared.", () -> warm ? 1 : 0);
    metrics.gauge("adversight_visitors", "Open WebSockets.", live::visitors);
    metrics.gauge("adversight_jobs", "Downloads and studies going on.", jobs::goingOn);
    metrics.gauge("adversight_models_open", "Open networks.", models::openCount);
    metrics.gauge("adversight_pictures_kept", "Pictures kept for panels.", situations::size);
    metrics.gauge(
        "adversight_resident_bytes",
        "Memory of the process, native included.",
        Engine::residentBytes);
    metrics.gauge(
        "adversight_heap_bytes",
        "Memory that Java uses.",
        () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
  }

  /**
   * Warms up with the first request of a visitor and drops the answer: code is compiled, the
   * network is opened, the image and its gradient are cached. Errors are only counted; the same
   * request of a visitor reports them.
   */
  void warmUp() {
    try {
      FirstVisit.questions().forEach(live::rehearse);
      warm = true;
    } catch (RuntimeException e) {
      metrics.failed(e);
    }
  }

  /**
   * Evicts what was not used for a while. Where the heap has grown much for something that is over,
   * such as a large upload, it is collected and given back to the machine.
   */
  private void keepHouse() {
    models.expire();
    pictures.expire();
    situations.expire();
    attacks.expire();
    uploads.expire();
    long heap = Runtime.getRuntime().totalMemory();
    boolean isIdle = quick.active() + slow.active() + desks.active() + uploading.active() == 0;
    if (isIdle && jobs.goingOn() == 0 && heap - collectedHeap > GROWTH) {
      System.gc();
      collectedHeap = Runtime.getRuntime().totalMemory();
    }
  }

  boolean isStopping() {
    return stopping;
  }

  @Override
  public void close() {
    stopping = true;
    housekeeping.shutdownNow();
    jobs.close();
    live.close();
    quick.close();
    slow.close();
    desks.close();
    uploading.close();
    uploads.close();
  }
}
