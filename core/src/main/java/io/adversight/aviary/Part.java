package io.adversight.aviary;

import java.util.Locale;

/** What a bird is made of; each visible place of it belongs to one part. */
public enum Part {
  CREST,
  BEAK,
  EYE_RING,
  WING_BARS,
  BELLY,
  TAIL,
  WING,
  HEAD,
  BACK,
  LEGS;

  /** The part in small letters: {@code wing bars} for example. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
