package io.adversight.catalog;

import io.adversight.attack.blackbox.BoundaryAttack;
import io.adversight.attack.blackbox.GaussianNoise;
import io.adversight.attack.blackbox.HopSkipJump;
import io.adversight.attack.blackbox.Nes;
import io.adversight.attack.blackbox.OnePixel;
import io.adversight.attack.blackbox.SaltAndPepper;
import io.adversight.attack.blackbox.Simba;
import io.adversight.attack.blackbox.Spsa;
import io.adversight.attack.blackbox.Square;
import io.adversight.attack.blackbox.Substitute;
import io.adversight.attack.blackbox.UniformNoise;
import io.adversight.attack.composite.AutoAttack;
import io.adversight.attack.composite.BoundedByMinimal;
import io.adversight.attack.composite.EpsilonBisection;
import io.adversight.attack.corruption.Brightness;
import io.adversight.attack.corruption.CommonCorruption;
import io.adversight.attack.corruption.Contrast;
import io.adversight.attack.corruption.GaussianBlur;
import io.adversight.attack.corruption.JpegCompression;
import io.adversight.attack.corruption.Perspective;
import io.adversight.attack.corruption.SensorNoise;
import io.adversight.attack.fooling.EvolvedImages;
import io.adversight.attack.fooling.FoolingAscent;
import io.adversight.attack.fooling.GaussianNoiseImages;
import io.adversight.attack.gradient.AdamPgd;
import io.adversight.attack.gradient.Apgd;
import io.adversight.attack.gradient.ApgdTargeted;
import io.adversight.attack.gradient.Bim;
import io.adversight.attack.gradient.DiFgsm;
import io.adversight.attack.gradient.EotPgd;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.InputDiversity;
import io.adversight.attack.gradient.KthLikely;
import io.adversight.attack.gradient.LeastLikely;
import io.adversight.attack.gradient.MiFgsm;
import io.adversight.attack.gradient.Momentum;
import io.adversight.attack.gradient.NesterovMomentum;
import io.adversight.attack.gradient.NiFgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.gradient.PgdMnist;
import io.adversight.attack.gradient.RFgsm;
import io.adversight.attack.gradient.ScaleInvariance;
import io.adversight.attack.gradient.TiDiMiFgsm;
import io.adversight.attack.gradient.TiFgsm;
import io.adversight.attack.gradient.TransferFgsm;
import io.adversight.attack.gradient.TranslationInvariance;
import io.adversight.attack.gradient.VarianceTuning;
import io.adversight.attack.gradient.VmiFgsm;
import io.adversight.attack.latent.TypeOne;
import io.adversight.attack.learned.AdversarialTransformation;
import io.adversight.attack.minimal.BoxConstrainedLbfgs;
import io.adversight.attack.minimal.CarliniWagner;
import io.adversight.attack.minimal.CarliniWagnerLinf;
import io.adversight.attack.minimal.DecoupledDirection;
import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.minimal.ElasticNet;
import io.adversight.attack.minimal.Fab;
import io.adversight.attack.minimal.FastMinimumNorm;
import io.adversight.attack.minimal.JacobianSaliency;
import io.adversight.attack.minimal.PenaltyMethod;
import io.adversight.attack.transform.BlurSearch;
import io.adversight.attack.transform.ContrastSearch;
import io.adversight.attack.transform.SpatialSearch;
import io.adversight.attack.universal.AdversarialPatch;
import io.adversight.attack.universal.PerturbationSum;
import io.adversight.attack.universal.UniversalAdversarial;
import io.adversight.attack.universal.UniversalNoise;
import io.adversight.attribution.attention.AttentionRelevance;
import io.adversight.attribution.attention.AttentionRollout;
import io.adversight.attribution.attention.GradientRollout;
import io.adversight.attribution.attention.LeGrad;
import io.adversight.attribution.attention.RawAttention;
import io.adversight.attribution.cam.AblationCam;
import io.adversight.attribution.cam.AttentionMap;
import io.adversight.attribution.cam.Cam;
import io.adversight.attribution.cam.EigenCam;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.cam.GradCamElementWise;
import io.adversight.attribution.cam.GradCamPlusPlus;
import io.adversight.attribution.cam.GuidedGradCam;
import io.adversight.attribution.cam.HiResCam;
import io.adversight.attribution.cam.LayerCam;
import io.adversight.attribution.cam.ScoreCam;
import io.adversight.attribution.cam.SmoothGradCamPlusPlus;
import io.adversight.attribution.cam.XGradCam;
import io.adversight.attribution.gradient.Deconvnet;
import io.adversight.attribution.gradient.ExpectedGradients;
import io.adversight.attribution.gradient.FullGrad;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.attribution.gradient.GuidedBackpropagation;
import io.adversight.attribution.gradient.InputXGradient;
import io.adversight.attribution.gradient.IntegratedGradients;
import io.adversight.attribution.gradient.SmoothGrad;
import io.adversight.attribution.gradient.SmoothGradSquared;
import io.adversight.attribution.gradient.VarGrad;
import io.adversight.attribution.inherent.PrototypeSimilarity;
import io.adversight.attribution.inherent.SoftMask;
import io.adversight.attribution.perturbation.FeatureAblation;
import io.adversight.attribution.perturbation.KernelShap;
import io.adversight.attribution.perturbation.Lime;
import io.adversight.attribution.perturbation.Occlusion;
import io.adversight.attribution.perturbation.Rise;
import io.adversight.attribution.relevance.AttnLrp;
import io.adversight.attribution.relevance.DeepLift;
import io.adversight.attribution.relevance.Lrp;
import io.adversight.defense.BitDepth;
import io.adversight.defense.GaussianSmoothing;
import io.adversight.defense.Jpeg;
import io.adversight.defense.MedianBlur;
import io.adversight.defense.RandomNoise;
import io.adversight.defense.RandomResize;
import io.adversight.defense.TotalVariationMinimization;
import io.adversight.evaluation.certificate.CertifiedRadius;
import io.adversight.evaluation.certificate.LipschitzProduct;
import io.adversight.evaluation.detection.DetectorEvasion;
import io.adversight.evaluation.detection.ExplanationStability;
import io.adversight.evaluation.detection.FeatureSqueezing;
import io.adversight.evaluation.detection.MaxSoftmax;
import io.adversight.evaluation.detection.OracleDistance;
import io.adversight.evaluation.detection.TopClassDistance;
import io.adversight.evaluation.explanation.AverageDrop;
import io.adversight.evaluation.explanation.Deletion;
import io.adversight.evaluation.explanation.ExplanationAttack;
import io.adversight.evaluation.explanation.IncreaseInConfidence;
import io.adversight.evaluation.explanation.Infidelity;
import io.adversight.evaluation.explanation.Insertion;
import io.adversight.evaluation.explanation.MaxSensitivity;
import io.adversight.evaluation.explanation.Road;
import io.adversight.evaluation.robustness.Clever;
import io.adversight.input.UnknownNameException;
import io.adversight.metric.difference.Difference;
import io.adversight.metric.difference.LogRatioDifference;
import io.adversight.metric.difference.PositiveDifference;
import io.adversight.metric.distance.CentroidShift;
import io.adversight.metric.distance.ChangedPixels;
import io.adversight.metric.distance.L0Distance;
import io.adversight.metric.distance.L1Distance;
import io.adversight.metric.distance.L2Distance;
import io.adversight.metric.distance.LinfDistance;
import io.adversight.metric.distance.MeanSquaredError;
import io.adversight.metric.distance.SlicedWasserstein;
import io.adversight.metric.distance.ValueWasserstein;
import io.adversight.metric.similarity.Cosine;
import io.adversight.metric.similarity.HogImagePearson;
import io.adversight.metric.similarity.HogPearson;
import io.adversight.metric.similarity.Kendall;
import io.adversight.metric.similarity.Pearson;
import io.adversight.metric.similarity.Psnr;
import io.adversight.metric.similarity.RawSsim;
import io.adversight.metric.similarity.ScaledSsim;
import io.adversight.metric.similarity.Spearman;
import io.adversight.metric.similarity.Ssim;
import io.adversight.metric.similarity.TopKIntersection;
import io.adversight.metric.statistic.AreaAbove;
import io.adversight.metric.statistic.EnergyConcentration;
import io.adversight.metric.statistic.EnergyInMask;
import io.adversight.metric.statistic.Entropy;
import io.adversight.metric.statistic.Gini;
import io.adversight.metric.statistic.PointingGame;
import io.adversight.saliency.GraphBasedVisualSaliency;
import io.adversight.saliency.IttiKochNiebur;
import io.adversight.text.DidYouMean;
import io.adversight.visualization.AdamAscent;
import io.adversight.visualization.GradientAscent;
import io.adversight.visualization.LbfgsAscent;
import io.adversight.visualization.parameterization.Fourier;
import io.adversight.visualization.parameterization.LaplacianPyramid;
import io.adversight.visualization.parameterization.Pixels;
import io.adversight.visualization.regularizer.AlphaNorm;
import io.adversight.visualization.regularizer.BlurEvery;
import io.adversight.visualization.regularizer.ClipSmall;
import io.adversight.visualization.regularizer.Decay;
import io.adversight.visualization.regularizer.L2Penalty;
import io.adversight.visualization.regularizer.TotalVariation;
import io.adversight.visualization.transformation.GreyMargin;
import io.adversight.visualization.transformation.Jitter;
import io.adversight.visualization.transformation.RandomBlur;
import io.adversight.visualization.transformation.RandomRotation;
import io.adversight.visualization.transformation.RandomScale;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * Every algorithm there is. Adding one costs its record, its line here, its test and its entry in
 * the bibliography; options, forms, study files and documentation follow.
 */
