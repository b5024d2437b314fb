package io.adversight.cluster.source;

import io.adversight.home.DataHome;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What images are read from.
 *
 * @param hadoop the settings of the Hadoop file systems
 * @param home where the data sets with names lie
 */
public record Storage(Configuration hadoop, DataHome home) {
  FileSystem of(Path path) throws IOException {
    return path.getFileSystem(hadoop);
  }
}
