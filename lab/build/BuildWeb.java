import com.caoccao.javet.interop.NodeRuntime;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.options.NodeRuntimeOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compiles the browser application: unpacks TypeScript and Preact from their jars into a working
 * folder, runs the compiler on an embedded Node, and puts everything a browser needs in one folder.
 * Bare imports of Preact become relative ones, so that no inline import map is needed and the page
 * works under a strict content security policy. The modules of the static copy become one script, as
 * pages opened from a disk load no modules.
 *
 * <p>Usage: {@code java -cp JARS BuildWeb.java SOURCES WORK OUTPUT}; generated sources lie in {@code
 * WORK/generated}
 */
public final class BuildWeb {
  private static final Map<String, String> PREACT =
      Map.of(
          "preact", "dist/preact.module.js",
          "preact/hooks", "hooks/dist/hooks.module.js",
          "preact/jsx-runtime", "jsx-runtime/dist/jsxRuntime.module.js");

  private BuildWeb() {}

  public static void main(String[] arguments) throws Exception {
    Path sources = Path.of(arguments[0]).toAbsolutePath();
    Path work = Path.of(arguments[1]).toAbsolutePath();
    Path output = Path.of(arguments[2]).toAbsolutePath();
    Path modules = work.resolve("node_modules");
    for (String library : new String[] {"typescript", "preact"}) {
      unpack(library, modules.resolve(library));
    }
    Path compiled = work.resolve("compiled");
    delete(compiled);
    Path project = work.resolve("project");
    delete(project);
    copy(sources, project);
    copy(work.resolve("generated"), project);
    if (!compile(modules, project, compiled)) {
      System.exit(1);
    }
    Path whole = work.resolve("whole");
    delete(whole);
    copy(compiled, whole);
    joinSite(whole.resolve("site"));
    copy(sources.resolve("static"), whole);
    for (Map.Entry<String, String> module : PREACT.entrySet()) {
      Path target = whole.resolve("vendor/" + module.getKey() + ".js");
      Files.createDirectories(target.getParent());
      String text = Files.readString(modules.resolve("preact/" + module.getValue()));
      Files.writeString(target, text.replaceFirst("//# sourceMappingURL=.*", ""));
    }
    bindImports(whole);
    delete(output);
    copy(whole, output);
  }

  /** Type errors are printed as the compiler words them. */
  private static boolean compile(Path modules, Path project, Path compiled) throws Exception {
    String compiler = modules.resolve("typescript/lib/_tsc.js").toString();
    String[] command = {
      compiler, "--project", project.toString(), "--outDir", compiled.toString()
    };
    NodeRuntimeOptions options = new NodeRuntimeOptions().setConsoleArguments(command);
    try (NodeRuntime node = V8Host.getNodeInstance().createV8Runtime(options)) {
      node.getExecutor("process.exit = code => { globalThis.status = code; }").executeVoid();
      node.getExecutor("require(process.argv[1])").executeVoid();
      node.await();
      return node.getExecutor("globalThis.status ?? 0").executeInteger() == 0;
    }
  }

  private static void unpack(String library, Path target) throws Exception {
    if (Files.exists(target)) {
      return;
    }
    String entry = "META-INF/maven/org.webjars.npm/" + library + "/pom.properties";
    URI jar = BuildWeb.class.getClassLoader().getResource(entry).toURI();
    try (FileSystem archive = FileSystems.newFileSystem(jar, Map.of());
        Stream<Path> versions =
            Files.list(archive.getPath("/META-INF/resources/webjars/" + library))) {
      copy(versions.findFirst().orElseThrow(), target);
    }
  }

  /** In an order in which each uses only those before it. */
  private static void joinSite(Path folder) throws IOException {
    StringBuilder script = new StringBuilder("(() => {\n\"use strict\";\n");
    for (String module : new String[] {"data", "draw", "chart", "page"}) {
      Path file = folder.resolve(module + ".js");
      script.append(
          Files.readString(file)
              .replaceAll("(?m)^import .*\\R", "")
              .replaceAll("(?m)^export (?=(async |)(function|const|class) )", ""));
      Files.delete(file);
    }
    Files.writeString(folder.resolve("site.js"), script.append("})();\n"));
  }

  private static void bindImports(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
        Path vendor = file.getParent().relativize(folder.resolve("vendor"));
        String prefix = vendor.toString().isEmpty() ? "." : vendor.toString().replace('\\', '/');
        String up = prefix.startsWith(".") ? prefix : "./" + prefix;
        String text = Files.readString(file);
        Files.writeString(
            file,
            text.replaceAll(
                "(from|import)(\\s*)\"(preact[/a-z-]*)\"", "$1$2\"" + up + "/$3.js\""));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
