package dev.glia.studio.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.internal.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends over a real socket exactly what a test wants, be it HTTP or not. */
public final class Wire implements AutoCloseable {

  private static final int PATIENCE_MS = 30_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final int port;
  private int leftOfChunk;

  /** Connects to a server on this machine. */
  public Wire(int port) throws IOException {
    this.port = port;
    socket.connect(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
        PATIENCE_MS);
    socket.setSoTimeout(PATIENCE_MS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** An answer. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Response(int status, Map<String, List<String>> headers, byte[] body) {

    /** A header that is there at most once; null if it is not. */
    public String header(String name) {
      List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
      assertThat(values).as(name).hasSizeLessThan(2);
      return values.isEmpty() ? null : values.getFirst();
    }

    /** The body as text. */
    public String text() {
      return new String(body, UTF_8);
    }

    /** The body, which must be a JSON object. */
    public Map<?, ?> json() {
      assertThat(header("Content-Type")).isEqualTo("application/json");
      return (Map<?, ?>) Json.read(text());
    }

    /** The sentence of an error. */
    public String error() {
      return (String) json().get("error");
    }
  }

  /** Sends bytes. */
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends text of 8-bit characters. */
  public void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  /** A request's head, with {@code Host}, then the given lines. */
  public String head(String requestLine, String... headers) {
    StringBuilder text = new StringBuilder(requestLine).append(" HTTP/1.1\r\n");
    text.append("Host: 127.0.0.1:").append(port).append("\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  /** Asks and reads the answer. */
  public Response ask(String requestLine, String... headers) throws IOException {
    send(head(requestLine, headers));
    return read();
  }

  /** Asks by a connection of its own. */
  public static Response ask(int port, String requestLine, String... headers) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.ask(requestLine, headers);
    }
  }

  /** The token that the page carries. */
  public static String token(int port) throws IOException {
    String index = ask(port, "GET /").text();
    int start = index.indexOf("content=\"", index.indexOf("glia-token")) + 9;
    return index.substring(start, index.indexOf('"', start));
  }

  /** Posts JSON with the page's token. */
  public static Response post(int port, String path, String json) throws IOException {
    try (Wire wire = new Wire(port)) {
      byte[] body = json.getBytes(UTF_8);
      wire.send(
          wire.head(
              "POST " + path,
              "X-Glia-Token: " + token(port),
              "Content-Type: application/json",
              "Content-Length: " + body.length));
      wire.send(body);
      return wire.read();
    }
  }

  /** Reads an answer whose length is given, or none. */
  public Response read() throws IOException {
    Response head = readHead();
    String length = head.header("Content-Length");
    byte[] body = length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length));
    return new Response(head.status(), head.headers(), body);
  }

  /** Reads an answer's head. */
  public Response readHead() throws IOException {
    String status = line();
    if (status == null) {
      throw new IOException("The server closed the connection.");
    }
    assertThat(status).startsWith("HTTP/1.1 ");
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      String[] sides = line.split(": ", 2);
      headers
          .computeIfAbsent(sides[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(sides[1]);
    }
    return new Response(Integer.parseInt(status.substring(9, 12)), headers, new byte[0]);
  }

  /** Reads a line; null if the server has closed the connection. */
  public String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      line.write(c);
    }
    return line.toString(UTF_8).replaceFirst("\r$", "");
  }

  /** A line of a chunked answer; null at its end. */
  public String chunkedLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = chunked(); c != '\n'; c = chunked()) {
      if (c < 0) {
        return null;
      }
      line.write(c);
    }
    return line.toString(UTF_8);
  }

  private int chunked() throws IOException {
    if (leftOfChunk == 0) {
      String length = line();
      if (length != null && length.isEmpty()) {
        length = line(); // the end of the chunk before
      }
      leftOfChunk = length == null ? 0 : Integer.parseInt(length, 16);
      if (leftOfChunk == 0) {
        return -1;
      }
    }
    leftOfChunk--;
    return in.read();
  }

  /** Whether the server closes the connection within a time, whatever it sends before. */
  public boolean isClosedWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return in.readAllBytes() != null;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
