package io.adversight.lab;

import io.adversight.lab.batch.Studies;
import io.adversight.lab.batch.StudyForm;
import io.adversight.lab.batch.StudyWall;
import io.adversight.lab.classroom.Presentation;
import io.adversight.lab.classroom.ScoreBoard;
import io.adversight.lab.controller.AboutController;
import io.adversight.lab.controller.Bibliography;
import io.adversight.lab.controller.CatalogEntry;
import io.adversight.lab.controller.ClassroomController;
import io.adversight.lab.controller.ExportController;
import io.adversight.lab.controller.FilterController;
import io.adversight.lab.controller.ImageController;
import io.adversight.lab.controller.JobController;
import io.adversight.lab.controller.ModelController;
import io.adversight.lab.controller.ModelForm;
import io.adversight.lab.controller.ModelUploads;
import io.adversight.lab.controller.StudyController;
import io.adversight.lab.export.Exports;
import io.adversight.lab.http.Json;
import io.adversight.lab.http.OpenApi;
import io.adversight.lab.http.Route;
import io.adversight.lab.http.Route.Content;
import io.adversight.lab.store.ImageInfo;
import io.adversight.lab.work.Jobs;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Every route of the lab, in one place. */
final class Routes {
  private static final Content PNG = Content.of("image/png");
  private static final Content BYTES = Content.of("application/octet-stream");
  private static final Content TREE = Content.of("application/json");
  private static final Content IMAGE = Content.json(ImageInfo.class);
  private static final Content JOB = Content.json(Jobs.Job.class);

  private static final Type CATALOG = new TypeReference<List<CatalogEntry>>() {}.getType();
  private static final Type PRESETS =
      new TypeReference<List<ModelUploads.PresetTrial>>() {}.getType();
  private static final Type PAPERS =
      new TypeReference<Map<String, Bibliography.Paper>>() {}.getType();

  private Routes() {}

  /** The routes of a lab's services; the OpenAPI document describes them all. */
  static List<Route> of(Services services) {
    List<Route> all = new ArrayList<>();
    about(
        all,
        new AboutController(
            services.images,
            services.metrics,
            services::isStopping,
            services.live.types().contains("feature"),
            services.access::isGuest,
            services.options.guests().isEmpty(),
            () -> services.guestAddresses));
    classroom(
        all,
        new ClassroomController(
            services.requests,
            services.attacks,
            services.handlers,
            ctx -> services.access.isGuest(ctx) ? List.of() : services.guestAddresses));
    ModelController models = new ModelController(services.models, services.handlers, services.jobs);
    models(all, models, new FilterController(services.models, services.handlers));
    uploads(
        all,
        new ModelUploads(
            services.models, services.images, models, services.uploads, services.uploading));
    images(all, new ImageController(services.images, services.handlers, services.uploading));
    jobs(all, new JobController(services.jobs));
    studies(all, new StudyController(services.studies, services.handlers));
    exports(
        all,
        new ExportController(new Exports(services.requests, services.attacks), services.handlers));
    all.add(
        Route.get("/api/openapi.json", "This document.")
            .answers(200, TREE)
            .by(ctx -> Json.answer(ctx, OpenApi.of(all, Services.MESSAGES))));
    return List.copyOf(all);
  }

  private static void classroom(List<Route> all, ClassroomController controller) {
    Content slide = Content.json(Presentation.Slide.class);
    Content board = Content.json(ScoreBoard.Board.class);
    Content attempt = Content.json(ScoreBoard.Attempt.class);
    all.add(
        Route.get("/api/presentation", "The view that the host shows.")
            .answers(200, slide)
            .by(controller::shown));
    all.add(
        Route.post("/api/presentation", "Shows a view to all who follow.")
            .takes(Content.json(Presentation.Change.class))
            .answers(200, slide)
            .fails(400)
            .by(controller::show));
    all.add(
        Route.get("/api/guest-codes/{number}", "An address for guests as QR code, for the host.")
            .answers(200, Content.of("image/svg+xml"))
            .fails(404)
            .by(controller::code));
    all.add(
        Route.post("/api/challenge/scores", "The scores of the challenge of a state.")
            .takes(attempt)
            .answers(200, board)
            .fails(400)
            .by(controller::scores));
    all.add(
        Route.post("/api/challenge", "Tries to fool a network by a smaller change.")
            .takes(attempt)
            .answers(200, board)
            .fails(400)
            .fails(404)
            .by(controller::attempt));
  }

