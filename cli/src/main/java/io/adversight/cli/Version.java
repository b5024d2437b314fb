package io.adversight.cli;

import io.adversight.report.Provenance;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"adversight " + Provenance.buildVersion()};
  }
}
