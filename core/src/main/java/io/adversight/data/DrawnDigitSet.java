package io.adversight.data;

import io.adversight.describe.Check;
import io.adversight.home.Sha256;
import io.adversight.image.Raster;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Drawn digits as a data set: all ten of one hand, then all ten of the next.
 *
 * @param firstHand the number of the first hand
 * @param hands how many hands there are
 * @param side rows and columns of each image
 */
public record DrawnDigitSet(long firstHand, int hands, int side) implements DataSet {
  public DrawnDigitSet {
    Check.within(1, 1_000_000, hands, "hands");
    Check.within(14, 4096, side, "side");
  }

  @Override
  public String name() {
    return "drawn-digits";
  }

  @Override
  public int size() {
    return 10 * hands;
  }

  @Override
  public int label(int i) {
    return i % 10;
  }

  @Override
  public Raster image(int i) {
    return DrawnDigits.draw(label(i), hand(i), side);
  }

  private long hand(int i) {
    return firstHand + i / 10;
  }

  @Override
  public List<String> classNames() {
    return Labels.named("digits").names();
  }

  /** Of what the image is drawn from, which takes no drawing. */
  @Override
  public String sha256(int i) {
    return Sha256.of((this + " " + i).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String imageName(int i) {
    return "digit-%s-hand-%s".formatted(label(i), hand(i));
  }
}
