package io.adversight.run;

import io.adversight.image.Raster;
import java.util.List;
import java.util.Optional;

/** Keeps the state of unfinished work, so that a stopped attack goes on where it was. */
public interface Checkpoint {
  /** Nothing is kept. */
  Checkpoint NONE =
      new Checkpoint() {
        @Override
        public Optional<State> last() {
          return Optional.empty();
        }

        @Override
        public void save(State state) {}
      };

  /**
   * How far the work has come.
   *
   * @param done steps finished
   * @param values what is carried from step to step
   */
  record State(long done, List<Raster> values) {
    public State {
      values = List.copyOf(values);
    }
  }

  /** The state saved last; empty if there is none. */
  Optional<State> last();

  /** Keeps a state in place of the last one. */
  void save(State state);
}
