package redress.verb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fields by their names, in the order in which they are shown. */
public final class Fields {
  private Fields() {}

  public static Map<String, Field> of(Field... fields) {
    var all = new LinkedHashMap<String, Field>();
    for (var field : fields) {
      if (all.put(field.name(), field) != null) throw new IllegalStateException("twice: " + field.name());
    }
    return Collections.unmodifiableMap(all);
  }
}
