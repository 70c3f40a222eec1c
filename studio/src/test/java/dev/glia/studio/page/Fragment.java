package dev.glia.studio.page;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The settings in a page's address, {@code data=moons&seed=3}, read again here: a link is right if
 * somebody else can read it.
 */
final class Fragment {

  private Fragment() {}

  static Map<String, String> read(String address) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String pair : address.substring(address.indexOf('#') + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      // A plus stands for itself in a fragment.
      String value = pair.substring(equals + 1).replace("+", "%2B");
      settings.put(pair.substring(0, equals), URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    String packed = settings.remove("csvz");
    if (packed != null) {
      settings.put("csv", inflate(packed));
    }
    return settings;
  }

  private static String inflate(String packed) {
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(Base64.getUrlDecoder().decode(packed));
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
        text.write(buffer, 0, n);
      }
      assert inflater.finished();
      return text.toString(StandardCharsets.UTF_8);
    } catch (DataFormatException e) {
      throw new AssertionError(packed + " is no deflated text", e);
    }
  }
}
