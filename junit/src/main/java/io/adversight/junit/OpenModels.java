package io.adversight.junit;

import io.adversight.Adversight;
import io.adversight.Model;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** The models of a test run, each read once. */
final class OpenModels {
  private static final Namespace NAMESPACE = Namespace.create(OpenModels.class);

  private OpenModels() {}

  /** The model of that name or path. */
  static synchronized Model of(String nameOrFile, ExtensionContext context) {
    // The store's own way to compute what is absent has another name in JUnit 5 than in JUnit 6.
    Store store = context.getRoot().getStore(NAMESPACE);
    Model known = store.get(nameOrFile, Model.class);
    if (known != null) {
      return known;
    }
    Model model = Adversight.open(nameOrFile);
    store.put(nameOrFile, model);
    return model;
  }
}
