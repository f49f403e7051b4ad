package redress.sms;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redress.dispute.Notice;
import redress.notify.Channel;
import redress.store.Delivery;
import redress.store.PostBook.Receipt;
import tools.jackson.databind.JsonNode;

/**
 * Short messages over Alibaba Cloud (Dysmsapi 2017-05-25, SendSms and QuerySendDetails:
 * https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms). Its messages are templates that
 * the operator has had approved: ours have the one variable {@code text}. What became of one is asked for.
 */
public final class Aliyun implements Channel {
  private static final Duration INQUIRE = Duration.ofMinutes(1);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final ZoneId THERE = ZoneId.of("Asia/Shanghai");
  /** What it says of a telephone or a text that it will never take. */
  private static final Set<String> NEVER = Set.of("isv.MOBILE_NUMBER_ILLEGAL", "isv.BLACK_KEY_CONTROL_LIMIT",
      "isv.TEMPLATE_PARAMS_ILLEGAL", "isv.PARAM_LENGTH_LIMIT", "isv.PARAM_NOT_SUPPORT_URL", "isv.INVALID_PARAMETERS",
      "isv.TEMPLATE_MISSING_PARAMETERS");

  private final Acs acs;
  private final String sign;
  private final Function<Notice, String> templates;
  private final Numbers numbers;
  private final Clock clock;
  private final Wire wire = new Wire();

  Aliyun(Acs acs, String sign, Function<Notice, String> templates, String testTo, Clock clock) {
    this.acs = acs;
    this.sign = sign;
    this.templates = templates;
    this.numbers = new Numbers(testTo);
    this.clock = clock;
  }

  /**
   * Reads {@code redress.sms.aliyun.key}, {@code .secret}, {@code .template} (or {@code .template.SETTLED} and so on
   * for
   * one notice) and {@code .endpoint}, and {@code redress.sms.from}, the approved signature; empty when no key is set.
   */
  static Optional<Aliyun> read(Function<String, @Nullable String> settings, Clock clock) {
    var read = new SmsSettings(settings);
    var key = read.text("aliyun.key", "");
    if (key.isEmpty()) return Optional.empty();
    var endpoint = URI.create(read.text("aliyun.endpoint", "https://dysmsapi.aliyuncs.com"));
    var usual = read.needed("aliyun.template");
    return Optional.of(new Aliyun(new Acs(endpoint, "2017-05-25", key, read.needed("aliyun.secret")),
        read.needed("from"), notice -> read.text("aliyun.template." + notice, usual), read.text("test-to", ""), clock));
  }

  @Override public String name() {
    return SmsChannels.NAME;
  }

  @Override public boolean isBrief() {
    return true;
  }

  @Override public boolean reaches(Addressee to) {
    return !numbers.of(to).isEmpty();
  }

  @Override public Result send(Delivery delivery, Addressee to) {
    var said = ask("SendSms", Map.of("PhoneNumbers", local(to), "SignName", sign, "TemplateCode",
        templates.apply(delivery.notice()), "TemplateParam", Wire.JSON.writeValueAsString(
            Map.of("text", delivery.text())),
        "OutId", delivery.id()));
    if (said.isEmpty()) return new Result.Unavailable("Aliyun does not answer");
    var code = said.get().path("Code").asString("");
    if (code.equals("OK")) {
      return new Result.Accepted(Sms.of(delivery.text()).parts().size(),
          List.of(said.get().path("BizId").asString("")), clock.instant().plus(INQUIRE));
    }
    var why = "Aliyun " + code.replaceAll("[^\\w.]", "");
    return NEVER.contains(code) ? new Result.Refused(why) : new Result.Unavailable(why);
  }

  /** Chinese numbers without their country, all others with it but without a plus. */
  private String local(Addressee to) {
    return numbers.of(to).replaceFirst("^\\+86", "").replace("+", "");
  }

  @Override public Optional<Receipt> inquire(String reference, Addressee to, Instant at) {
    var said = ask("QuerySendDetails", Map.of("PhoneNumber", local(to), "BizId", reference, "SendDate",
        DAY.format(at.atZone(THERE)), "PageSize", "10", "CurrentPage", "1"));
    if (said.isEmpty()) return Optional.empty();
    var detail = said.get().path("SmsSendDetailDTOs").path("SmsSendDetailDTO").path(0);
    return switch (detail.path("SendStatus").asInt(0)) {
      case 3 -> Optional.of(new Receipt(true, "DELIVERED"));
      case 2 -> Optional.of(new Receipt(false, detail.path("ErrCode").asString("FAILED").replaceAll("[^\\w.:-]", "")));
      default -> Optional.empty();
    };
  }

  private Optional<JsonNode> ask(String action, Map<String, String> parameters) {
    return wire.ask(acs.request(action, parameters, clock.instant(), UUID.randomUUID().toString()))
        .map(Wire.Said::body);
  }
}
