package io.adversight.training;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.model.Preprocessing;
import io.adversight.tensor.Adam;
import io.adversight.tensor.LargestStep;
import io.adversight.tensor.Optimizer;
import io.adversight.tensor.Sgd;
import io.adversight.text.DidYouMean;
import io.adversight.text.Json;
import io.adversight.training.architecture.AlexNet;
import io.adversight.training.architecture.Architecture;
import io.adversight.training.architecture.AttentionHead;
import io.adversight.training.architecture.AttentionPooling;
import io.adversight.training.architecture.ConvNeXt;
import io.adversight.training.architecture.DenseAssociativeMemory;
import io.adversight.training.architecture.DenseHead;
import io.adversight.training.architecture.FullyConnected;
import io.adversight.training.architecture.GapNet;
import io.adversight.training.architecture.GoogLeNet;
import io.adversight.training.architecture.ImportedBackbone;
import io.adversight.training.architecture.LeNet;
import io.adversight.training.architecture.Maxout;
import io.adversight.training.architecture.MobileNetV1;
import io.adversight.training.architecture.MobileNetV2;
import io.adversight.training.architecture.ProtoPNet;
import io.adversight.training.architecture.PrototypeHead;
import io.adversight.training.architecture.ResNet;
import io.adversight.training.architecture.ResidualAttention;
import io.adversight.training.architecture.StridedNet;
import io.adversight.training.architecture.SupervisedAutoEncoder;
import io.adversight.training.architecture.TransformationNetwork;
import io.adversight.training.architecture.Vgg;
import io.adversight.training.architecture.VisionTransformer;
import io.adversight.training.data.Augmentation;
import io.adversight.training.data.TrainingData;
import io.adversight.training.loss.AdversarialLoss;
import io.adversight.training.loss.AdversarialObjective;
import io.adversight.training.loss.CrossEntropy;
import io.adversight.training.loss.LatentHeadsLoss;
import io.adversight.training.loss.Mart;
import io.adversight.training.loss.PowerLoss;
import io.adversight.training.loss.PrototypeLoss;
import io.adversight.training.loss.Trades;
import io.adversight.training.loss.TransformationLoss;
import io.adversight.training.loss.VariationalLoss;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Everything that makes a network: the same recipe gives the same weights on the same machine with
 * one thread. A recipe is a JSON file that states every component.
 *
 * @param name the network's id: lower-case words and digits joined by hyphens
 * @param title what people call it
 * @param dataSet what it is trained on, {@code mnist} or a part of it, {@code mnist:0-29999}, for
 *     example, or a folder of images, see {@link TrainingData}
 * @param preprocessing what is done to pixels in [0, 1] before the network
 * @param startFrom an embedded network whose weights of the same names and shapes are the first
 *     ones, or empty
 * @param batch images per step; what is left at the end of an epoch is not used in it
 * @param phases one after the other
 * @param weights how they are stored
 * @param seed of the first weights, the order and the augmentation
 * @param note anything else that belongs on the network's card, or empty
 */
