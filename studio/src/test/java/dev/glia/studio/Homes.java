package dev.glia.studio;

import java.util.LinkedHashMap;
import java.util.Map;

/** A user's file with words and numbers, some of both missing. */
public final class Homes {

  /** 20 rows: of the column city, of rooms and of nothing else one or two are missing. */
  public static final String CSV =
      """
      city,rooms,heat,price,sold
      Rome,3,0,310000,yes
      Oslo,2,1,250000,no
      ,4,0,402000,yes
      Rome,,1,199000,no
      Bern,5,0,555000,yes
      Oslo,3,1,290000,no
      Rome,2,0,240000,yes
      Bern,4,1,470000,no
      "Den Haag",3,0,280000,yes
      Rome,4,1,360000,no
      Oslo,5,0,500000,yes
      Bern,2,1,330000,no
      Rome,1,0,150000,yes
      ?,3,1,301000,no
      Oslo,NA,0,260000,yes
      Bern,3,1,390000,no
      "Den Haag",2,0,199000,yes
      Rome,5,1,455000,no
      Oslo,4,0,401000,yes
      Bern,1,1,222000,no
      """;

  private Homes() {}

  /** Settings of a run on them, and more: a key and its value in turn. */
  public static Map<String, String> given(String... more) {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("data", "csv");
    given.put("csv", CSV);
    given.put("csv-name", "homes.csv");
    given.put("epochs", "5");
    for (int i = 0; i < more.length; i += 2) {
      given.put(more[i], more[i + 1]);
    }
    return given;
  }
}
