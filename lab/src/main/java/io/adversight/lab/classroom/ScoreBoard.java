package io.adversight.lab.classroom;

import io.adversight.input.InputException;
import io.adversight.lab.http.HttpStatusException;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.PanelState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who fooled a network by the smallest change of an image; kept in memory. A challenge is one
 * image, one network and one norm; the lab computes every try itself, so that no score is claimed.
 */
public final class ScoreBoard {
  private static final int CHALLENGES_AT_MOST = 100;
  private static final int PLAYERS_AT_MOST = 200;
  private static final int LONGEST_NAME = 40;

  private final Map<Challenge, Map<String, Score>> boards = new LinkedHashMap<>();

  /**
   * What is to be fooled, and how its change is measured.
   *
   * @param defenses in front of the network
   */
  public record Challenge(String model, String image, String norm, List<AlgorithmChoice> defenses) {
    /** The challenge of a panel's state. */
    public static Challenge of(PanelState state) {
      return new Challenge(
          state.model(),
          state.image(),
          state.norm() == null ? "linf" : state.norm(),
          state.defenses() == null ? List.of() : List.copyOf(state.defenses()));
    }
  }

  /**
   * The best try of a player.
   *
   * @param size of the change after 8-bit quantization, in the challenge's norm
   * @param after the class that it was taken for
   */
  public record Score(String player, double size, String attack, String after) {}

  /** A try of a player. */
  public record Attempt(String player, PanelState state) {
    public Attempt {
      if (player == null || player.isBlank() || player.strip().length() > LONGEST_NAME) {
        throw new InputException(
            "player must be a name of 1 to %s letters".formatted(LONGEST_NAME));
      }
      player = player.strip().replaceAll("\\p{Cntrl}+", " ");
    }
  }

  /**
   * What came of a try, and the best of all, the smallest change first.
   *
   * @param fooled whether the network was fooled
   * @param size of the change; null before a try
   */
  public record Board(
      Challenge challenge, @Nullable Boolean fooled, @Nullable Double size, List<Score> scores) {}

  /** The scores of a challenge. */
  public synchronized List<Score> of(Challenge challenge) {
    List<Score> scores = new ArrayList<>(boards.getOrDefault(challenge, Map.of()).values());
    scores.sort(Comparator.comparingDouble(Score::size));
    return scores;
  }

  /**
   * Counts a try if it is the best of its player.
   *
   * @throws HttpStatusException if there are too many challenges or players
   */
  public synchronized void count(Challenge challenge, Score score) {
    Map<String, Score> board = boards.get(challenge);
    if (board == null) {
      if (boards.size() >= CHALLENGES_AT_MOST) {
        boards.remove(boards.keySet().iterator().next());
      }
      board = new LinkedHashMap<>();
      boards.put(challenge, board);
    }
    if (board.size() >= PLAYERS_AT_MOST && !board.containsKey(score.player())) {
      throw HttpStatusException.busy("this challenge has %s players".formatted(PLAYERS_AT_MOST));
    }
    board.merge(score.player(), score, (old, now) -> now.size() < old.size() ? now : old);
  }
}
