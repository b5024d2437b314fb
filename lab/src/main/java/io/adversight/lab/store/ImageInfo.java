package io.adversight.lab.store;

import org.jspecify.annotations.Nullable;

/** An image as the API describes it. */
public record ImageInfo(
    String id,
    String name,
    String group,
    @Nullable Integer label,
    @Nullable String labelName,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer channels) {
  static ImageInfo of(StoredImage image) {
    StoredImage.Size size = image.size().orElse(null);
    return new ImageInfo(
        image.id(),
        image.name(),
        image.group(),
        image.label().isPresent() ? (Integer) image.label().getAsInt() : null,
        image.labelName().orElse(null),
        size == null ? null : (Integer) size.width(),
        size == null ? null : (Integer) size.height(),
        size == null ? null : (Integer) size.channels());
  }
}
