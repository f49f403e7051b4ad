package redress.store;

import static com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility.NONE;
import static com.fasterxml.jackson.annotation.JsonInclude.Include.ALWAYS;
import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_DEFAULT;
import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;
import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static com.fasterxml.jackson.annotation.JsonTypeInfo.Id.SIMPLE_NAME;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redress.check.Facts;
import redress.dispute.Command;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Event;
import redress.dispute.Stage;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The one place where the core's types meet JSON: sealed types carry their simple name as {@code type}. */
public final class Json {
  /** The mapper the store writes with. Instants and durations are ISO 8601 texts, amounts whole numbers. */
  public static final JsonMapper MAPPER = tag(JsonMapper.builder()).build();

  /** The same for disputes as the rules need them: what is null, empty, zero or false is left out. */
  private static final JsonMapper TERSE = terse(MAPPER.rebuild()).build();
  private static final ObjectReader DISPUTES = TERSE.readerFor(Dispute.class);
  private static final ObjectWriter STAGES = TERSE.writerFor(Dispute.class);

  @JsonTypeInfo(use = SIMPLE_NAME, property = "type")
  private interface Tagged {}

  private Json() {}

  /** Teaches {@code json} the core's types; the API's own mapper is built with it too. */
  public static JsonMapper.Builder tag(JsonMapper.Builder json) {
    var sealed = new Class<?>[] {Command.class, Event.class, Stage.class, Errand.class, Facts.class};
    for (var type : sealed) json.addMixIn(type, Tagged.class);
    return json.addModule(ids()).changeDefaultVisibility(seen -> seen.withIsGetterVisibility(NONE));
  }

  /** {@code value} as JSON, tagged as the sealed type it belongs to. */
  static String write(Class<?> type, Object value) {
    return MAPPER.writerFor(type).writeValueAsString(value);
  }

  /** Everything that the rules need of {@code dispute}, without what {@link #dispute} knows anyway. */
  public static String stage(Dispute dispute) {
    return STAGES.writeValueAsString(dispute);
  }

  /** The dispute that {@link #stage} wrote. */
  public static Dispute dispute(String stage) {
    return DISPUTES.readValue(stage);
  }

  private static JsonMapper.Builder terse(JsonMapper.Builder json) {
    for (var type : new Class<?>[] {List.class, Set.class, Map.class}) {
      json.withConfigOverride(type, seen -> seen.setIncludeAsProperty(JsonInclude.Value.construct(NON_EMPTY, ALWAYS))
          .setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
    }
    for (var type : new Class<?>[] {int.class, long.class, boolean.class}) {
      json.withConfigOverride(type,
          seen -> seen.setIncludeAsProperty(JsonInclude.Value.construct(NON_DEFAULT, ALWAYS)));
    }
    return json.changeDefaultPropertyInclusion(seen -> seen.withValueInclusion(NON_NULL))
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
  }

  private static SimpleModule ids() {
    return new SimpleModule("ids")
        .addSerializer(DisputeId.class, new ValueSerializer<DisputeId>() {
          @Override public void serialize(DisputeId id, JsonGenerator out, SerializationContext context) {
            out.writeString(id.toString());
          }
        })
        .addKeySerializer(DisputeId.class, new ValueSerializer<DisputeId>() {
          @Override public void serialize(DisputeId id, JsonGenerator out, SerializationContext context) {
            out.writeName(id.toString());
          }
        })
        .addDeserializer(DisputeId.class, new ValueDeserializer<DisputeId>() {
          @Override public DisputeId deserialize(JsonParser in, DeserializationContext context) {
            return id(in.getString());
          }
        })
        .addKeyDeserializer(DisputeId.class, new KeyDeserializer() {
          @Override public Object deserializeKey(String key, DeserializationContext context) {
            return id(key);
          }
        });
  }

  private static DisputeId id(String text) {
    return DisputeId.parse(text).orElseThrow(() -> new IllegalArgumentException("no dispute id"));
  }
}
