package dev.glia.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glia.internal.json.Json;
import dev.glia.studio.Studio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests of the studio's own page, over a real connection: none is answered with a fault. */
public final class RequestFuzz {

  private static final int PATIENCE_MS = 60_000; // of a machine that does much else
  private static final Pattern HEAD = Pattern.compile("\\A.*?\r\n\r\n", Pattern.DOTALL);
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]{1,9})\r\n");
  private static final int ENOUGH = 4096; // of an answer; an error's sentence is shorter

  /** What begins work that goes on after the answer; SettingsFuzz looks at what it reads. */
  private static final Pattern WORK = Pattern.compile("/api/sessions |/(run|epoch|reset) ");

  private static final Studio STUDIO = start();
  private static final String TOKEN = token();
  private static final String RUN = open();

  private RequestFuzz() {}

  private static Studio start() {
    try {
      return Studio.startAt(0, Path.of("no-such-folder"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String token() {
    String page = answer(request("GET /", "", new byte[0]), Integer.MAX_VALUE);
    int start = page.indexOf("content=\"", page.indexOf("glia-token")) + 9;
    return page.substring(start, page.indexOf('"', start));
  }

  private static String open() {
    byte[] settings = "{\"settings\":{\"layers\":\"3:relu\"}}".getBytes(UTF_8);
    byte[] request = request("POST /api/sessions", page(), settings);
    Matcher id = Pattern.compile("[0-9a-f]{32}").matcher(answer(request, Integer.MAX_VALUE));
    if (!id.find()) {
      throw new AssertionError("The studio opens no run.");
    }
    return id.group();
  }

  /** What the page sends with each request that changes something. */
  private static String page() {
    return "X-Glia-Token: " + TOKEN + "\r\nContent-Type: application/json\r\n";
  }

  private static byte[] request(String line, String headers, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String host = "Host: 127.0.0.1:" + STUDIO.address().getPort() + "\r\n";
    String length = body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n";
    request.writeBytes(
        (line + " HTTP/1.1\r\n" + host + length + headers + "\r\n").getBytes(ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  /**
   * An input is a method and an address such as {@code GET /api/sessions/RUN/frame?parts=field},
   * where {@code RUN} is one that is there, then headers in place of the page's own, an empty line
   * and a body.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, ISO_8859_1).split("\n\n", 2);
    String[] lines = parts[0].split("\n", 2);
    byte[] body = parts.length == 1 ? new byte[0] : parts[1].getBytes(ISO_8859_1);
    String line = lines[0].replace("RUN", RUN);
    if (WORK.matcher(line + " ").find()) {
      return;
    }
    String headers = lines.length == 1 ? page() : lines[1].replace("\n", "\r\n") + "\r\n";
    check(answer(request(line, headers, body), ENOUGH));
  }

  /** The first part of the answer; empty where the connection is closed without one. */
  private static String answer(byte[] request, int enough) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), STUDIO.address().getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.setSoLinger(true, 0); // thousands of connections, and no port kept for any
      OutputStream out = socket.getOutputStream();
      out.write(request);
      socket.shutdownOutput();
      return read(socket.getInputStream(), enough);
    } catch (IOException e) {
      throw new AssertionError("The studio gives no answer: " + e, e);
    }
  }

  /** Reads as much as the head says there is, or enough; of a stream of events the head. */
  private static String read(InputStream in, int enough) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int wanted = enough;
    for (int read = 0; read >= 0 && answer.size() < wanted; read = in.read(buffer)) {
      answer.write(buffer, 0, read);
      Matcher head = HEAD.matcher(answer.toString(ISO_8859_1));
      if (head.find()) {
        Matcher length = LENGTH.matcher(head.group());
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        wanted = Math.min(enough, head.end() + body);
      }
    }
    // What the input makes a second request of has an answer too.
    return answer.toString(ISO_8859_1).substring(0, Math.min(wanted, answer.size()));
  }

  private static void check(String answer) {
    if (answer.startsWith("HTTP/1.1 5") && !answer.startsWith("HTTP/1.1 503")) {
      throw new AssertionError("The studio answers with a fault: " + answer);
    }
    if (answer.startsWith("HTTP/1.1 4") && answer.contains("\r\nContent-type: application/json")) {
      String body =
          new String(answer.substring(answer.indexOf("\r\n\r\n")).getBytes(ISO_8859_1), UTF_8);
      Map<?, ?> error = (Map<?, ?>) Json.read(body);
      Reading.checkSentence(String.valueOf(error.get("error")));
    }
  }
}
