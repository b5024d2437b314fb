package io.adversight.data;

import io.adversight.home.Sha256;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Images in files, each read when it is asked for. */
final class FileImages implements DataSet {
  private final String name;
  private final List<InputImage> images;
  private final List<String> classNames;

  /** An image's file and class. */
  record InputImage(Path file, int label) {}

  FileImages(String name, List<InputImage> images, List<String> classNames) {
    this.name = name;
    this.images = List.copyOf(images);
    this.classNames = List.copyOf(classNames);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int label(int i) {
    return images.get(i).label();
  }

  @Override
  public Raster image(int i) {
    return ImageFiles.read(images.get(i).file());
  }

  @Override
  public void check(int i) {
    image(i);
  }

  @Override
  public String sha256(int i) {
    Path file = images.get(i).file();
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
    return String.valueOf(images.get(i).file().getFileName());
  }
}
