package io.adversight.data;

import io.adversight.home.RemoteFile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the official files of data sets are, and what they contain. */
final class Official {
  private static final List<String> MNIST_SERVERS =
      List.of(
          "https://ossci-datasets.s3.amazonaws.com/mnist/",
          "https://storage.googleapis.com/cvdf-datasets/mnist/");
  private static final List<String> FASHION_SERVERS =
      List.of(
          "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
          "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/");
  private static final List<String> CIFAR_SERVERS = List.of("https://www.cs.toronto.edu/~kriz/");

  /** The images and labels of a set in the form of MNIST. */
  record Pair(RemoteFile images, RemoteFile labels) {}

  static final Pair MNIST_TEST =
      new Pair(
          mnist(
              "t10k-images-idx3-ubyte.gz",
              "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
              1_648_877),
          mnist(
              "t10k-labels-idx1-ubyte.gz",
              "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
              4_542));

  static final Pair MNIST_TRAIN =
      new Pair(
          mnist(
              "train-images-idx3-ubyte.gz",
              "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
              9_912_422),
          mnist(
              "train-labels-idx1-ubyte.gz",
              "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
              28_881));

  static final Pair FASHION_TEST =
      new Pair(
          fashion(
              "t10k-images-idx3-ubyte.gz",
              "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
              4_422_102),
          fashion(
              "t10k-labels-idx1-ubyte.gz",
              "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
              5_148));

  static final Pair FASHION_TRAIN =
      new Pair(
          fashion(
              "train-images-idx3-ubyte.gz",
              "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
              26_421_880),
          fashion(
              "train-labels-idx1-ubyte.gz",
              "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
              29_515));

  /** An archive, the folder its files belong into, and the lengths of those that are used. */
  record Archive(RemoteFile file, String folder, Map<String, Long> members) {}

  private static final long CIFAR10_BATCH = 10_000L * 3073;

  static final Archive CIFAR10 =
      new Archive(
          file(
              "datasets/cifar10/cifar-10-binary.tar.gz",
              CIFAR_SERVERS,
              "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
              170_052_171),
          "datasets/cifar10/",
          Map.of(
              "data_batch_1.bin",
              CIFAR10_BATCH,
              "data_batch_2.bin",
              CIFAR10_BATCH,
              "data_batch_3.bin",
              CIFAR10_BATCH,
              "data_batch_4.bin",
              CIFAR10_BATCH,
              "data_batch_5.bin",
              CIFAR10_BATCH,
              "test_batch.bin",
              CIFAR10_BATCH));

  static final Archive CIFAR100 =
      new Archive(
          file(
              "datasets/cifar100/cifar-100-binary.tar.gz",
              CIFAR_SERVERS,
              "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
              168_513_733),
          "datasets/cifar100/",
          Map.of("train.bin", 50_000L * 3074, "test.bin", 10_000L * 3074));

  private Official() {}

  private static RemoteFile mnist(String name, String sha256, long bytes) {
    return file("datasets/mnist/" + name, MNIST_SERVERS, sha256, bytes);
  }

  private static RemoteFile fashion(String name, String sha256, long bytes) {
    return file("datasets/fashion-mnist/" + name, FASHION_SERVERS, sha256, bytes);
  }

  private static RemoteFile file(String path, List<String> servers, String sha256, long bytes) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    Stream<URI> sources = servers.stream().map(server -> URI.create(server + name));
    return new RemoteFile(path, sources.toList(), sha256, bytes);
  }
}
