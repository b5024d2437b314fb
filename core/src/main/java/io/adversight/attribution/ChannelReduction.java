package io.adversight.attribution;

import io.adversight.tensor.Tensor;

/** How contributions per channel become one map, (N, 1, H, W). */
public enum ChannelReduction {
  /** The largest absolute value over the channels (Simonyan et al. 2014, section 3.1). */
  MAX_ABSOLUTE {
    @Override
    Tensor of(Tensor contributions) {
      return contributions.abs().max(1);
    }
  },
  /** The sum of absolute values over the channels. */
  ABSOLUTE {
    @Override
    Tensor of(Tensor contributions) {
      return contributions.abs().sum(1);
    }
  },
  /** The sum over the channels, signed. */
  SUM {
    @Override
    Tensor of(Tensor contributions) {
      return contributions.sum(1);
    }
  },
  /** The positive part of the sum over the channels, as for class activation maps. */
  POSITIVE {
    @Override
    Tensor of(Tensor contributions) {
      return contributions.sum(1).relu();
    }
  };

  /** The map (N, 1, H, W) of contributions (N, C, H, W). */
  abstract Tensor of(Tensor contributions);
}
