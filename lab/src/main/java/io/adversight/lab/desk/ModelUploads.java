package io.adversight.lab.desk;

import io.adversight.graph.ImportOptions;
import io.adversight.graph.ImportedModel;
import io.adversight.graph.Layer;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.OnnxImporter;
import io.adversight.home.Sha256;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.lab.http.Failure;
import io.adversight.lab.http.Json;
import io.adversight.lab.http.Refusal;
import io.adversight.lab.shelf.ModelShelf;
import io.adversight.lab.shelf.PictureShelf;
import io.adversight.lab.shelf.Recent;
import io.adversight.lab.work.Workers;
import io.adversight.model.ChannelOrder;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Layout;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Prediction;
import io.adversight.study.PictureFiles;
import io.adversight.tensor.Device;
import io.adversight.tensor.Shape;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Networks that visitors bring: read under limits, checked, and added when they run. */
public final class ModelUploads {
  /** The longest file that is taken, in bytes; less where memory is small. */
  static final long LARGEST = Math.min(600L << 20, Runtime.getRuntime().maxMemory() / 6);

  private static final long VALUES_AT_MOST = 200_000_000;
  private static final int SAMPLES = 4;
  private static final int TOP = 3;

  private final ModelShelf shelf;
  private final PictureShelf pictures;
  private final ModelDesk models;
  private final Workers workers;
  private final Recent<String, Upload> uploads =
      new Recent<>(LARGEST, Duration.ofMinutes(30), upload -> upload.bytes().length);

  @SuppressWarnings("ArrayRecordComponent") // a file's bytes, compared by nobody
  private record Upload(String name, byte[] bytes) {}

  /** What was read off a file, as a form to be completed. */
  public record Proposal(
      String upload, long bytes, ModelForm proposal, int layers, List<String> notes) {}

  /** What a network says of some pictures before it is added. */
  public record Preflight(
      boolean ok,
      @Nullable String error,
      int classes,
      List<String> notes,
      List<String> warnings,
      List<Sample> samples) {}

  /** The likeliest classes of a picture. */
  public record Sample(String picture, List<Top> top) {}

  /** A class and its probability. */
  public record Top(int index, String name, double probability) {}

  /** A form for an upload. */
  public record Addition(String upload, ModelForm form) {}

  public ModelUploads(ModelShelf shelf, PictureShelf pictures, ModelDesk models, Workers workers) {
    this.shelf = shelf;
    this.pictures = pictures;
    this.models = models;
    this.workers = workers;
  }

  /** Takes a file. */
  public void upload(Context ctx) {
    String name = ctx.queryParam("name");
    byte[] bytes = Json.bytes(ctx, LARGEST, "the network");
    Upload upload = new Upload(name == null || name.isBlank() ? "model.onnx" : name, bytes);
    Proposal proposal = workers.call(() -> proposal(upload));
    ctx.status(201);
    Json.answer(ctx, proposal);
  }

  private Proposal proposal(Upload upload) {
    ImportedModel declared = OnnxImporter.read(upload.bytes(), upload.name());
    List<Long> shape = declared.inputShape();
    if (shape.size() != 4) {
      throw new ModelFormatException(
          upload.name(), "the input must be a picture with four dimensions, but has " + shape);
    }
    boolean last = isChannels(shape.get(3)) && !isChannels(shape.get(1));
    long channels = shape.get(last ? 3 : 1);
    ModelForm form =
        ModelForm.proposed(
            upload.name(),
            channels == 1 ? ChannelOrder.GRAY : ChannelOrder.RGB,
            side(shape.get(last ? 1 : 2)),
            side(shape.get(last ? 2 : 3)),
            last ? Layout.NHWC : Layout.NCHW);
    List<Layer> layers = layers(upload, form);
    String id = "m-" + Sha256.of(upload.bytes()).substring(0, 16);
    uploads.put(id, upload);
    List<String> notes = new ArrayList<>();
    notes.add("operator set %d, %d layers".formatted(declared.opset(), layers.size()));
    if (declared.endsInSoftmax()) {
      notes.add("it ends in a softmax, which is taken off");
    }
    int classes = Math.toIntExact(layers.get(layers.size() - 1).shape().elements());
    return new Proposal(id, upload.bytes().length, form.withClasses(classes), layers.size(), notes);
  }

