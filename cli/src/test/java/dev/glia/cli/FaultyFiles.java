package dev.glia.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The real file system, in which any call can be made to fail: what is wanted of it is asked. */
final class FaultyFiles extends FileSystemProvider {

  /** Which calls fail, and how. */
  interface Fault {
    /**
     * Whether a call fails.
     *
     * @param number which call it is, from 0
     * @param call its name: write, force, lock, open, move, delete, ...
     */
    boolean strikes(int number, String call);
  }

  private final FileSystem real;
  private final FileSystemProvider provider;
  private final FileSystem faulty = new Files();
  private final Fault fault;
  private final List<String> calls = new ArrayList<>();

  private FaultyFiles(FileSystem real, Fault fault) {
    this.real = real;
    this.provider = real.provider();
    this.fault = fault;
  }

  /** The same file, but calls that concern it may fail. */
  static Path at(Path file, Fault fault) {
    return new FaultyFiles(file.getFileSystem(), fault).wrap(file);
  }

  /** The names of all calls for a path and those that came from it, in order. */
  static List<String> calls(Path faulty) {
    return List.copyOf(((FaultyFiles) faulty.getFileSystem().provider()).calls);
  }

  /** Counts a call and says whether it is to fail. */
  private boolean strikes(String call) {
    calls.add(call);
    return fault.strikes(calls.size() - 1, call);
  }

  private void call(String name, Path path) throws IOException {
    if (strikes(name)) {
      throw new FileSystemException(path.toString(), null, "Input/output error");
    }
  }

  /** A path of the real file system that says it belongs to this one. */
  private Path wrap(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            FaultyFiles.class.getClassLoader(),
            new Class<?>[] {Faulty.class},
            (proxy, method, given) -> {
              switch (method.getName()) {
                case "unwrap" -> {
                  return path;
                }
                case "getFileSystem" -> {
                  return faulty;
                }
                case "toRealPath" -> call("toRealPath", path);
                default -> {}
              }
              Object[] args =
                  given == null
                      ? new Object[0]
                      : Arrays.stream(given).map(FaultyFiles::unwrapped).toArray();
              try {
                Object result = method.invoke(path, args);
                return result instanceof Path other ? wrap(other) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** What is behind a path of ours. */
  interface Faulty extends Path {
    Path unwrap();
  }

  private static @Nullable Object unwrapped(@Nullable Object value) {
    return value instanceof Faulty path ? path.unwrap() : value;
  }

  private static Path unwrap(Path path) {
    return path instanceof Faulty ours ? ours.unwrap() : path;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return faulty;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    call("open", path);
    return new Channel(provider.newFileChannel(unwrap(path), options, attributes));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    call("list", folder);
    DirectoryStream<Path> files = provider.newDirectoryStream(unwrap(folder), filter);
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> paths = files.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return paths.hasNext();
          }

          @Override
          public Path next() {
            return wrap(paths.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        files.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    call("createDirectory", folder);
    provider.createDirectory(unwrap(folder), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    call("delete", path);
    provider.delete(unwrap(path));
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) throws IOException {
    call("copy", from);
    provider.copy(unwrap(from), unwrap(to), options);
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    call("move", from);
    provider.move(unwrap(from), unwrap(to), options);
  }

  @Override
  public boolean isSameFile(Path a, Path b) throws IOException {
    call("isSameFile", a);
    return provider.isSameFile(unwrap(a), unwrap(b));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return provider.isHidden(unwrap(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    call("getFileStore", path);
    return provider.getFileStore(unwrap(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    call("checkAccess", path);
    provider.checkAccess(unwrap(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return provider.getFileAttributeView(unwrap(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    call("readAttributes", path);
    return provider.readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    call("readAttributes", path);
    return provider.readAttributes(unwrap(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    call("setAttribute", path);
    provider.setAttribute(unwrap(path), attribute, value, options);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    call("readSymbolicLink", link);
    return wrap(provider.readSymbolicLink(unwrap(link)));
  }

  /** The file system of this provider. */
  private final class Files extends FileSystem {

    @Override
    public FileSystemProvider provider() {
      return FaultyFiles.this;
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return real.isReadOnly();
    }

    @Override
    public String getSeparator() {
      return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      PathMatcher matcher = real.getPathMatcher(pattern);
      return path -> matcher.matches(unwrap(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * An open file: a write that fails has written half of its bytes, as on a disk that gets full.
   */
  private final class Channel extends FileChannel {

    private final FileChannel file;

    Channel(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (strikes("write")) {
        file.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
        throw new IOException("No space left on device");
      }
      return file.write(bytes);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (strikes("force")) {
        throw new IOException("Input/output error");
      }
      file.force(metaData);
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
      if (strikes("lock")) {
        throw new IOException("No locks available");
      }
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
      if (strikes("close")) {
        throw new IOException("Input/output error");
      }
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return file.read(bytes);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
      return file.read(bytes, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer bytes, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