  private static void about(List<Route> all, AboutController controller) {
    all.add(
        Route.get("/health", "Whether the server works.")
            .answers(200, Content.json(AboutController.Health.class))
            .answers(503, Content.json(AboutController.Health.class))
            .by(controller::health));
    all.add(
        Route.get("/metrics", "Latencies, queues and memory for Prometheus.")
            .answers(200, Content.of("text/plain"))
            .by(controller::metrics));
    all.add(
        Route.get("/api/lab", "What the program is, its limits and defaults.")
            .answers(200, Content.json(AboutController.LabInfo.class))
            .by(controller::about));
    all.add(
        Route.get("/api/catalog", "Every algorithm with its parameters.")
            .answers(200, Content.json(CATALOG))
            .by(controller::catalog));
    all.add(
        Route.get("/api/bibliography", "The papers behind the algorithms, by key.")
            .answers(200, Content.json(PAPERS))
            .by(controller::bibliography));
  }

  private static void models(
      List<Route> all, ModelController controller, FilterController filters) {
    all.add(
        Route.get("/api/models/{id}/filters", "The kernels of the first convolution, as values.")
            .answers(200, BYTES)
            .fails(404)
            .fails(409)
            .by(filters::filters));
    all.add(
        Route.get("/api/models", "All known networks.")
            .answers(200, Content.json(ModelController.ModelList.class))
            .by(controller::list));
    all.add(
        Route.get("/api/models/{id}", "One network, opened: its card, labels and layers.")
            .query("label")
            .answers(200, Content.json(ModelController.ModelDetails.class))
            .fails(400)
            .fails(404)
            .fails(409)
            .by(controller::details));
    all.add(
        Route.delete("/api/models/{id}", "Removes a network that was added or fetched.")
            .answers(200, Content.json(ModelController.ModelList.class))
            .fails(400)
            .fails(404)
            .by(controller::remove));
    all.add(
        Route.post("/api/models/{id}/fetch", "Starts to fetch a network.")
            .answers(200, JOB)
            .answers(202, JOB)
            .fails(404)
            .fails(409)
            .by(controller::fetch));
  }

  private static void uploads(List<Route> all, ModelUploads controller) {
    all.add(
        Route.post("/api/model-uploads", "Brings a network as an ONNX file.")
            .query("name", "beside", "side")
            .takes(BYTES)
            .answers(201, Content.json(ModelUploads.Proposal.class))
            .fails(400)
            .fails(413)
            .by(controller::upload));
    all.add(
        Route.post("/api/model-files", "Brings a file that a network needs, before the network.")
            .query("name")
            .takes(BYTES)
            .answers(201, Content.json(ModelUploads.Sent.class))
            .fails(400)
            .fails(413)
            .by(controller::data));
    all.add(
        Route.post(
                "/api/model-uploads/{upload}/presets",
                "Tries a network on one image under every plausible preprocessing.")
            .takes(Content.json(ModelUploads.Trial.class))
            .answers(200, Content.json(PRESETS))
            .fails(400)
            .fails(404)
            .by(controller::presets));
    all.add(
        Route.post("/api/model-uploads/{upload}/check", "Tries a network with a form.")
            .takes(Content.json(ModelForm.class))
            .answers(200, Content.json(ModelUploads.Preflight.class))
            .fails(400)
            .fails(404)
            .by(controller::check));
    all.add(
        Route.post("/api/models", "Adds a network that was brought.")
            .takes(Content.json(ModelUploads.Addition.class))
            .answers(201, Content.json(ModelController.ModelSummary.class))
            .fails(400)
            .fails(404)
            .fails(409)
            .by(controller::add));
  }

