package redress.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the one stylesheet is made of, read from itself: its tokens by light and by dark, and the classes it knows. */
public record Stylesheet(List<Token> tokens, List<String> classes) {
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern ROOT = Pattern.compile(":root \\{([^}]*)}");
  private static final Pattern TOKEN = Pattern.compile("--([a-z-]+):\\s*([^;]+);");
  private static final Pattern BODY = Pattern.compile("\\{[^{}]*}");
  private static final Pattern CLASS = Pattern.compile("\\.([a-z][a-z0-9_-]*)");
  private static final Pattern COLOR = Pattern.compile("#[0-9a-f]{6}");

  public Stylesheet {
    tokens = List.copyOf(tokens);
    classes = List.copyOf(classes);
  }

  /** A token; in the dark it has another value or the same. */
  public record Token(String name, String light, String dark) {
    /** Whether it is a colour, and not a measure or a font. */
    public boolean isColor() {
      return COLOR.matcher(light).matches();
    }
  }

  /** The stylesheet that every page uses. */
  static Stylesheet ours() {
    return of(Assets.text("site.css"));
  }

  static Stylesheet of(String css) {
    var plain = COMMENT.matcher(css).replaceAll("");
    var roots = ROOT.matcher(plain).results().map(it -> tokens(it.group(1))).toList();
    var dark = roots.size() > 1 ? roots.get(1) : Map.<String, String>of();
    var tokens = new ArrayList<Token>();
    roots.getFirst().forEach((name, light) -> tokens.add(new Token(name, light, dark.getOrDefault(name, light))));
    var classes = new TreeSet<String>();
    CLASS.matcher(BODY.matcher(plain).replaceAll(" ")).results().forEach(it -> classes.add(it.group(1)));
    return new Stylesheet(tokens, List.copyOf(classes));
  }

  private static Map<String, String> tokens(String body) {
    var all = new LinkedHashMap<String, String>();
    TOKEN.matcher(body).results().forEach(it -> all.put(it.group(1), it.group(2).strip()));
    return all;
  }

  /** A colour of the text on another, and how well it can be read (WCAG 2.2), times ten, by light and in the dark. */
  public record Contrast(String ink, String ground, long light, long dark) {
    /** Whether text of any size can be read well enough (AA: 4.5 to 1). */
    public boolean suffices() {
      return Math.min(light, dark) >= 45;
    }
  }

  /** Every colour of text with the ground it stands on. */
  public List<Contrast> contrasts() {
    return List.of(contrast("ink", "ground"), contrast("ink", "paper"), contrast("soft", "ground"),
        contrast("soft", "paper"), contrast("brand", "paper"), contrast("brand", "tint"),
        contrast("brand-ink", "brand"), contrast("wait", "paper"), contrast("ink", "wait-tint"),
        contrast("bad", "paper"), contrast("ink", "bad-tint"), contrast("good", "good-tint"));
  }

  private Contrast contrast(String ink, String ground) {
    return new Contrast(ink, ground, ratio(token(ink).light(), token(ground).light()),
        ratio(token(ink).dark(), token(ground).dark()));
  }

  private Token token(String name) {
    return tokens.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  /** Ten times the contrast of two colours, rounded down. */
  static long ratio(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (long) ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) * 10);
  }

  private static double luminance(String color) {
    return 0.2126 * channel(color, 1) + 0.7152 * channel(color, 3) + 0.0722 * channel(color, 5);
  }

  private static double channel(String color, int at) {
    double value = Integer.parseInt(color, at, at + 2, 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
