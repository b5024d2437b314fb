package io.adversight.aviary;

import io.adversight.describe.Check;
import io.adversight.tensor.Rng;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Draws birds: twelve species in many poses, sizes, lights and surroundings. The same arguments
 * give the same image on every machine: it is computed in double precision by elementary
 * operations, without a graphics library.
 */
public final class Aviary {
  /** Rows and columns of an image by default. */
  public static final int SIDE = 96;

  private static final double FLYING = 0.3;

  /**
   * Up to this size the last scene is kept: its image and each of its masks are asked for apart.
   */
  private static final int LARGEST_KEPT = 256;

  private static final AtomicReference<@Nullable Drawn> LAST = new AtomicReference<>();

  private record Drawn(Species species, long individual, int side, Scene scene) {
    boolean is(Species other, long number, int size) {
      return species == other && individual == number && side == size;
    }
  }

  private Aviary() {}

  /**
   * A bird.
   *
   * @param individual any number: its colours, pose and surroundings
   * @param side rows and columns of the image, 32 to 2048
   */
  public static Scene draw(Species species, long individual, int side) {
    Drawn last = LAST.get();
    if (last != null && last.is(species, individual, side)) {
      return last.scene();
    }
    Scene scene = draw(species, individual, side, true);
    if (side <= LARGEST_KEPT) {
      LAST.set(new Drawn(species, individual, side, scene));
    }
    return scene;
  }

  /** The same place in the same light, but the bird is gone: its masks are empty. */
  public static Scene withoutBird(Species species, long individual, int side) {
    return draw(species, individual, side, false);
  }

  private static Scene draw(Species species, long individual, int side, boolean there) {
    Check.within(32, 2048, side, "side");
    Rng rng = new Rng(individual).split(species.number());
    Chance chance = new Chance(rng.split(0));
    Scenery scenery = Scenery.any(chance);
    boolean flying = !(scenery instanceof Foliage) && chance.happens(FLYING);
    Pose pose = Pose.any(flying, chance);
    Light light = Light.any(chance);
    Plumage plumage = Plumage.of(species, chance);
    PartCanvas canvas = new PartCanvas(side);
    scenery.behind(canvas, pose, new Chance(rng.split(1)));
    if (there) {
      new Bird(species, plumage, pose, light).paint(canvas, new Chance(rng.split(2)));
    }
    scenery.before(canvas, pose, new Chance(rng.split(3)));
    Chance camera = new Chance(rng.split(4));
    return Scene.of(
        species, canvas.image(light, camera.between(0.02, 0.07), camera.noise()), canvas);
  }
}
