package io.adversight.lab.shelf;

import org.jspecify.annotations.Nullable;

/** What a visitor is told of a picture. */
public record PictureInfo(
    String id,
    String name,
    String group,
    @Nullable Integer label,
    @Nullable String labelName,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer channels) {
  static PictureInfo of(ShelfPicture picture) {
    ShelfPicture.Size size = picture.size().orElse(null);
    return new PictureInfo(
        picture.id(),
        picture.name(),
        picture.group(),
        picture.label().isPresent() ? (Integer) picture.label().getAsInt() : null,
        picture.labelName().orElse(null),
        size == null ? null : (Integer) size.width(),
        size == null ? null : (Integer) size.height(),
        size == null ? null : (Integer) size.channels());
  }
}
