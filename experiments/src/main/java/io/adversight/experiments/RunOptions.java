package io.adversight.experiments;

import io.adversight.input.InputException;
import io.adversight.model.EngineChoice;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an experiment is run.
 *
 * @param quick whether only the subset that takes minutes
 * @param model the user's own network in place of the study's
 * @param images the user's own images in place of the study's: a data set, a part of one such as
 *     {@code aviary:0-9}, or a folder
 * @param engine computes the passes of the networks
 */
public record RunOptions(
    boolean quick, Optional<String> model, Optional<String> images, EngineChoice engine) {
  /** As the study has it. */
  public static final RunOptions FULL = new RunOptions(false, Optional.empty(), Optional.empty());

  /** With the usual engine. */
  public RunOptions(boolean quick, Optional<String> model, Optional<String> images) {
    this(quick, model, images, EngineChoice.AUTO);
  }

  /** The same with another engine. */
  public RunOptions on(EngineChoice other) {
    return new RunOptions(quick, model, images, other);
  }

  /** The engine, where it is not the usual one. */
  Optional<EngineChoice> ownEngine() {
    return Optional.of(engine).filter(choice -> choice != EngineChoice.AUTO);
  }

  /** The settings of {@code study.json} with what these options change. */
  JsonNode settings(Plan plan) {
    ObjectNode settings = (ObjectNode) plan.settings(quick);
    model.ifPresent(
        name -> {
          if (!plan.takesModel()) {
            throw new InputException(
                "\"%s\" compares several networks, so that it takes no --model"
                    .formatted(plan.title()));
          }
          settings.put("model", name);
        });
    images.ifPresent(
        name -> {
          if (!settings.has("images")) {
            throw new InputException("\"%s\" takes no --images".formatted(plan.title()));
          }
          settings.put("images", name);
        });
    return settings;
  }

  /** Whether the study's own networks and images are used. */
  boolean isOriginal() {
    return model.isEmpty() && images.isEmpty();
  }

  /** Added to an experiment's name for the folder of its results. */
  String suffix() {
    return (quick ? "-quick" : "")
        + model.map(name -> "-" + name.replaceAll("[^A-Za-z0-9.]+", "-")).orElse("");
  }
}
