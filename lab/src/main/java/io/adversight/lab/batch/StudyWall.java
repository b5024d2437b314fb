package io.adversight.lab.batch;

import io.adversight.catalog.Kind;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.study.Algorithm;
import io.adversight.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The attacked images of a finished study, one tile each.
 *
 * @param method whose maps are compared; null if there was none
 * @param whole how many there are; the tiles are the first of them
 */
public record StudyWall(@Nullable String method, int whole, List<Tile> tiles) {
  private static final int TILES_AT_MOST = 2000;
  private static final MapSimilarity SPEARMAN =
      Algorithm.of("spearman").create(MapSimilarity.class, Kind.MAP_SIMILARITY);

  /**
   * An image after one attack.
   *
   * @param tile its number, by which its pictures are asked for
   * @param labelGiven whether the label is the true class, and not what the network predicted
   * @param confidence of the prediction after the attack
   * @param similarity rank correlation of the maps of the label before and after
   * @param maskShareBefore share of the map of the clean image that lies on the object
   * @param maskShare the same of the changed image
   */
  public record Tile(
      int tile,
      String image,
      String label,
      boolean labelGiven,
      String before,
      @Nullable Double confidenceBefore,
      String attack,
      @Nullable Double epsilon,
      boolean success,
      String after,
      @Nullable Double confidence,
      @Nullable Double similarity,
      @Nullable Double maskShareBefore,
      @Nullable Double maskShare,
      @Nullable Double l2,
      @Nullable Double linf,
      @Nullable Double ssim,
      @Nullable Double psnr) {}

  /** A wall with the folders of its tiles' images and of what attacks made of them. */
  record Places(StudyWall wall, List<Place> places) {
    Places {
      places = List.copyOf(places);
    }
  }

  /** Where the pictures of a tile lie. */
  record Place(Path image, Path attacked) {}

  /** The wall of a result that lies in {@code folder}. */
  static Places of(JsonNode result, Path folder) {
    List<Tile> tiles = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    String method = null;
    int whole = 0;
    for (JsonNode image : result.path("images")) {
      JsonNode explained = image.path("explanations").path(0);
      method = method == null && explained.has("id") ? Json.text(explained, "id") : method;
      for (JsonNode attack : image.path("attacks")) {
        whole++;
        if (tiles.size() < TILES_AT_MOST) {
          Path home = inside(folder, image.path("name").asString(""));
          Path attacked = inside(home, attack.path("folder").asString(""));
          places.add(new Place(home, attacked));
          tiles.add(tile(tiles.size(), image, attack, similarity(method, home, attacked)));
        }
      }
    }
    return new Places(new StudyWall(method, whole, tiles), places);
  }

  /** A folder below another, whatever an edited file says. */
  private static Path inside(Path folder, String name) {
    Path place = folder.resolve(name.replace('\\', '/')).normalize();
    return place.startsWith(folder) ? place : folder;
  }

  private static Tile tile(
      int number, JsonNode image, JsonNode attack, @Nullable Double similarity) {
    JsonNode before = image.path("before").path("top").path(0);
    JsonNode after = attack.path("after").path("top").path(0);
    return new Tile(
        number,
        image.path("name").asString(""),
        image.path("label").path("name").asString(""),
        image.path("labelGiven").asBoolean(false),
        before.path("name").asString(""),
        StudyTable.number(before.path("probability")),
        attack.path("id").asString(""),
        StudyTable.number(attack.path("epsilon")),
        attack.path("success").asBoolean(false),
        after.path("name").asString(""),
        StudyTable.number(after.path("probability")),
        similarity,
        share(image.path("explanations")),
        share(attack.path("explanationsOfOriginalClass")),
        StudyTable.number(attack.path("norms").path("l2")),
        StudyTable.number(attack.path("norms").path("linf")),
        StudyTable.number(attack.path("ssim")),
        StudyTable.number(attack.path("psnr")));
  }

  /** The share of the first map on the first kind of object. */
  private static @Nullable Double share(JsonNode explanations) {
    for (JsonNode share : explanations.path(0).path("onObjects")) {
      return StudyTable.number(share);
    }
    return null;
  }

  private static @Nullable Double similarity(@Nullable String method, Path image, Path attacked) {
    if (method == null) {
      return null;
    }
    Path before = inside(image, method).resolve("map.npy");
    Path after = inside(attacked, method).resolve("map.npy");
    if (!Files.isRegularFile(before) || !Files.isRegularFile(after)) {
      return null;
    }
    Raster one = Npy.read(before);
    Raster other = Npy.read(after);
    double value = SPEARMAN.similarity(one, other);
    return Double.isFinite(value) ? (Double) value : null;
  }
}
