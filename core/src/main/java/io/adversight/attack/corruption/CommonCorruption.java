package io.adversight.attack.corruption;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One of the fifteen common corruptions of Hendrycks and Dietterich (2019), or a rotation or
 * translation, at one of five severities. Amounts are those of ImageNet-C, whose images have 224
 * pixels a side; lengths are scaled to the longer side of an image, so that images of any size look
 * alike. Frost is drawn, not photographed. Gradients pass straight through.
 *
 * @param type which one
 * @param severity from 1 to 5
 */
@Doc("Common corruption at one of five severities")
@Paper("hendrycks2019")
public record CommonCorruption(@Doc("which corruption") Type type, @Doc("severity") int severity)
    implements Corruption {
  /** The number of severities. */
  public static final int SEVERITIES = 5;

  /** What happens to an image. */
  public enum Type {
    GAUSSIAN_NOISE(Family.NOISE),
    SHOT_NOISE(Family.NOISE),
    IMPULSE_NOISE(Family.NOISE),
    DEFOCUS_BLUR(Family.BLUR),
    GLASS_BLUR(Family.BLUR),
    MOTION_BLUR(Family.BLUR),
    ZOOM_BLUR(Family.BLUR),
    SNOW(Family.WEATHER),
    FROST(Family.WEATHER),
    FOG(Family.WEATHER),
    BRIGHTNESS(Family.WEATHER),
    CONTRAST(Family.DIGITAL),
    ELASTIC(Family.DIGITAL),
    PIXELATE(Family.DIGITAL),
    JPEG(Family.DIGITAL),
    ROTATION(Family.GEOMETRY),
    TRANSLATION(Family.GEOMETRY);

    private final Family family;

    Type(Family family) {
      this.family = family;
    }

    /** What kind of corruption it is. */
    public Family family() {
      return family;
    }
  }

  /** Kinds of corruptions; the benchmark has all but the last. */
  public enum Family {
    NOISE,
    BLUR,
    WEATHER,
    DIGITAL,
    GEOMETRY
  }

  /** Gaussian noise of medium severity. */
  public CommonCorruption() {
    this(Type.GAUSSIAN_NOISE, 3);
  }

  public CommonCorruption {
    Check.within(1, SEVERITIES, severity, "severity");
  }

  @Override
  public Tensor of(Tensor images, Run run) {
    try (Scope scope = Scope.open()) {
      List<Raster> clean = Batches.rasters(images);
      List<Raster> corrupted = new ArrayList<>();
      for (int i = 0; i < clean.size(); i++) {
        SplittableRandom random =
            run.rng(i).split(type.name().hashCode()).split(severity).generator();
        corrupted.add(of(clean.get(i), random));
      }
      Tensor changed = Batches.of(corrupted).like(images);
      return scope.keep(
          images.isRecorded() ? images.add(changed.sub(images.detach())) : changed.alias());
    }
  }

  private Raster of(Raster image, SplittableRandom random) {
    int s = severity - 1;
    Raster changed =
        switch (type) {
          case GAUSSIAN_NOISE -> CommonNoise.gaussian(image, s, random);
          case SHOT_NOISE -> CommonNoise.shot(image, s, random);
          case IMPULSE_NOISE -> CommonNoise.impulse(image, s, random);
          case DEFOCUS_BLUR -> CommonBlur.defocus(image, s);
          case GLASS_BLUR -> CommonBlur.glass(image, s, random);
          case MOTION_BLUR -> CommonBlur.motion(image, s, random);
          case ZOOM_BLUR -> CommonBlur.zoom(image, s);
          case SNOW -> CommonWeather.snow(image, s, random);
          case FROST -> CommonWeather.frost(image, s, random);
          case FOG -> CommonWeather.fog(image, s, random);
          case BRIGHTNESS -> CommonWeather.brightness(image, s);
          case CONTRAST -> CommonDigital.contrast(image, s);
          case ELASTIC -> CommonDigital.elastic(image, s, random);
          case PIXELATE -> CommonDigital.pixelate(image, s);
          case JPEG -> CommonDigital.jpeg(image, s);
          case ROTATION -> CommonDigital.rotation(image, s, random);
          case TRANSLATION -> CommonDigital.translation(image, s, random);
        };
    return Raster.generate(
        image.channels(),
        image.height(),
        image.width(),
        (c, y, x) -> Math.min(1, Math.max(0, changed.at(c, y, x))));
  }
}
