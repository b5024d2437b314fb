package io.adversight.study.robustness;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Outcome;
import io.adversight.attack.StagedAttack;
import io.adversight.study.Algorithm;
import java.util.List;

/** Keeps what a measurement has found so far, so that it can go on after a break. */
public interface RobustnessStore {
  /**
   * What the network says of an image as it is.
   *
   * @param image its number in the set
   * @param name what it is called
   * @param sha256 of its content
   * @param label its class
   * @param predicted the class that the network predicts
   */
  record Clean(int image, String name, String sha256, int label, int predicted) {}

  /**
   * How far an attack of several stages has come with one image.
   *
   * @param epsilon the size of the ball
   * @param state what it found; its image is the image's number in the set
   * @param cost what was spent by then
   */
  record Stage(double epsilon, StagedAttack.StageState state, Adversarial.Cost cost) {}

  /** The images known so far. */
  List<Clean> clean();

  /** Keeps images. */
  void addClean(List<Clean> images);

  /** The outcomes of one attack known so far. */
  List<Outcome> outcomes(Algorithm attack);

  /** Keeps outcomes of a batch, together; stages of these images are no longer needed. */
  void addOutcomes(Algorithm attack, List<Outcome> outcomes);

  /** The stages of one attack that were kept. */
  List<Stage> stages(Algorithm attack);

  /** Keeps a stage. */
  void addStage(Algorithm attack, Stage stage);
}
