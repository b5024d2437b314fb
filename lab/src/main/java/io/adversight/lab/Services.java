package io.adversight.lab;

import io.adversight.data.DataSets;
import io.adversight.lab.batch.Studies;
import io.adversight.lab.controller.InitialRequests;
import io.adversight.lab.controller.ModelUploads;
import io.adversight.lab.controller.UploadFiles;
import io.adversight.lab.http.AccessControl;
import io.adversight.lab.http.Metrics;
import io.adversight.lab.live.Live;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.response.ActivationsResponder;
import io.adversight.lab.response.ArithmeticResponder;
import io.adversight.lab.response.BoundsResponder;
import io.adversight.lab.response.CurvesResponder;
import io.adversight.lab.response.EvidenceResponder;
import io.adversight.lab.response.FeatureResponder;
import io.adversight.lab.response.FramesResponder;
import io.adversight.lab.response.MapsResponder;
import io.adversight.lab.response.PatchesResponder;
import io.adversight.lab.response.PlaneResponder;
import io.adversight.lab.response.PrototypesResponder;
import io.adversight.lab.response.RocResponder;
import io.adversight.lab.response.SwitchResponder;
import io.adversight.lab.response.TransferResponder;
import io.adversight.lab.response.TwinsResponder;
import io.adversight.lab.response.UpdateFields;
import io.adversight.lab.response.UpdateResponder;
import io.adversight.lab.response.WalkResponder;
import io.adversight.lab.store.Disk;
import io.adversight.lab.store.ImageStore;
import io.adversight.lab.store.ModelStore;
import io.adversight.lab.work.Jobs;
import io.adversight.lab.work.MemoryReturn;
import io.adversight.lab.work.Workers;
import io.adversight.report.study.PrototypeOrigins;
import io.adversight.tensor.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Everything that a running lab consists of, behind its routes. */
final class Services implements AutoCloseable {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final Duration MOVING = Duration.ofMillis(150);
  private static final int QUEUE = 128;
  private static final int HOUSEKEEPING_SECONDS = 15;

  /** The records of the WebSocket that the document has beside those of the routes. */
  static final List<Class<?>> MESSAGES = List.of(PanelState.class, UpdateFields.class);

  final LabOptions options;
  final AccessControl access;
  final ModelStore models;
  final ImageStore images;
  final PanelRequests requests;
  final Studies studies;
  final LiveAttacks attacks = new LiveAttacks();
  final Metrics metrics = new Metrics();
  final Workers quick = new Workers("lab-quick", Math.max(4, CORES), QUEUE);
  final Workers slow = new Workers("lab-slow", Math.max(2, CORES / 2), QUEUE / 2);
  final Workers handlers = new Workers("lab-request", Math.max(4, CORES), QUEUE / 2);

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
  private final MemoryReturn memory = new MemoryReturn();

  /** Told to the host's page, known once the server has its port. */
  volatile List<String> guestAddresses = List.of();

  private volatile boolean stopping;
  private volatile boolean warm;

  Services(LabOptions options) {
    this.options = options;
    this.access = new AccessControl(options.host(), options.token(), options.guests());
    Disk disk = new Disk(options.home(), options.quota());
    this.models = new ModelStore(options.home(), disk, options.engine());
    this.images = new ImageStore(options.images());
    this.requests = new PanelRequests(models, images);
    this.studies = new Studies(options.home(), disk, models, images, jobs);
    gauges();
    ScheduledFuture<?> unused =
        housekeeping.scheduleWithFixedDelay(
            this::evictIdle, HOUSEKEEPING_SECONDS, HOUSEKEEPING_SECONDS, TimeUnit.SECONDS);
    live.serve("update", new Live.Service(new UpdateResponder(requests, attacks), quick, MOVING));
    serve("maps", new MapsResponder(requests, attacks));
    serve("curves", new CurvesResponder(requests, attacks));
    serve("frames", new FramesResponder(requests, attacks));
    serve("plane", new PlaneResponder(requests));
    serve("transfer", new TransferResponder(requests, attacks));
    serve("activations", new ActivationsResponder(requests, attacks));
    serve(
        "prototypes",
        new PrototypesResponder(
            requests, attacks, new PrototypeOrigins(name -> DataSets.find(name, options.home()))));
    serve("bounds", new BoundsResponder(requests));
    serve("roc", new RocResponder(requests));
    serve("walk", new WalkResponder(requests, models));
    serve("twins", new TwinsResponder(requests, attacks));
    serve("feature", new FeatureResponder(models));
    serve("evidence", new EvidenceResponder(requests, attacks));
    serve("switch", new SwitchResponder(requests, attacks));
    serve("arithmetic", new ArithmeticResponder(requests, attacks));
    serve("patches", new PatchesResponder(requests, attacks, images));
  }

  private void serve(String type, Responder answer) {
    live.serve(type, new Live.Service(answer, slow, Duration.ZERO));
  }

  private void gauges() {
    metrics.gauge(
        "adversight_pool_queued_tasks",
        "Tasks that wait, by pool.",
        "pool",
        Map.of(
            "live", quick::queued,
            "slow", slow::queued,
            "requests", handlers::queued,
            "uploads", uploading::queued));
    metrics.gauge(
        "adversight_pool_active_tasks",
        "Tasks that run, by pool.",
        "pool",
        Map.of(
            "live", quick::active,
            "slow", slow::active,
            "requests", handlers::active,
            "uploads", uploading::active));
    metrics.gauge("adversight_warm", "Whether the first answers are prepared.", () -> warm ? 1 : 0);
    metrics.gauge("adversight_websocket_sessions", "Open WebSockets.", live::sessions);
    metrics.gauge("adversight_unfinished_jobs", "Downloads and studies going on.", jobs::active);
    metrics.gauge("adversight_open_models", "Open networks.", models::openCount);
    metrics.gauge("adversight_cached_images", "Images kept for panels.", requests::size);
    metrics.gauge(
        "process_resident_memory_bytes",
        "Memory of the process, native included.",
        Engine::residentBytes);
    metrics.gauge(
        "adversight_heap_used_bytes",
        "Memory that Java uses.",
        () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
  }

  /**
   * Warms up with the first request of a user and drops the answer: code is compiled, the network
   * is opened, the image and its gradient are cached. Errors are only counted; the same request of
   * a user reports them.
   */
  void warmUp() {
    try {
      InitialRequests.requests().forEach(live::warmUp);
      warm = true;
    } catch (RuntimeException e) {
      metrics.failed(e);
    }
  }

  /**
   * Evicts what was not used for a while, and gives memory back to the machine that was needed for
   * something that is over.
   */
  private void evictIdle() {
    models.expire();
    images.expire();
    requests.expire();
    attacks.expire();
    studies.expire();
    uploads.expire();
    if (quick.active() + slow.active() + handlers.active() + uploading.active() == 0
        && jobs.active() == 0) {
      memory.idleTurn();
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
    handlers.close();
    uploading.close();
    uploads.close();
  }
}
