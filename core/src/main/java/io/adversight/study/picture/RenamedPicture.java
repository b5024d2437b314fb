package io.adversight.study.picture;

import io.adversight.data.Labels;
import io.adversight.model.ModelCard;

/** A picture under a name that no other of its set has. */
public record RenamedPicture(String name, PictureSource source) implements PictureSource {
  @Override
  public boolean isFromFolder() {
    return source.isFromFolder();
  }

  @Override
  public Picture read(ModelCard card, Labels labels) {
    return source.read(card, labels).named(name);
  }
}
