package io.adversight.attack.latent;

import io.adversight.home.ByteProgress;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.Input;
import io.adversight.model.LatentModel;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.Models;

/** Finds the generative model for an attack. */
public final class Generators {
  /** The name of the generative model of digits. */
  public static final String OF_DIGITS = "digits-svae";

  private Generators() {}

  /**
   * The generative model of that name or path, on the device of the attacked network. A name is
   * looked up where the attacked network comes from; without a data home there, among the models of
   * the library.
   *
   * @throws java.util.NoSuchElementException if there is none
   * @throws InputException if it makes no images that the network takes, or knows other classes
   */
  public static LatentModel open(String generator, Classifier attacked) {
    return attacked
        .home()
        .map(home -> open(new Models(home), generator, attacked))
        .orElseGet(() -> read(Models.locateWithoutHome(generator), attacked));
  }

  /** The same where the models are at hand. */
  public static LatentModel open(Models models, String generator, Classifier attacked) {
    return read(models.locate(generator, ByteProgress.NONE), attacked);
  }

  private static LatentModel read(ModelFile file, Classifier attacked) {
    LatentModel model = LatentModel.open(file, attacked.device());
    check(model.card(), attacked.card());
    return model;
  }

  private static void check(ModelCard model, ModelCard attacked) {
    if (!model.input().equals(attacked.input()) || model.classes() != attacked.classes()) {
      throw new InputException(
          ("the generator \"%s\" makes images of %s in %s classes, but \"%s\" takes images of %s in"
                  + " %s classes; name another generator (adversight train makes one by a recipe"
                  + " with a supervised auto-encoder)")
              .formatted(
                  model.name(),
                  size(model.input()),
                  model.classes(),
                  attacked.name(),
                  size(attacked.input()),
                  attacked.classes()));
    }
  }

  private static String size(Input input) {
    return "%s x %s x %s".formatted(input.channels(), input.height(), input.width());
  }
}
