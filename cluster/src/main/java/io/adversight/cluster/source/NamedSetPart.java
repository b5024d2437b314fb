package io.adversight.cluster.source;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.study.image.DataSetImage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Images of a data set that Adversight knows by name, such as {@code cifar10}; each machine reads
 * it from its own data home.
 */
record NamedSetPart(String id, int first, int count) implements ImagePart {
  private static final long serialVersionUID = 1L;
  private static final Map<String, DataSet> OPEN = new ConcurrentHashMap<>();

  @Override
  public int size() {
    return count;
  }

  @Override
  public Images open(Storage storage) {
    DataSet set = OPEN.computeIfAbsent(id, name -> DataSets.find(name, storage.home()));
    return new EachImage(count, i -> new DataSetImage(set, first + i));
  }
}