  private static void studies(List<Route> all, StudyController controller) {
    all.add(
        Route.get("/api/studies", "All studies, the newest first.")
            .answers(200, Content.json(StudyController.StudyList.class))
            .by(controller::list));
    all.add(
        Route.post("/api/studies", "Starts a study of many images.")
            .takes(Content.json(StudyForm.class))
            .answers(202, Content.json(StudyController.Started.class))
            .fails(400)
            .fails(404)
            .fails(409)
            .by(controller::start));
    all.add(
        Route.delete("/api/studies/{id}", "Removes a study with all its results.")
            .answers(200, Content.json(StudyController.StudyList.class))
            .fails(400)
            .fails(404)
            .by(controller::remove));
    all.add(
        Route.get("/api/studies/{id}", "One study with its table and charts.")
            .answers(200, Content.json(Studies.StudyDetails.class))
            .fails(404)
            .by(controller::details));
    all.add(
        Route.post("/api/studies/{id}/resume", "Goes on with a study that was stopped.")
            .answers(202, Content.json(StudyController.Started.class))
            .fails(400)
            .fails(404)
            .fails(409)
            .by(controller::resume));
    all.add(
        Route.get("/api/studies/{id}/wall", "The attacked images of a finished study.")
            .answers(200, Content.json(StudyWall.class))
            .fails(404)
            .by(controller::wall));
    all.add(
        Route.get("/api/studies/{id}/tiles/{tile}/{which}", "A tile's clean or adversarial image.")
            .answers(200, PNG)
            .fails(400)
            .fails(404)
            .by(controller::picture));
    all.add(
        Route.get("/api/studies/{id}/report", "The report of a finished study.")
            .answers(200, Content.of("text/html"))
            .fails(404)
            .by(controller::report));
    all.add(
        Route.get("/api/studies/{id}/result", "All numbers of a finished study.")
            .answers(200, TREE)
            .fails(404)
            .by(controller::result));
  }

  private static void exports(List<Route> all, ExportController controller) {
    all.add(
        Route.post("/api/export", "A file of a panel's state, or all of them as a zip.")
            .takes(Content.json(Exports.ExportRequest.class))
            .answers(200, BYTES)
            .fails(400)
            .fails(404)
            .by(controller::export));
    all.add(
        Route.post("/api/command", "The command line that makes a state again.")
            .takes(Content.json(Exports.ExportRequest.class))
            .answers(200, Content.json(Exports.Command.class))
            .fails(400)
            .fails(404)
            .by(controller::command));
  }

  private static void images(List<Route> all, ImageController controller) {
    all.add(
        Route.get("/api/images", "The project's images and those of the folder.")
            .answers(200, Content.json(ImageController.Images.class))
            .by(controller::list));
    all.add(
        Route.post("/api/images", "Brings an image: PNG, JPEG, WebP, TIFF, BMP, GIF or npy.")
            .query("name", "label")
            .takes(BYTES)
            .answers(201, IMAGE)
            .fails(400)
            .fails(413)
            .by(controller::upload));
    all.add(
        Route.post("/api/drawings", "Brings a drawing as raw pixels.")
            .takes(Content.json(ImageController.Drawing.class))
            .answers(201, IMAGE)
            .fails(400)
            .fails(413)
            .by(controller::draw));
    all.add(
        Route.get("/api/images/{id}", "One image.")
            .answers(200, IMAGE)
            .fails(404)
            .by(controller::info));
    all.add(
        Route.get("/api/images/{id}/thumbnail", "An image in small.")
            .answers(200, PNG)
            .fails(404)
            .by(controller::thumbnail));
    all.add(
        Route.get("/api/images/{id}/preview", "An image, its longer side at most 1600 pixels.")
            .answers(200, PNG)
            .fails(404)
            .by(controller::image));
  }

  private static void jobs(List<Route> all, JobController controller) {
    all.add(
        Route.get("/api/jobs/{id}", "How far long work has come.")
            .answers(200, JOB)
            .fails(404)
            .by(controller::find));
    all.add(
        Route.delete("/api/jobs/{id}", "Cancels long work.")
            .answers(200, JOB)
            .fails(404)
            .by(controller::cancel));
  }
}
