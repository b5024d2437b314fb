package io.adversight.cli;

import java.util.Map;
import java.util.Optional;

/**
 * One example for each command, which works as it stands: with the networks and images that come
 * with the program, or with what its first half makes.
 */
final class Examples {
  private static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("", "adversight demo"),
          Map.entry("help", "adversight help patches build"),
          Map.entry("predict", "adversight predict --model aviary aviary:0-3"),
          Map.entry(
              "attack", "adversight attack --model aviary --attack pgd --epsilon 4/255 aviary:0"),
          Map.entry("explain", "adversight explain --model aviary --method grad-cam aviary:0"),
          Map.entry(
              "transfer",
              "adversight transfer --models aviary,aviary-vgg --attack fgsm aviary:0-2"),
          Map.entry(
              "robustness",
              "adversight robustness --model digits --attack fgsm --epsilon 0.1"
                  + " drawn-digits:0-19"),
          Map.entry(
              "sweep",
              "adversight sweep --model digits --attack fgsm --to 0.3 --count 6"
                  + " drawn-digits:0-3"),
          Map.entry(
              "universal",
              "adversight universal craft --model digits --out my-change drawn-digits:0-9"),
          Map.entry(
              "universal craft",
              "adversight universal craft --model digits --out my-change drawn-digits:0-9"),
          Map.entry(
              "universal curve",
              "adversight universal curve --model digits --numbers 2,4 drawn-digits:0-7"),
          Map.entry(
              "universal measure",
              "adversight universal craft --model digits --out my-change drawn-digits:0-9 &&"
                  + " adversight universal measure --model digits"
                  + " --change my-change/universal.npy drawn-digits:0-9"),
          Map.entry(
              "universal apply",
              "adversight universal craft --model digits --out my-change drawn-digits:0-9 &&"
                  + " adversight universal apply --model digits"
                  + " --change my-change/universal.npy drawn-digits:12"),
          Map.entry(
              "compare",
              "adversight compare --model digits --attack fgsm --epsilon 0.1 drawn-digits:0-3"),
          Map.entry(
              "faithfulness",
              "adversight faithfulness --model digits --method grad-cam drawn-digits:0-1"),
          Map.entry(
              "sanity", "adversight sanity --model digits --method gradient drawn-digits:0-3"),
          Map.entry(
              "explanation-attack",
              "adversight explanation-attack --model digits --explained gradient --region top-left"
                  + " --steps 20 drawn-digits:3"),
          Map.entry("detect", "adversight detect calibrate --model digits drawn-digits:0-49"),
          Map.entry(
              "detect calibrate",
              "adversight detect calibrate --model digits --out my-detector.json"
                  + " drawn-digits:0-49"),
          Map.entry(
              "detect score",
              "adversight detect calibrate --model digits --out my-detector.json"
                  + " drawn-digits:0-49 && adversight detect score --model digits"
                  + " --detector my-detector.json drawn-digits:50-52"),
          Map.entry(
              "detect evaluate",
              "adversight detect calibrate --model digits --out my-detector.json"
                  + " drawn-digits:0-49 && adversight detect evaluate --model digits"
                  + " --detector my-detector.json --attack fgsm --epsilon 0.1"
                  + " drawn-digits:50-59"),
          Map.entry(
              "corruptions",
              "adversight corruptions --model digits --attack fgsm --epsilon 0.2 drawn-digits:0-9"),
          Map.entry("fooling-images", "adversight fooling-images --model digits --class 3,7"),
          Map.entry("clever", "adversight clever --model digits --samples 16 drawn-digits:0"),
          Map.entry(
              "visualize", "adversight visualize --model aviary --objective class:3 --steps 16"),
          Map.entry("dream", "adversight dream --model aviary --octaves 2 aviary:0"),
          Map.entry("invert", "adversight invert --model aviary --layer pool3 --steps 16 aviary:0"),
          Map.entry(
              "caricature",
              "adversight caricature --model aviary --layer pool3 --steps 16 aviary:0"),
          Map.entry(
              "patches", "adversight patches build --model aviary --index my-patches aviary:0-9"),
          Map.entry(
              "patches build",
              "adversight patches build --model aviary --index my-patches aviary:0-9"),
          Map.entry(
              "patches show",
              "adversight patches build --model aviary --index my-patches aviary:0-9 &&"
                  + " adversight patches show --model aviary --index my-patches relu3:1"),
          Map.entry("weights", "adversight weights --model aviary"),
          Map.entry("activations", "adversight activations --model aviary aviary:0"),
          Map.entry(
              "channel-shift",
              "adversight channel-shift --model aviary --layer relu3 --top 2 --steps 16 aviary:2"
                  + " aviary:3"),
          Map.entry(
              "class-visualization",
              "adversight class-visualization --model aviary --steps 16 aviary:2"),
          Map.entry(
              "training-history",
              "adversight train digits --keep-epochs --out my-training && adversight"
                  + " training-history --model digits --objective class:3 my-training"),
          Map.entry(
              "neuron-projection",
              "adversight neuron-projection --model aviary --objective class:0 aviary:0"),
          Map.entry("gallery", "adversight gallery docs/results/visualization.gallery"),
          Map.entry(
              "reproduce",
              "adversight reproduce advis-epsilon --quick --model aviary --images aviary:0-3"),
          Map.entry("demo", "adversight demo"),
          Map.entry("lab", "adversight lab"),
          Map.entry("models", "adversight models list"),
          Map.entry("models list", "adversight models list"),
          Map.entry("models show", "adversight models show aviary"),
          Map.entry("models pull", "adversight models pull mobilenet-v2"),
          Map.entry("models measure", "adversight models measure aviary --count 4"),
          Map.entry(
              "models add", "adversight models add net.onnx --mean 0.5 --std 0.5 --channels RGB"),
          Map.entry("models remove", "adversight models remove net"),
          Map.entry("data", "adversight data aviary --count 12"),
          Map.entry(
              "prototypes",
              "adversight prototypes --model aviary-protopnet --out my-prototypes aviary:0"),
          Map.entry("train", "adversight train digits"),
          Map.entry(
              "train-decoder",
              "adversight train-decoder --model aviary --layer pool4 --out my-decoder.onnx"),
          Map.entry("layers", "adversight layers --model aviary"),
          Map.entry("catalog", "adversight catalog"));

  private Examples() {}

  /** The example of a command, such as {@code adversight patches build}. */
  static Optional<String> of(String qualifiedName) {
    String name = qualifiedName.replaceFirst("^adversight ?", "");
    return Optional.ofNullable(ALL.get(name));
  }
}