  private static boolean isChannels(long size) {
    return size == 1 || size == 3;
  }

  private static int side(long declared) {
    return declared > 0 && declared <= 4096 ? (int) declared : 224;
  }

  /** The layers, found without computing one; a network too large to compute is refused. */
  private static List<Layer> layers(Upload upload, ModelForm form) {
    Shape picture = form.pictureShape();
    List<Layer> layers =
        OnnxImporter.read(upload.bytes(), upload.name(), new ImportOptions().picture(picture))
            .graph()
            .layers(picture);
    double values = picture.elements();
    for (Layer layer : layers) {
      values += layer.shape().elements();
    }
    if (values > VALUES_AT_MOST) {
      throw Refusal.tooLarge(
          "the network's layers hold %,.0f values for one picture; at most %,d are allowed"
              .formatted(values, VALUES_AT_MOST));
    }
    return layers;
  }

  /** Tries a network with a form. */
  public void check(Context ctx) {
    Upload upload = find(ctx.pathParam("upload"));
    ModelForm form = Json.body(ctx, ModelForm.class);
    Json.answer(ctx, workers.call(() -> preflight(upload, form)));
  }

  private Preflight preflight(Upload upload, ModelForm form) {
    try {
      layers(upload, form);
      return inFolder(upload, (file, card) -> preflight(file, card), form);
    } catch (IllegalArgumentException | ModelFormatException e) {
      return new Preflight(
          false, Failure.of(e).failure().error(), 0, List.of(), List.of(), List.of());
    }
  }

  private Preflight preflight(Path file, ModelCard card) {
    GraphClassifier classifier = ModelReader.open(ModelFile.of(file, card), Device.CPU);
    List<Sample> samples = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    boolean differ = false;
    List<Integer> firsts = new ArrayList<>();
    for (String id : pictures.idsOf("").stream().limit(SAMPLES).toList()) {
      Prediction prediction =
          io.adversight.lab.panel.Subject.predict(
                  classifier, List.of(PictureFiles.view(pictures.raster(id), card)))
              .get(0);
      firsts.add(prediction.top());
      differ |= !prediction.logits().get(0).isNaN();
      samples.add(
          new Sample(
              id,
              prediction.top(TOP).stream()
                  .map(i -> new Top(i, classifier.labels().name(i), prediction.probability(i)))
                  .toList()));
    }
    if (!differ) {
      warnings.add("its outputs are not numbers: the preprocessing, or the file, is wrong");
    } else if (firsts.stream().distinct().count() == 1) {
      warnings.add("it says the same of all our pictures: check range, mean and std");
    }
    return new Preflight(
        true,
        null,
        card.classes(),
        List.of("it runs, and gives %d numbers".formatted(card.classes())),
        warnings,
        samples);
  }

  /** Adds a network to the data home. */
  public void add(Context ctx) {
    Addition addition = Json.body(ctx, Addition.class);
    if (addition.upload() == null || addition.form() == null) {
      throw new InputException("name an upload and give its form");
    }
    Upload upload = find(addition.upload());
    ModelDesk.Model added =
        workers.call(
            () -> {
              layers(upload, addition.form());
              return inFolder(
                  upload,
                  (file, card) -> {
                    ModelReader.open(ModelFile.of(file, card), Device.CPU);
                    shelf.add(file, card);
                    return models.model(card.name());
                  },
                  addition.form());
            });
    ctx.status(201);
    Json.answer(ctx, added);
  }

  private Upload find(String id) {
    return uploads
        .find(id)
        .orElseThrow(
            () -> new UnknownNameException("this upload is not here any more; send it again"));
  }

  /** Something done with a file and its card. */
  private interface Use<T> {
    T of(Path file, ModelCard card);
  }

  /** Puts an upload into a folder of its own for a while, so that it can refer to nothing else. */
  private static <T> T inFolder(Upload upload, Use<T> use, ModelForm form) {
    ModelCard card = form.card(form.name().toLowerCase(Locale.ROOT) + ".onnx");
    try {
      Path folder = Files.createTempDirectory("adversight-upload");
      Path file = folder.resolve(card.file());
      try {
        Files.write(file, upload.bytes());
        return use.of(file, card);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the upload cannot be kept", e);
    }
  }
}
