package io.adversight.lab.controller;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.graph.Layer;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.lab.controller.UploadFiles.Upload;
import io.adversight.lab.http.Failure;
import io.adversight.lab.http.HttpStatusException;
import io.adversight.lab.http.Json;
import io.adversight.lab.panel.Subject;
import io.adversight.lab.store.ImageStore;
import io.adversight.lab.store.ModelStore;
import io.adversight.lab.work.Workers;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.OutputKind;
import io.adversight.model.Prediction;
import io.adversight.study.image.ImageInputs;
import io.adversight.tensor.Device;
import io.adversight.tensor.Shape;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Uploaded networks: read under limits, checked, and added when they run. */
public final class ModelUploads {
  /** The longest file that is taken, in bytes; less where memory is small. */
  public static final long LARGEST = Math.min(600L << 20, Runtime.getRuntime().maxMemory() / 6);

  private static final long VALUES_AT_MOST = 200_000_000;
  private static final int SAMPLES = 4;
  private static final int TOP = 3;
  private static final int COMPARED = 5;
  private static final int FILES_AT_MOST = 16;
  private static final int SIDE_AT_MOST = 4096;
  private static final int METADATA_AT_MOST = 8;
  private static final int METADATA_LENGTH = 120;

  private final ModelStore store;
  private final ImageStore images;
  private final ModelController models;
  private final Workers workers;
  private final UploadFiles uploads;

  /** A file that was sent before its network. */
  public record Sent(String file, long bytes) {}

  /**
   * An image to try a network on.
   *
   * @param image its id
   */
  public record Trial(String image, ModelForm form) {}

  /** What a network makes of an image under one preprocessing; {@code form} has it. */
  public record PresetTrial(
      String preset, String title, ModelForm form, @Nullable String error, List<Top> top) {}

  /** What was read off a file, as a form to be completed. */
  public record Proposal(
      String upload, long bytes, ModelForm proposal, int layers, List<String> notes) {}

  /** A network's predictions of some images before it is added. */
  public record Preflight(
      boolean ok,
      @Nullable String error,
      int classes,
      List<String> notes,
      List<String> warnings,
      List<Sample> samples) {}

  /** The likeliest classes of an image. */
  public record Sample(String image, List<Top> top) {}

  /** A class and its probability. */
  public record Top(int index, String name, double probability) {}

  /** A form for an upload. */
  public record Addition(String upload, ModelForm form) {}

  public ModelUploads(
      ModelStore store,
      ImageStore images,
      ModelController models,
      UploadFiles uploads,
      Workers workers) {
    this.uploads = uploads;
    this.store = store;
    this.images = images;
    this.models = models;
    this.workers = workers;
  }

  /** Takes a file. */
  public void upload(Context ctx) {
    String name = ctx.queryParam("name");
    List<String> beside = ctx.queryParams("beside");
    if (beside.size() > FILES_AT_MOST) {
      throw new InputException("a network has at most %s files beside it".formatted(FILES_AT_MOST));
    }
    Optional<Integer> side = side(ctx.queryParam("side"));
    Upload sent = uploads.take(ctx, name == null || name.isBlank() ? "model.onnx" : name);
    Proposal proposal =
        workers.call(
            () -> {
              Upload upload = sent;
              try {
                upload = uploads.with(beside, sent);
                Proposal made = proposal(upload, side);
                uploads.keep(upload);
                return made;
              } catch (RuntimeException | OutOfMemoryError e) {
                UploadFiles.delete(upload);
                throw e;
              }
            });
    ctx.status(201);
    Json.answer(ctx, proposal);
  }