public final class Catalog {
  private static final List<Entry<?>> ENTRIES =
      List.of(
          // Bounded attacks
          Entry.of(Kind.BOUNDED_ATTACK, Fgsm.class),
          Entry.of(Kind.BOUNDED_ATTACK, RFgsm.class),
          Entry.of(Kind.BOUNDED_ATTACK, Bim.class),
          Entry.of(Kind.BOUNDED_ATTACK, LeastLikely.class),
          Entry.of(Kind.BOUNDED_ATTACK, KthLikely.class),
          Entry.of(Kind.BOUNDED_ATTACK, MiFgsm.class),
          Entry.of(Kind.BOUNDED_ATTACK, NiFgsm.class),
          Entry.of(Kind.BOUNDED_ATTACK, DiFgsm.class),
          Entry.of(Kind.BOUNDED_ATTACK, TiFgsm.class),
          Entry.of(Kind.BOUNDED_ATTACK, VmiFgsm.class),
          Entry.of(Kind.BOUNDED_ATTACK, TiDiMiFgsm.class),
          Entry.of(Kind.BOUNDED_ATTACK, TransferFgsm.class),
          Entry.of(Kind.BOUNDED_ATTACK, Pgd.class),
          Entry.of(Kind.BOUNDED_ATTACK, PgdMnist.class),
          Entry.of(Kind.BOUNDED_ATTACK, AdamPgd.class),
          Entry.of(Kind.BOUNDED_ATTACK, Apgd.class),
          Entry.of(Kind.BOUNDED_ATTACK, ApgdTargeted.class),
          Entry.of(Kind.BOUNDED_ATTACK, Square.class),
          Entry.of(Kind.BOUNDED_ATTACK, AutoAttack.class),
          Entry.of(Kind.BOUNDED_ATTACK, BoundedByMinimal.class),
          Entry.of(Kind.BOUNDED_ATTACK, EotPgd.class),
          Entry.of(Kind.BOUNDED_ATTACK, AdversarialTransformation.class),
          Entry.of(Kind.BOUNDED_ATTACK, UniformNoise.class),
          Entry.of(Kind.BOUNDED_ATTACK, GaussianNoise.class),
          Entry.of(Kind.BOUNDED_ATTACK, SaltAndPepper.class),
          Entry.of(Kind.BOUNDED_ATTACK, Nes.class),
          Entry.of(Kind.BOUNDED_ATTACK, Spsa.class),
          Entry.of(Kind.BOUNDED_ATTACK, Substitute.class),
          Entry.of(Kind.BOUNDED_ATTACK, DetectorEvasion.class),
          // Parts of transfer-fgsm
          Entry.of(Kind.GRADIENT_TRANSFORM, Momentum.class),
          Entry.of(Kind.GRADIENT_TRANSFORM, NesterovMomentum.class),
          Entry.of(Kind.GRADIENT_TRANSFORM, VarianceTuning.class),
          Entry.of(Kind.GRADIENT_TRANSFORM, TranslationInvariance.class),
          Entry.of(Kind.GRADIENT_TRANSFORM, ScaleInvariance.class),
          Entry.of(Kind.GRADIENT_TRANSFORM, InputDiversity.class),
          // Attacks that look for the nearest adversarial image
          Entry.of(Kind.MINIMAL_ATTACK, DeepFool.class),
          Entry.of(Kind.MINIMAL_ATTACK, CarliniWagner.class),
          Entry.of(Kind.MINIMAL_ATTACK, CarliniWagnerLinf.class),
          Entry.of(Kind.MINIMAL_ATTACK, BoxConstrainedLbfgs.class),
          Entry.of(Kind.MINIMAL_ATTACK, PenaltyMethod.class),
          Entry.of(Kind.MINIMAL_ATTACK, ElasticNet.class),
          Entry.of(Kind.MINIMAL_ATTACK, DecoupledDirection.class),
          Entry.of(Kind.MINIMAL_ATTACK, FastMinimumNorm.class),
          Entry.of(Kind.MINIMAL_ATTACK, JacobianSaliency.class),
          Entry.of(Kind.MINIMAL_ATTACK, Fab.class),
          Entry.of(Kind.MINIMAL_ATTACK, EpsilonBisection.class),
          // Attacks that transform the image as a whole
          Entry.of(Kind.TRANSFORM_ATTACK, BlurSearch.class),
          Entry.of(Kind.TRANSFORM_ATTACK, ContrastSearch.class),
          Entry.of(Kind.TRANSFORM_ATTACK, SpatialSearch.class),
          Entry.of(Kind.TRANSFORM_ATTACK, TypeOne.class),
          Entry.of(Kind.MINIMAL_ATTACK, BoundaryAttack.class),
          Entry.of(Kind.MINIMAL_ATTACK, HopSkipJump.class),
          Entry.of(Kind.MINIMAL_ATTACK, Simba.class),
          Entry.of(Kind.MINIMAL_ATTACK, OnePixel.class),
          // Attacks with one change for all images
          Entry.of(Kind.UNIVERSAL_ATTACK, UniversalAdversarial.class),
          Entry.of(Kind.UNIVERSAL_ATTACK, PerturbationSum.class),
          Entry.of(Kind.UNIVERSAL_ATTACK, UniversalNoise.class),
          Entry.of(Kind.UNIVERSAL_ATTACK, AdversarialPatch.class),
          // What happens to an image on its way to a network
          Entry.of(Kind.CORRUPTION, GaussianBlur.class),
          Entry.of(Kind.CORRUPTION, SensorNoise.class),
          Entry.of(Kind.CORRUPTION, Brightness.class),
          Entry.of(Kind.CORRUPTION, Contrast.class),
          Entry.of(Kind.CORRUPTION, Perspective.class),
          Entry.of(Kind.CORRUPTION, JpegCompression.class),
          Entry.of(Kind.CORRUPTION, CommonCorruption.class),
          // Lower bounds of the distance to the nearest adversarial image
          Entry.of(Kind.DISTANCE_BOUND, Clever.class),
          Entry.of(Kind.DISTANCE_BOUND, CertifiedRadius.class),
          Entry.of(Kind.DISTANCE_BOUND, LipschitzProduct.class),
          // Images made from nothing
          Entry.of(Kind.IMAGE_GENERATOR, FoolingAscent.class),
          Entry.of(Kind.IMAGE_GENERATOR, EvolvedImages.class),
          Entry.of(Kind.IMAGE_GENERATOR, GaussianNoiseImages.class),
          // Explanations
          Entry.of(Kind.ATTRIBUTION, Gradient.class),
          Entry.of(Kind.ATTRIBUTION, GradCam.class),
          Entry.of(Kind.ATTRIBUTION, InputXGradient.class),
          Entry.of(Kind.ATTRIBUTION, IntegratedGradients.class),
          Entry.of(Kind.ATTRIBUTION, ExpectedGradients.class),
          Entry.of(Kind.ATTRIBUTION, SmoothGrad.class),
          Entry.of(Kind.ATTRIBUTION, SmoothGradSquared.class),
          Entry.of(Kind.ATTRIBUTION, VarGrad.class),
          Entry.of(Kind.ATTRIBUTION, GuidedBackpropagation.class),
          Entry.of(Kind.ATTRIBUTION, Deconvnet.class),
          Entry.of(Kind.ATTRIBUTION, Cam.class),
          Entry.of(Kind.ATTRIBUTION, AttentionMap.class),
          Entry.of(Kind.ATTRIBUTION, SoftMask.class),
          Entry.of(Kind.ATTRIBUTION, PrototypeSimilarity.class),
          Entry.of(Kind.ATTRIBUTION, GradCamPlusPlus.class),
          Entry.of(Kind.ATTRIBUTION, GradCamElementWise.class),
          Entry.of(Kind.ATTRIBUTION, SmoothGradCamPlusPlus.class),
          Entry.of(Kind.ATTRIBUTION, LayerCam.class),
          Entry.of(Kind.ATTRIBUTION, XGradCam.class),
          Entry.of(Kind.ATTRIBUTION, HiResCam.class),
          Entry.of(Kind.ATTRIBUTION, GuidedGradCam.class),
          Entry.of(Kind.ATTRIBUTION, ScoreCam.class),
          Entry.of(Kind.ATTRIBUTION, AblationCam.class),
          Entry.of(Kind.ATTRIBUTION, EigenCam.class),
          Entry.of(Kind.ATTRIBUTION, Occlusion.class),
          Entry.of(Kind.ATTRIBUTION, FeatureAblation.class),
          Entry.of(Kind.ATTRIBUTION, Rise.class),
          Entry.of(Kind.ATTRIBUTION, Lime.class),
          Entry.of(Kind.ATTRIBUTION, KernelShap.class),
          Entry.of(Kind.ATTRIBUTION, DeepLift.class),
          Entry.of(Kind.ATTRIBUTION, Lrp.class),
          Entry.of(Kind.ATTRIBUTION, FullGrad.class),
          Entry.of(Kind.ATTRIBUTION, RawAttention.class),
          Entry.of(Kind.ATTRIBUTION, AttentionRollout.class),
          Entry.of(Kind.ATTRIBUTION, GradientRollout.class),
          Entry.of(Kind.ATTRIBUTION, AttentionRelevance.class),
          Entry.of(Kind.ATTRIBUTION, LeGrad.class),
          Entry.of(Kind.ATTRIBUTION, AttnLrp.class),
          // Defenses
          Entry.of(Kind.DEFENSE, Jpeg.class),
          Entry.of(Kind.DEFENSE, BitDepth.class),
          Entry.of(Kind.DEFENSE, MedianBlur.class),
          Entry.of(Kind.DEFENSE, GaussianSmoothing.class),
          Entry.of(Kind.DEFENSE, TotalVariationMinimization.class),
          Entry.of(Kind.DEFENSE, RandomResize.class),
          Entry.of(Kind.DEFENSE, RandomNoise.class),
          // Saliency of the image
          Entry.of(Kind.IMAGE_SALIENCY, GraphBasedVisualSaliency.class),
          Entry.of(Kind.IMAGE_SALIENCY, IttiKochNiebur.class),
          // Comparisons
          Entry.of(Kind.MAP_SIMILARITY, Spearman.class),
          Entry.of(Kind.MAP_SIMILARITY, Pearson.class),
          Entry.of(Kind.MAP_SIMILARITY, Kendall.class),
          Entry.of(Kind.MAP_SIMILARITY, Cosine.class),
          Entry.of(Kind.MAP_SIMILARITY, Ssim.class),
          Entry.of(Kind.MAP_SIMILARITY, ScaledSsim.class),
          Entry.of(Kind.MAP_SIMILARITY, RawSsim.class),
          Entry.of(Kind.MAP_SIMILARITY, HogImagePearson.class),
          Entry.of(Kind.MAP_SIMILARITY, HogPearson.class),
          Entry.of(Kind.MAP_SIMILARITY, TopKIntersection.class),
          Entry.of(Kind.MAP_SIMILARITY, Psnr.class),
          Entry.of(Kind.IMAGE_DISTANCE, L0Distance.class),
          Entry.of(Kind.IMAGE_DISTANCE, ChangedPixels.class),
          Entry.of(Kind.IMAGE_DISTANCE, L1Distance.class),
          Entry.of(Kind.IMAGE_DISTANCE, L2Distance.class),
          Entry.of(Kind.IMAGE_DISTANCE, LinfDistance.class),
          Entry.of(Kind.IMAGE_DISTANCE, MeanSquaredError.class),
          Entry.of(Kind.IMAGE_DISTANCE, ValueWasserstein.class),
          Entry.of(Kind.IMAGE_DISTANCE, SlicedWasserstein.class),
          Entry.of(Kind.IMAGE_DISTANCE, CentroidShift.class),
          Entry.of(Kind.MAP_DIFFERENCE, Difference.class),
          Entry.of(Kind.MAP_DIFFERENCE, PositiveDifference.class),
          Entry.of(Kind.MAP_DIFFERENCE, LogRatioDifference.class),
          // Numbers of one map
          Entry.of(Kind.MAP_STATISTIC, AreaAbove.class),
          Entry.of(Kind.MAP_STATISTIC, EnergyConcentration.class),
          Entry.of(Kind.MAP_STATISTIC, Entropy.class),
          Entry.of(Kind.MAP_STATISTIC, Gini.class),
          Entry.of(Kind.MASK_SCORE, EnergyInMask.class),
          Entry.of(Kind.MASK_SCORE, PointingGame.class),
          // Faithfulness of explanations, and attacks on them
          Entry.of(Kind.FAITHFULNESS, Deletion.class),
          Entry.of(Kind.FAITHFULNESS, Insertion.class),
          Entry.of(Kind.FAITHFULNESS, AverageDrop.class),
          Entry.of(Kind.FAITHFULNESS, IncreaseInConfidence.class),
          Entry.of(Kind.FAITHFULNESS, Road.class),
          Entry.of(Kind.FAITHFULNESS, Infidelity.class),
          Entry.of(Kind.FAITHFULNESS, MaxSensitivity.class),
          Entry.of(Kind.EXPLANATION_ATTACK, ExplanationAttack.class),
          // Detection of adversarial images
          Entry.of(Kind.DETECTION_SCORE, ExplanationStability.class),
          Entry.of(Kind.DETECTION_SCORE, TopClassDistance.class),
          Entry.of(Kind.DETECTION_SCORE, MaxSoftmax.class),
          Entry.of(Kind.DETECTION_SCORE, FeatureSqueezing.class),
          Entry.of(Kind.DETECTION_SCORE, OracleDistance.class),
          // Optimised images
          Entry.of(Kind.PARAMETERIZATION, Fourier.class),
          Entry.of(Kind.PARAMETERIZATION, Pixels.class),
          Entry.of(Kind.PARAMETERIZATION, LaplacianPyramid.class),
          Entry.of(Kind.TRANSFORMATION, Jitter.class),
          Entry.of(Kind.TRANSFORMATION, RandomScale.class),
          Entry.of(Kind.TRANSFORMATION, RandomRotation.class),
          Entry.of(Kind.TRANSFORMATION, GreyMargin.class),
          Entry.of(Kind.TRANSFORMATION, RandomBlur.class),
          Entry.of(Kind.OPTIMIZER, AdamAscent.class),
          Entry.of(Kind.OPTIMIZER, GradientAscent.class),
          Entry.of(Kind.OPTIMIZER, LbfgsAscent.class),
          Entry.of(Kind.REGULARIZER, L2Penalty.class),
          Entry.of(Kind.REGULARIZER, TotalVariation.class),
          Entry.of(Kind.REGULARIZER, AlphaNorm.class),
          Entry.of(Kind.REGULARIZER, Decay.class),
          Entry.of(Kind.REGULARIZER, BlurEvery.class),
          Entry.of(Kind.REGULARIZER, ClipSmall.class));