public record Recipe(
    String name,
    String title,
    String dataSet,
    Preprocessing preprocessing,
    Architecture architecture,
    String startFrom,
    Augmentation augmentation,
    int batch,
    List<Phase> phases,
    Precision weights,
    long seed,
    String note) {
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(java|io|tools)\\.|JsonToken|Exception");
  private static final int LONGEST = 300;
  private static final List<String> NAMES =
      List.of(
          "digits",
          "digits-svae",
          "digits-lenet",
          "digits-vgg",
          "digits-resnet",
          "digits-softmax",
          "digits-fc100",
          "digits-fc123",
          "digits-maxout",
          "digits-generator",
          "digits-memory-n2",
          "digits-memory-n3",
          "digits-memory-n20",
          "digits-memory-n30",
          "digits-standard",
          "digits-robust",
          "aviary",
          "aviary-attention",
          "aviary-protopnet",
          "aviary-vgg",
          "aviary-residual",
          "aviary-vit",
          "aviary-convnext",
          "aviary-robust",
          "aviary-generator",
          "cifar10",
          "cifar10-robust",
          "cub-mobilenet-v2",
          "cub-attention",
          "cub-protopnet",
          "alexnet-cifar10-small",
          "alexnet-cifar10");
  private static final JsonMapper MAPPER =
      Json.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .addMixIn(Optimizer.class, Typed.class)
          .registerSubtypes(
              new NamedType(Sgd.class, "sgd"),
              new NamedType(Adam.class, "adam"),
              new NamedType(LargestStep.class, "largest-step"),
              new NamedType(GapNet.class, "gap-net"),
              new NamedType(StridedNet.class, "strided-net"),
              new NamedType(LeNet.class, "le-net"),
              new NamedType(AlexNet.class, "alex-net"),
              new NamedType(Vgg.class, "vgg"),
              new NamedType(VisionTransformer.class, "vision-transformer"),
              new NamedType(ConvNeXt.class, "conv-next"),
              new NamedType(ResNet.class, "res-net"),
              new NamedType(MobileNetV1.class, "mobile-net-v1"),
              new NamedType(MobileNetV2.class, "mobile-net-v2"),
              new NamedType(GoogLeNet.class, "goog-le-net"),
              new NamedType(AttentionPooling.class, "attention-pooling"),
              new NamedType(ResidualAttention.class, "residual-attention"),
              new NamedType(ProtoPNet.class, "proto-p-net"),
              new NamedType(DenseAssociativeMemory.class, "dense-associative-memory"),
              new NamedType(FullyConnected.class, "fully-connected"),
              new NamedType(Maxout.class, "maxout"),
              new NamedType(TransformationNetwork.class, "transformation-network"),
              new NamedType(ImportedBackbone.class, "imported-backbone"),
              new NamedType(SupervisedAutoEncoder.class, "supervised-auto-encoder"),
              new NamedType(DenseHead.class, "dense"),
              new NamedType(AttentionHead.class, "attention-pooling"),
              new NamedType(PrototypeHead.class, "prototypes"),
              new NamedType(PrototypeLoss.class, "prototype-loss"),
              new NamedType(VariationalLoss.class, "variational"),
              new NamedType(LatentHeadsLoss.class, "latent-heads"),
              new NamedType(CrossEntropy.class, "cross-entropy"),
              new NamedType(PowerLoss.class, "power-loss"),
              new NamedType(TransformationLoss.class, "transformation-loss"),
              new NamedType(AdversarialLoss.class, "adversarial"),
              new NamedType(Trades.class, "trades"),
              new NamedType(Mart.class, "mart"),
              new NamedType(Schedule.OneCycle.class, "one-cycle"),
              new NamedType(Schedule.Constant.class, "constant"),
              new NamedType(Schedule.Cosine.class, "cosine"),
              new NamedType(Schedule.Exponential.class, "exponential"))
          .build();

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Typed {}

  /** How weights are stored in a file. */
  public enum Precision {
    /** Four bytes each. */
    FLOAT32,
    /** Two bytes each, about three digits. */
    FLOAT16
  }

  public Recipe {
    phases = List.copyOf(phases);
    Check.atLeast(1, phases.size(), "phases");
    Check.atLeast(2, batch, "batch");
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new InputException(
          "name must be lower-case words and digits joined by hyphens, but is \"%s\""
              .formatted(name));
    }
  }

  /** This recipe on other images: a data set or a folder. */
  public Recipe on(String images) {
    return changed(name, title, images, phases, seed);
  }

  /**
   * This recipe with every phase adversarial, under the name with {@code -robust}.
   *
   * @param epsilon largest norm of a perturbation, pixels in [0, 1]
   * @param steps gradient steps other than the objective's own
   * @throws IllegalArgumentException if it is adversarial already
   */
  public Recipe adversarial(
      AdversarialObjective objective, Norm norm, double epsilon, OptionalInt steps) {
    List<Phase> attacked =
        phases.stream()
            .map(phase -> phase.with(objective.of(phase.loss(), norm, epsilon, steps)))
            .toList();
    return changed(name + "-robust", title + ", adversarially trained", dataSet, attacked, seed);
  }

  /** This recipe with other random numbers, for an independently trained network. */
  public Recipe withSeed(long other) {
    return changed(name, title, dataSet, phases, other);
  }

  /** This recipe with as many epochs in each phase. */
  public Recipe withEpochs(int epochs) {
    List<Phase> timed = phases.stream().map(phase -> phase.with(epochs)).toList();
    return changed(name, title, dataSet, timed, seed);
  }

  private Recipe changed(
      String otherName, String otherTitle, String images, List<Phase> otherPhases, long otherSeed) {
    return new Recipe(
        otherName,
        otherTitle,
        images,
        preprocessing,
        architecture,
        startFrom,
        augmentation,
        batch,
        otherPhases,
        weights,
        otherSeed,
        note);
  }

  /** The names of the recipes that come with the library. */
  public static List<String> names() {
    return NAMES;
  }

  /** All epochs of all phases. */
  public int epochs() {
    return phases.stream().mapToInt(Phase::epochs).sum();
  }

  /**
   * The recipe of a network that comes with the library.
   *
   * @throws NoSuchElementException if there is none of that name
   */
  public static Recipe named(String name) {
    String resource = "recipes/" + name + ".json";
    try (InputStream in = Recipe.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new UnknownNameException(
            "there is no recipe \"%s\"; give the path of a recipe file, or one of %s%s"
                .formatted(name, String.join(", ", NAMES), DidYouMean.hint(NAMES, name)));
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The recipe in a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or is no recipe
   */
  public static Recipe read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new InputException(file + ": the recipe cannot be read", e);
    }
  }

  /**
   * The recipe in a JSON text.
   *
   * @param from where the text comes from, for error messages
   * @throws IllegalArgumentException if it is no recipe
   */
  public static Recipe parse(String json, String from) {
    try {
      return MAPPER.readValue(json, Recipe.class);
    } catch (JacksonException e) {
      throw new InputException(
          "%s: not a recipe: %s (line %s)"
              .formatted(
                  from, reason(e), e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
          e);
    }
  }

  /** What is wrong, without the names of classes that Jackson's messages are full of. */
  private static String reason(JacksonException e) {
    if (e.getCause() instanceof IllegalArgumentException check) {
      return String.valueOf(check.getMessage());
    }
    String message = e.getOriginalMessage().lines().findFirst().orElse("").replaceAll("; `.*", "");
    message = message.replaceAll(" as a subtype of `[^`]*`", "").replaceAll("\\p{Cntrl}", "?");
    if (!CLASS_NAME.matcher(message).find()) {
      return message.length() > LONGEST ? message.substring(0, LONGEST) + " ..." : message;
    }
    String field =
        e.getPath().stream()
            .map(
                at ->
                    at.getPropertyName() == null ? "[" + at.getIndex() + "]" : at.getPropertyName())
            .collect(Collectors.joining("."));
    return field.isEmpty()
        ? "expected an object with the fields of a recipe"
        : "\"%s\" has a value of another kind than expected".formatted(field);
  }

  /** This recipe as JSON in one line. */
  public String toJson() {
    return MAPPER.writeValueAsString(this);
  }
}
