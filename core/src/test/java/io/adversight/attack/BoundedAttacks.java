package io.adversight.attack;

import io.adversight.attack.blackbox.BlackBoxBoundedAttack;
import io.adversight.attack.blackbox.GaussianNoise;
import io.adversight.attack.blackbox.SaltAndPepper;
import io.adversight.attack.blackbox.Square;
import io.adversight.attack.blackbox.UniformNoise;
import io.adversight.attack.composite.AutoAttack;
import io.adversight.attack.composite.BoundedByMinimal;
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
import io.adversight.attack.gradient.NesterovMomentum;
import io.adversight.attack.gradient.NiFgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.gradient.PgdMnist;
import io.adversight.attack.gradient.RFgsm;
import io.adversight.attack.gradient.ScaleInvariance;
import io.adversight.attack.gradient.SmoothingKernel;
import io.adversight.attack.gradient.StepSchedule;
import io.adversight.attack.gradient.TiDiMiFgsm;
import io.adversight.attack.gradient.TiFgsm;
import io.adversight.attack.gradient.TransferFgsm;
import io.adversight.attack.gradient.TranslationInvariance;
import io.adversight.attack.gradient.VarianceTuning;
import io.adversight.attack.gradient.VmiFgsm;
import io.adversight.attack.learned.AdversarialTransformation;
import io.adversight.attack.learned.TinyTransformation;
import io.adversight.attack.minimal.Fab;
import io.adversight.attack.problem.Loss;
import io.adversight.attribution.cam.GradCam;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Kind;
import io.adversight.evaluation.detection.DetectorEvasion;
import io.adversight.evaluation.detection.ExplanationStability;
import io.adversight.evaluation.detection.SmallChange;
import io.adversight.metric.similarity.Spearman;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All bounded attacks of the catalogue: some in settings that are quick on small networks or that
 * the defaults leave out, the others with their defaults.
 */
public final class BoundedAttacks {
  private BoundedAttacks() {}

  public static Stream<BoundedAttack> all() {
    Set<Class<?>> chosen = chosen().map(Object::getClass).collect(Collectors.toSet());
    return Stream.concat(
        chosen(),
        Catalog.entries().stream()
            .filter(entry -> entry.kind() == Kind.BOUNDED_ATTACK)
            .filter(entry -> !BlackBoxBoundedAttack.class.isAssignableFrom(entry.type()))
            .filter(entry -> !chosen.contains(entry.type()))
            .map(entry -> (BoundedAttack) entry.create()));
  }

  private static Stream<BoundedAttack> chosen() {
    return Stream.of(
        new Fgsm(),
        new RFgsm(),
        new Bim(),
        new Bim(7, 0.2),
        new LeastLikely(),
        new KthLikely(),
        new MiFgsm(),
        new NiFgsm(),
        new DiFgsm(),
        new TiFgsm(),
        new VmiFgsm(4, 0.25, 1, 3, 1.5, Loss.CROSS_ENTROPY),
        new TiDiMiFgsm(),
        new TransferFgsm(
            4,
            0.25,
            List.of(
                new NesterovMomentum(),
                new VarianceTuning(2, 1.5),
                new TranslationInvariance(3, SmoothingKernel.GAUSSIAN),
                new ScaleInvariance(2),
                new InputDiversity()),
            Loss.CROSS_ENTROPY),
        new Pgd(7, 0.2, true),
        new PgdMnist(),
        new Pgd(5, 0.3, true, 3, StepSchedule.COSINE, Loss.MARGIN),
        new AdamPgd(7, 0.2, 0.9, 0.999, true, Loss.CROSS_ENTROPY),
        new Apgd(20, 1, 0.75, true, Loss.CROSS_ENTROPY),
        new Apgd(12, 2, 0.75, false, Loss.DLR),
        new ApgdTargeted(12, 2, 0.75, true),
        new BoundedByMinimal(new Fab(8, 2, 2, 0.1, 1.05, 0.9)),
        new Square(60, 0.8),
        new AutoAttack(8, 2, 30),
        new UniformNoise(2),
        new GaussianNoise(),
        new SaltAndPepper(),
        new DetectorEvasion(
            new ExplanationStability(
                new GradCam(), new Spearman(), List.of(SmallChange.NOISE, SmallChange.BIT_DEPTH)),
            6,
            0.3,
            2),
        new AdversarialTransformation(TinyTransformation.file()),
        new EotPgd(4, 0.3, 2, 1, 0.02, 0.1, 0.2, 0.05, 50, Loss.CROSS_ENTROPY));
  }

  /** Whether an attack never asks the network, so that there is nothing to stop. */
  public static boolean withoutPasses(BoundedAttack attack) {
    return attack instanceof GaussianNoise || attack instanceof SaltAndPepper;
  }
}