  private Catalog() {}

  /** All entries, in the order of the documentation. */
  public static List<Entry<?>> entries() {
    return ENTRIES;
  }

  /** The entries of one kind. */
  public static List<Entry<?>> entries(Kind kind) {
    return ENTRIES.stream().filter(entry -> entry.kind() == kind).toList();
  }

  /**
   * The entry of one of the given kinds with this id; case and hyphens do not matter.
   *
   * @throws NoSuchElementException naming the nearest ids, and all valid ones
   */
  public static Entry<?> find(String id, Kind... kinds) {
    List<Kind> wanted = List.of(kinds);
    List<Entry<?>> candidates =
        ENTRIES.stream().filter(entry -> wanted.contains(entry.kind())).toList();
    return candidates.stream()
        .filter(entry -> plain(entry.id()).equals(plain(id)))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> ids = candidates.stream().map(Entry::id).toList();
              return new UnknownNameException(
                  "unknown %s \"%s\"%s; there are %s"
                      .formatted(
                          wanted.get(0).noun(),
                          id,
                          DidYouMean.hint(ids, id),
                          String.join(", ", ids)));
            });
  }

  private static String plain(String id) {
    return id.toLowerCase(Locale.ROOT).replace("+", "plus").replaceAll("[^a-z0-9]", "");
  }
}
