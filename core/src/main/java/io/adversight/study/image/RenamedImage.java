package io.adversight.study.image;

import io.adversight.data.Labels;
import io.adversight.model.ModelCard;

/** An image under a name that no other of its set has. */
public record RenamedImage(String name, ImageSource source) implements ImageSource {
  @Override
  public boolean isFromFolder() {
    return source.isFromFolder();
  }

  @Override
  public ImageIdentity identity(Labels labels) {
    return source.identity(labels);
  }

  @Override
  public InputImage read(ModelCard card, Labels labels) {
    return source.read(card, labels).named(name);
  }
}
