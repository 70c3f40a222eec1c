package dev.glia.studio.http;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files that the page is made of: a closed list, made from what lies in the page's folder, in a
 * jar or on the disk. The path of a request is looked up in it and leads nowhere else.
 */
final class PageFiles {

  /** Where the page finds d3, and where that lies in its WebJar. */
  static final String D3 = "/lib/d3.js";

  private static final String D3_RESOURCE = "META-INF/resources/webjars/d3/7.9.0/dist/d3.min.js";

  private static final String INDEX = "index.html";

  /** Where the token goes in {@code index.html}. */
  private static final String TOKEN = "name=\"glia-token\" content=\"\"";

  private final ClassLoader loader;
  private final String folder;
  private final Supplier<String> token;
  private final Map<String, PageFile> files = new ConcurrentHashMap<>();
  private @Nullable Map<String, String> names; // resources by path; null until they are needed

  /**
   * A page.
   *
   * @param folder of resources, such as {@code dev/glia/studio/page}
   * @param token that {@code index.html} carries to the page
   */
  PageFiles(ClassLoader loader, String folder, Supplier<String> token) {
    this.loader = loader;
    this.folder = folder;
    this.token = token;
  }

  /** A file as it is sent. */
  @SuppressWarnings("ArrayRecordComponent") // on its way out, never compared
  record PageFile(String type, byte[] content, byte @Nullable [] packed, String tag) {}

  /**
   * The file of a path.
   *
   * @throws Refusal if there is none
   */
  PageFile find(String path) throws IOException {
    String resource = names().get(path);
    if (resource == null) {
      throw new Refusal(404, "The studio has nothing at this address.");
    }
    try {
      return files.computeIfAbsent(resource, this::read);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** All paths. */
  Set<String> paths() throws IOException {
    return names().keySet();
  }

  private synchronized Map<String, String> names() throws IOException {
    if (names == null) {
      Map<String, String> found = new HashMap<>();
      for (String name : list()) {
        found.put("/" + name, folder + "/" + name);
      }
      found.put("/", folder + "/" + INDEX);
      found.put(D3, D3_RESOURCE);
      names = found;
    }
    return names;
  }

  /** The names of all files of the folder and below. */
  private List<String> list() throws IOException {
    URL index = loader.getResource(folder + "/" + INDEX);
    if (index == null) {
      throw new IOException("The studio's page is not part of this build.");
    }
    if (index.openConnection() instanceof JarURLConnection connection) {
      connection.setUseCaches(false);
      String start = folder + "/";
      try (JarFile jar = connection.getJarFile()) {
        return jar.stream()
            .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(start))
            .map(entry -> entry.getName().substring(start.length()))
            .toList();
      }
    }
    Path root = Path.of(URI.create(index.toString())).getParent();
    if (root == null) {
      throw new IOException("The studio's page lies nowhere: " + index);
    }
    try (Stream<Path> found = Files.walk(root)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
          .toList();
    }
  }

  private PageFile read(String resource) {
    String type = MediaTypes.ofFile(resource);
    if (type == null) {
      throw new IllegalStateException("No media type is known for " + resource + ".");
    }
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("The studio's file " + resource + " is not part of this build.");
      }
      byte[] content = in.readAllBytes();
      if (resource.equals(folder + "/" + INDEX)) {
        content = withToken(new String(content, StandardCharsets.UTF_8));
      }
      return new PageFile(
          type, content, MediaTypes.isText(type) ? pack(content) : null, tag(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] withToken(String index) {
    int place = index.indexOf(TOKEN);
    if (place < 0 || index.indexOf(TOKEN, place + 1) >= 0) {
      throw new IllegalStateException("Expected <meta " + TOKEN + "> once in " + INDEX + ".");
    }
    int end = place + TOKEN.length() - 1;
    return (index.substring(0, end) + token.get() + index.substring(end))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] pack(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 2);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(Arrays.copyOf(hash, 12));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
