package dev.glia.source;

import java.util.List;

/**
 * How people write the digits: for each a few ways, each way some strokes, each stroke the points
 * the pen goes through.
 *
 * <p>Points are {@code x, y, x, y, ...} in a box of 0 to 1, y downwards. The pen goes smoothly from
 * point to point; a point given twice is a corner.
 */
final class DigitShapes {

  /** The ways to write each digit: {@code [digit][way][stroke][x, y, ...]}. */
  static final List<List<double[][]>> ALL =
      List.of(
          zeros(), ones(), twos(), threes(), fours(), fives(), sixes(), sevens(), eights(),
          nines());

  private DigitShapes() {}

  private static double[] stroke(double... points) {
    return points;
  }

  private static double[][] way(double[]... strokes) {
    return strokes;
  }

  private static List<double[][]> zeros() {
    return List.of(
        way( // an oval
            stroke(
                .5, 0, .16, .17, .02, .5, .15, .84, .5, 1, .85, .84, .98, .5, .84, .17, .5, 0, .36,
                .04)),
        way( // open at the top, its ends apart
            stroke(
                .62, .03, .28, .08, .05, .36, .04, .68, .28, .96, .64, .97, .93, .7, .96, .36, .78,
                .1, .5, .08)));
  }

  private static List<double[][]> ones() {
    return List.of(
        way(stroke(.5, 0, .5, .5, .5, 1)),
        way(stroke(.2, .24, .42, .12, .56, 0, .56, 0, .56, .5, .56, 1)), // with a flag
        way( // with a flag and a foot
            stroke(.2, .22, .42, .12, .55, 0, .55, 0, .55, .5, .55, 1), stroke(.15, 1, .9, 1)));
  }

  private static List<double[][]> twos() {
    return List.of(
        way( // a straight foot
            stroke(
                .06, .24, .22, .05, .52, 0, .84, .1, .9, .33, .72, .58, .4, .82, .04, 1, .04, 1, .5,
                1, .97, .98)),
        way( // a loop at the foot
            stroke(
                .1, .2, .3, .03, .6, .01, .86, .15, .85, .38, .68, .64, .42, .88, .14, .99, .02, .9,
                .14, .78, .4, .84, .68, .97, .98, .94)),
        way( // a hook and a short foot
            stroke(
                .02, .3, .16, .1, .46, 0, .72, .12, .7, .4, .5, .68, .2, .92, .02, 1, .02, 1, .4,
                .94, .98, .92)),
        way( // like an a
            stroke(
                .06, .16, .36, 0, .72, .1, .78, .4, .64, .8, .34, 1, .06, .92, .1, .68, .42, .64,
                .74, .82, 1, .86)));
  }

  private static List<double[][]> threes() {
    return List.of(
        way( // two bows
            stroke(
                .1, .12, .4, 0, .76, .06, .84, .26, .66, .43, .36, .48, .36, .48, .68, .52, .92, .7,
                .84, .91, .48, 1, .06, .9)),
        way( // a flat top
            stroke(
                .08, .02, .5, .02, .86, .02, .86, .02, .64, .22, .42, .42, .42, .42, .74, .47, .93,
                .68, .82, .92, .46, 1, .05, .9)),
        way( // a sharp waist
            stroke(
                .12, .14, .42, 0, .78, .1, .74, .32, .5, .46, .5, .46, .82, .58, .9, .8, .58, 1,
                .08, .93)));
  }

  private static List<double[][]> fours() {
    return List.of(
        way( // open, with corners
            stroke(.22, .03, .14, .3, .04, .58, .04, .58, .5, .59, .97, .56),
            stroke(.74, .08, .72, .5, .68, 1)),
        way( // closed
            stroke(.66, 0, .36, .32, .02, .66, .02, .66, .5, .67, .98, .66),
            stroke(.66, 0, .66, .5, .64, 1)),
        way( // open, round, in one go with a long stem
            stroke(.1, .04, .06, .3, .2, .5, .54, .5, .86, .36), stroke(.9, 0, .86, .5, .78, 1)));
  }

  private static List<double[][]> fives() {
    return List.of(
        way( // with corners
            stroke(
                .92, .02, .56, .02, .22, .02, .22, .02, .2, .22, .15, .44, .15, .44, .5, .36, .86,
                .5, .9, .76, .66, .96, .34, 1, .04, .9)),
        way( // the roof written last
            stroke(
                .24, .04, .2, .24, .18, .42, .18, .42, .56, .4, .88, .58, .84, .84, .5, 1, .06,
                .94),
            stroke(.24, .04, .6, .04, .96, 0)),
        way( // round, like an s
            stroke(
                .9, .03, .56, .02, .26, .12, .2, .34, .46, .46, .78, .56, .86, .78, .6, .98, .1,
                .96)));
  }

  private static List<double[][]> sixes() {
    return List.of(
        way(
            stroke(
                .74, 0, .38, .2, .12, .54, .12, .84, .42, 1, .78, .92, .88, .7, .66, .52, .36, .57,
                .15, .76)),
        way( // a straight back
            stroke(
                .5, 0, .3, .28, .14, .62, .18, .9, .48, 1, .8, .88, .8, .68, .54, .58, .26, .68,
                .15, .8)),
        way( // a large bowl
            stroke(
                .62, 0, .26, .16, .06, .5, .1, .86, .46, 1, .86, .9, .96, .66, .74, .46, .4, .52,
                .14, .78)));
  }

  private static List<double[][]> sevens() {
    return List.of(
        way(stroke(.05, .05, .5, .05, .92, .03, .92, .03, .64, .48, .42, 1)),
        way( // with a bar
            stroke(.06, .05, .5, .04, .92, .03, .92, .03, .66, .46, .4, 1),
            stroke(.26, .52, .82, .48)),
        way( // with a serif
            stroke(.07, .2, .07, .04, .07, .04, .5, .03, .94, .02, .94, .02, .62, .46, .36, 1)),
        way( // round
            stroke(.06, .22, .2, .06, .5, .01, .86, .08, .88, .3, .66, .62, .48, 1)));
  }

  private static List<double[][]> eights() {
    return List.of(
        way( // in one go
            stroke(
                .78, .14, .48, 0, .18, .12, .22, .34, .54, .5, .85, .7, .76, .93, .44, 1, .13, .9,
                .13, .69, .44, .5, .78, .32, .78, .12)),
        way( // two rings
            stroke(.5, .01, .22, .1, .2, .34, .5, .47, .8, .34, .78, .1, .5, .01),
            stroke(.5, .47, .13, .6, .1, .87, .5, 1, .9, .87, .87, .6, .5, .47)),
        way( // with a narrow waist
            stroke(
                .92, .08, .54, .01, .2, .15, .36, .4, .62, .6, .68, .86, .42, 1, .16, .88, .28, .63,
                .62, .38, .93, .1)));
  }

  private static List<double[][]> nines() {
    return List.of(
        way( // a straight stem
            stroke(
                .84, .2, .62, .02, .3, .04, .1, .26, .2, .47, .48, .5, .76, .36, .86, .12, .86, .12,
                .82, .56, .74, 1)),
        way( // a round tail
            stroke(
                .82, .18, .56, 0, .24, .08, .1, .3, .26, .5, .56, .48, .8, .3, .84, .14, .88, .44,
                .8, .78, .52, .98, .16, .94)),
        way( // a small head
            stroke(
                .92, .08, .56, .01, .22, .14, .14, .35, .36, .43, .7, .3, .91, .06, .91, .06, .76,
                .5, .58, 1)));
  }
}