  /** Height and width of the images, where the file leaves them open and no usual size fits. */
  private static Optional<Integer> side(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return Optional.empty();
    }
    try {
      int side = Integer.parseInt(given.strip());
      Check.within(1, SIDE_AT_MOST, side, "the side of the images");
      return Optional.of(side);
    } catch (NumberFormatException e) {
      throw new InputException(
          "the side of the images is a number of pixels, not \"%s\"".formatted(given), e);
    }
  }

  private Proposal proposal(Upload upload, Optional<Integer> side) {
    ModelReader.Declared found = ModelReader.declared(upload.file(), side);
    ImportedModel declared = found.model();
    Input input = found.input();
    ModelForm form =
        ModelForm.proposed(
            upload.name(),
            input.channels() == 1 ? ChannelOrder.GRAY : ChannelOrder.RGB,
            input.height(),
            input.width(),
            found.layout());
    List<Layer> layers = layers(upload, form);
    long outputs = outputs(layers);
    List<String> notes = new ArrayList<>();
    notes.add("operator set %s, %s layers".formatted(declared.opset(), layers.size()));
    if (declared.inputShape().stream().skip(1).anyMatch(size -> size < 0)) {
      notes.add(
          "the file leaves its images open: %s x %s pixels with %s fit"
              .formatted(
                  input.height(),
                  input.width(),
                  input.channels() == 1 ? "1 channel" : input.channels() + " channels"));
    }
    if (declared.graph().runsImageByImage()) {
      notes.add("it was exported for one image at a time, which is how it is computed");
    }
    OutputKind kind = kind(declared.graph(), outputs);
    declared.metadata().entrySet().stream()
        .filter(said -> !said.getValue().isBlank())
        .sorted(Map.Entry.comparingByKey())
        .limit(METADATA_AT_MOST)
        .forEach(
            said -> notes.add("the file says " + plain(said.getKey() + ": " + said.getValue())));
    notes.add("it gives " + kind.inWords(Math.toIntExact(classes(outputs))));
    return new Proposal(
        upload.id(),
        upload.bytes(),
        kind == OutputKind.LOGITS
            ? form.withClasses(Math.toIntExact(outputs))
            : form.withClasses(Math.toIntExact(classes(outputs))).withOutput(kind),
        layers.size(),
        notes);
  }

  /** The beginning of a file's own words, without control characters. */
  private static String plain(String text) {
    String shown = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return shown.length() > METADATA_LENGTH ? shown.substring(0, METADATA_LENGTH) + " ..." : shown;
  }

  /** What the outputs are, by the last operators alone. */
  private static OutputKind kind(Graph graph, long outputs) {
    if (graph.endsInSigmoid()) {
      return outputs == 1 ? OutputKind.BINARY_PROBABILITY : OutputKind.SIGMOID_PROBABILITIES;
    }
    if (outputs == 1) {
      return OutputKind.BINARY_LOGIT;
    }
    return graph.endsInSoftmax() ? OutputKind.PROBABILITIES : OutputKind.LOGITS;
  }

  /** One number decides between two classes. */
  static long classes(long outputs) {
    return Math.max(2, outputs);
  }

  /** The layers, found without computing one; a network too large to compute is refused. */
  private static List<Layer> layers(Upload upload, ModelForm form) {
    Shape image = form.imageShape();
    List<Layer> layers =
        OnnxImporter.read(upload.file(), new ImportOptions().image(image)).graph().layers(image);
    double values = image.elements();
    for (Layer layer : layers) {
      values += layer.shape().elements();
    }
    if (values > VALUES_AT_MOST) {
      throw HttpStatusException.tooLarge(
          String.format(
              Locale.ROOT,
              "the network's layers hold %,.0f values for one image; at most %,d are allowed",
              values,
              VALUES_AT_MOST));
    }
    return layers;
  }

  /** How many numbers the network gives for one image. */
  private static long outputs(List<Layer> layers) {
    return layers.get(layers.size() - 1).shape().elements();
  }

  /** Takes a file that belongs to a network, before the network itself. */
  public void data(Context ctx) {
    String name = ctx.queryParam("name");
    if (name == null || name.isBlank()) {
      throw new InputException("name the file as the network names it");
    }
    Upload sent = uploads.takeData(ctx, name);
    ctx.status(201);
    Json.answer(ctx, new Sent(sent.id(), sent.bytes()));
  }

  /** Tries a network on one image under every plausible preprocessing. */
  public void presets(Context ctx) {
    Upload upload = uploads.find(ctx.pathParam("upload"));
    Trial trial = Json.body(ctx, Trial.class);
    Json.answer(ctx, workers.call(() -> presets(upload, trial)));
  }

  private List<PresetTrial> presets(Upload upload, Trial trial) {
    Raster image = images.raster(trial.image());
    trial.form().checkClasses(outputs(layers(upload, trial.form())));
    return PreprocessingPreset.plausible(trial.form().channelCount()).stream()
        .map(preset -> tried(preset, upload, trial.form(), image))
        .toList();
  }

  private static PresetTrial tried(
      PreprocessingPreset preset, Upload upload, ModelForm form, Raster image) {
    ModelForm wanted = preset.in(form);
    String id = preset.id();
    try {
      ModelCard card = wanted.card(form.name().toLowerCase(Locale.ROOT) + ".onnx");
      GraphClassifier network = ModelReader.openAny(ModelFile.of(upload.file(), card), Device.CPU);
      Prediction prediction =
          Subject.predict(network, List.of(ImageInputs.view(image, card))).get(0);
      if (!prediction.logits().stream().allMatch(Double::isFinite)) {
        throw new InputException("its outputs are not all finite numbers");
      }
      return new PresetTrial(id, preset.title(), wanted, null, tops(prediction, network, COMPARED));
    } catch (IllegalArgumentException | ModelFormatException e) {
      return new PresetTrial(
          id, preset.title(), wanted, Failure.of(e).failure().error(), List.of());
    }
  }

  private static List<Top> tops(Prediction prediction, GraphClassifier network, int count) {
    return prediction.top(Math.min(count, network.card().classes())).stream()
        .map(i -> new Top(i, network.labels().name(i), prediction.probability(i)))
        .toList();
  }

  /** Tries a network with a form. */
  public void check(Context ctx) {
    Upload upload = uploads.find(ctx.pathParam("upload"));
    ModelForm form = Json.body(ctx, ModelForm.class);
    Json.answer(ctx, workers.call(() -> preflight(upload, form)));
  }

  private Preflight preflight(Upload upload, ModelForm form) {
    try {
      return preflight(upload.file(), checked(upload, form));
    } catch (IllegalArgumentException | ModelFormatException e) {
      return refused(Failure.of(e).failure().error());
    }
  }

  private static Preflight refused(String why) {
    return new Preflight(false, why, 0, List.of(), List.of(), List.of());
  }

  /** The card of a form that fits a network; nothing is made of a form before it was compared. */
  private static ModelCard checked(Upload upload, ModelForm form) {
    form.checkClasses(outputs(layers(upload, form)));
    return form.card(form.name().toLowerCase(Locale.ROOT) + ".onnx");
  }

  private Preflight preflight(Path file, ModelCard card) {
    GraphClassifier classifier = ModelReader.openAny(ModelFile.of(file, card), Device.CPU);
    List<Sample> samples = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    List<Integer> firsts = new ArrayList<>();
    for (String id : images.idsOf("").stream().limit(SAMPLES).toList()) {
      Prediction prediction =
          Subject.predict(classifier, List.of(ImageInputs.view(images.raster(id), card))).get(0);
      if (!prediction.logits().stream().allMatch(Double::isFinite)) {
        return refused(
            "its outputs are not all finite numbers: the preprocessing, or the file, is wrong");
      }
      firsts.add(prediction.top());
      samples.add(new Sample(id, tops(prediction, classifier, TOP)));
    }
    if (firsts.stream().distinct().count() == 1) {
      warnings.add("it predicts the same class for all sample images: check range, mean and std");
    }
    return new Preflight(
        true,
        null,
        card.classes(),
        List.of("it runs, and gives %s numbers".formatted(card.classes())),
        warnings,
        samples);
  }

  /** Adds a network to the data home. */
  public void add(Context ctx) {
    Addition addition = Json.body(ctx, Addition.class);
    if (addition.upload() == null || addition.form() == null) {
      throw new InputException("name an upload and give its form");
    }
    Upload upload = uploads.find(addition.upload());
    ModelController.ModelSummary added =
        workers.call(
            () -> {
              ModelCard card = checked(upload, addition.form());
              Preflight preflight = preflight(upload.file(), card);
              if (preflight.error() != null) {
                throw new InputException(preflight.error());
              }
              store.add(upload.file(), card);
              return models.model(card.name());
            });
    ctx.status(201);
    Json.answer(ctx, added);
  }
}
