package io.adversight.data;

import io.adversight.home.Sha256;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Pictures in files, each read when it is asked for. */
final class PictureFiles implements DataSet {
  private final String name;
  private final List<Picture> pictures;
  private final List<String> classNames;

  /** A picture's file and class. */
  record Picture(Path file, int label) {}

  PictureFiles(String name, List<Picture> pictures, List<String> classNames) {
    this.name = name;
    this.pictures = List.copyOf(pictures);
    this.classNames = List.copyOf(classNames);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public int label(int i) {
    return pictures.get(i).label();
  }

  @Override
  public Raster image(int i) {
    return ImageFiles.read(pictures.get(i).file());
  }

  @Override
  public void check(int i) {
    image(i);
  }

  @Override
  public String sha256(int i) {
    Path file = pictures.get(i).file();
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the file %s cannot be read".formatted(file), e);
    }
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public String imageName(int i) {
    return String.valueOf(pictures.get(i).file().getFileName());
  }
}
