package redress.statement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every format there is, in the order in which they are asked whether a file is theirs. */
final class Formats {
  private static final String FOLDER = "/statements/";

  /** What is in the folder of mappings; a jar cannot be listed. */
  private static final String INDEX = FOLDER + "index.txt";

  private final List<Format> all = new ArrayList<>();

  private Formats() {}

  /** All formats: those with a class of their own, then tables, then what is known and refused. */
  static Formats known() {
    var formats = new Formats();
    formats.all.add(new Camt());
    formats.all.add(new WechatPayBill());
    formats.all.add(new PaypalSettlement());
    try {
      for (var name : lines()) formats.all.add(table(name));
    } catch (IOException e) {
      throw new IllegalStateException("a mapping of ours is missing or wrong", e);
    }
    formats.all.add(new Mt940());
    formats.all.add(new OtherXml());
    return formats;
  }

  private static List<String> lines() throws IOException {
    try (var in = Formats.class.getResourceAsStream(INDEX)) {
      if (in == null) throw new IOException(INDEX);
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Table table(String name) throws IOException {
    try (var in = Formats.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) throw new IOException(name);
      return new Table(Mapping.read(in));
    } catch (Refusal bad) {
      throw new IOException(name + ": " + bad.getMessage(), bad);
    }
  }

  /** The first that a file with this beginning belongs to. */
  Optional<Format> of(Sample sample) {
    return all.stream().filter(format -> format.recognises(sample)).findFirst();
  }

  /** The names of all that can be read. */
  List<String> names() {
    return all.stream().filter(format -> !(format instanceof OtherXml) && !(format instanceof Table table
        && table.isRefused())).map(Format::name).distinct().toList();
  }

  /** The tables, for the list in docs. */
  List<Table> tables() {
    return all.stream().filter(Table.class::isInstance).map(Table.class::cast).toList();
  }
}
