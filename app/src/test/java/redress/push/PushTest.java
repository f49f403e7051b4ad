package redress.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Errand.Audience;
import redress.dispute.Notice;
import redress.notify.Channel.Addressee;
import redress.notify.Channel.Result;
import redress.notify.Entrance;
import redress.notify.Notifier.Outside;
import redress.notify.Sample;
import redress.notify.Sent;
import redress.store.Delivery;
import redress.store.Json;
import redress.store.NoticeBook;
import redress.store.Party;
import redress.store.Party.Contact;
import redress.store.PostBook;
import redress.store.Subscriptions;
import redress.store.Subscriptions.Subscription;
import redress.store.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Web Push, held against the RFC's own example and a push service that checks who sends and opens what it gets. */
class PushTest {
  private static final Instant NOW = Instant.parse("2026-03-04T09:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final Addressee BUYER = new Addressee("buyer-1", Contact.NONE, true);
  private static TestDatabase database;

  private final KeyPair browser = Curve.pair();
  private final byte[] secret = "0123456789abcdef".getBytes(US_ASCII);
  private final List<JsonNode> shown = new ArrayList<>();
  private final List<String> topics = new ArrayList<>();
  private Subscriptions subscriptions;
  private HttpServer service;
  private Push push;
  private int status = 201;

  @BeforeAll static void begin() {
    database = new TestDatabase();
  }

  @AfterAll static void end() {
    database.close();
  }

  @BeforeEach void open() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/push/", this::take);
    service.start();
    subscriptions = new Subscriptions(database.sql);
    subscriptions.forgetAll("buyer-1", true);
    push = new Push(subscriptions, PushServices.of("http://127.0.0.1:" + service.getAddress().getPort()),
        "mailto:operator@example.org", CLOCK);
  }

  @AfterEach void close() {
    service.stop(0);
  }

  /** RFC 8291, Appendix A. */
  @Test void a_message_is_sealed_as_the_standard_shows() throws Exception {
    var ours = new KeyPair(Curve.point(bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
        + "EqKK6PBru3jl7A8")), Curve.secret(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));
    var sealed = Sealed.seal("When I grow up, I want to be a watermelon".getBytes(US_ASCII),
        bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        bytes("BTBZMqHH6r4Tts7J_aSIgg"), ours, bytes("DGv6ra1nlYgDCS1FRnbzlw"));
    assertThat(BASE64.encodeToString(sealed)).isEqualTo("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy"
        + "27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLV"
        + "WGNWQexSgSxsj_Qulcy4a-fN");
  }

  @Test void a_browser_opens_what_was_sealed_for_it_and_the_service_knows_who_sent_it() {
    subscribe("one");
    assertThat(push.reaches(BUYER)).isTrue();
    assertThat(push.send(delivery(), BUYER)).isEqualTo(new Result.Accepted());
    assertThat(shown).hasSize(1);
    assertThat(shown.getFirst().path("title").asString()).isEqualTo("It is settled");
    assertThat(shown.getFirst().path("body").asString()).isEqualTo("Redress: 已达成");
    assertThat(shown.getFirst().path("url").asString()).isEqualTo("https://pay.example/in/abc");
    assertThat(topics).containsExactly("ntc_005aaa");
  }

  @Test void t0_reaches_a_browser_with_the_dates_of_the_inbox() {
    subscribe("one");
    database.parties.put(new Party("buyer-1", Party.Kind.BUYER, "acc-1", 1, null, ZoneId.of("Asia/Shanghai"), "en"),
        Contact.NONE);
    Sample.dispute(database.sql);
    var book = new NoticeBook(database.sql);
    var outside = new Outside(book, new PostBook(database.sql), List.of(push), Entrance.NONE);
    var told = Sample.notifier("https://pay.example/disputes/{dispute}", database.parties, outside)
        .tell(Sample.confirming(), new Errand.Tell(Sample.T0, Notice.SETTLED, Audience.BUYER, 0), "t0", Sample.T0);
    assertThat(told).isEqualTo(new Sent.Done(true, "PUSH"));
    var body = shown.getFirst().path("body").asString();
    var inbox = book.ofDispute(Sample.ID).stream().filter(it -> it.channel().equals(Delivery.IN_APP)).findFirst();
    assertThat(shown).hasSize(1);
    assertThat(inbox.orElseThrow().subject()).isEqualTo(shown.getFirst().path("title").asString());
    assertThat(body).isNotEmpty();
    assertThat(Pattern.compile("\\d{4}-(\\d\\d)-(\\d\\d) (\\d\\d:\\d\\d)").matcher(inbox.orElseThrow().text()).results()
        .map(it -> Integer.parseInt(it.group(2)) + " "
            + Month.of(Integer.parseInt(it.group(1))).getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " "
            + it.group(3)))
        .isNotEmpty().allSatisfy(it -> assertThat(body).contains(it));
    assertThat(shown.getFirst().path("url").asString()).isEqualTo("https://pay.example/disputes/" + Sample.ID);
  }

  @Test void a_browser_its_service_does_not_know_any_more_is_forgotten() {
    subscribe("one");
    status = 410;
    assertThat(push.send(delivery(), BUYER)).isEqualTo(new Result.Refused("push service 410"));
    assertThat(subscriptions.of("buyer-1", true)).isEmpty();
    assertThat(push.reaches(BUYER)).isFalse();
  }

  @Test void a_service_that_is_away_is_tried_again() {
    subscribe("one");
    status = 503;
    assertThat(push.send(delivery(), BUYER)).isEqualTo(new Result.Unavailable("push service 503"));
    service.stop(0);
    assertThat(push.send(delivery(), BUYER)).isInstanceOf(Result.Unavailable.class);
    assertThat(subscriptions.of("buyer-1", true)).hasSize(1);
  }

  @Test void no_browser_can_make_this_server_call_another_place() {
    var known = PushServices.of("");
    for (var good : List.of("https://fcm.googleapis.com/fcm/send/x",
        "https://updates.push.services.mozilla.com/wpush/x",
        "https://wns2-par02p.notify.windows.com/w/?token=x", "https://web.push.apple.com/x"))
      assertThat(known.takes(URI.create(good))).as(good).isTrue();
    for (var bad : List.of("http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://fcm.googleapis.com:22/x",
        "https://fcm.googleapis.com@evil.example/x", "https://evil.example/fcm.googleapis.com",
        "https://notify.windows.com.evil.example/", "file:///etc/passwd", "https:///x"))
      assertThat(known.takes(URI.create(bad))).as(bad).isFalse();
    var browsers = new Browsers(Optional.of(push), subscriptions);
    assertThat(browsers.add("buyer-1", true, new Subscription("https://evil.example/x", point(), auth()), NOW))
        .isFalse();
    assertThat(browsers.add("buyer-1", true, new Subscription(address("x"), "AAAA", auth()), NOW)).isFalse();
    assertThat(browsers.add("buyer-1", true, new Subscription(address("x"), point(), "AAAA"), NOW)).isFalse();
    assertThat(browsers.add("buyer-1", true, new Subscription(address("x"), point(), auth()), NOW)).isTrue();
    assertThat(new Subscription(address("x"), point(), auth()).toString()).doesNotContain("127");
  }

  @Test void a_point_beside_the_curve_is_refused() {
    var off = Curve.bytes((ECPublicKey) browser.getPublic());
    off[64] ^= 1;
    assertThatThrownBy(() -> Curve.point(off)).isInstanceOf(GeneralSecurityException.class);
  }

  @Test void the_key_stays_the_same() {
    var again = new Push(subscriptions, PushServices.of(""), "mailto:operator@example.org", CLOCK);
    assertThat(again.key()).isEqualTo(push.key());
  }

  private String address(String name) {
    return "http://127.0.0.1:" + service.getAddress().getPort() + "/push/" + name;
  }

  private String point() {
    return BASE64.encodeToString(Curve.bytes((ECPublicKey) browser.getPublic()));
  }

  private String auth() {
    return BASE64.encodeToString(secret);
  }

  private void subscribe(String name) {
    subscriptions.add("buyer-1", true, new Subscription(address(name), point(), auth()), NOW);
  }

  private void take(HttpExchange call) throws IOException {
    int answer = status;
    try {
      check(call.getRequestHeaders().getFirst("Authorization"));
      shown.add(Json.MAPPER.readTree(opened(call.getRequestBody().readAllBytes())));
      topics.add(call.getRequestHeaders().getFirst("Topic"));
    } catch (GeneralSecurityException e) {
      answer = 403;
    }
    call.sendResponseHeaders(answer, -1);
    call.close();
  }

  /** As RFC 8292 wants it: signed by the key it names, for us, and not for ever. */
  private void check(String authorization) throws GeneralSecurityException {
    var token = authorization.replaceFirst("^vapid t=", "").replaceFirst(", k=.*", "").split("\\.");
    var key = Curve.point(bytes(authorization.replaceFirst(".*, k=", "")));
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(key);
    signature.update((token[0] + "." + token[1]).getBytes(US_ASCII));
    var said = Json.MAPPER.readTree(bytes(token[1]));
    boolean ours = said.path("aud").asString("").equals("http://127.0.0.1:" + service.getAddress().getPort());
    long life = said.path("exp").asLong(0) - NOW.getEpochSecond();
    if (!signature.verify(bytes(token[2])) || !ours || life <= 0 || life > 86_400)
      throw new GeneralSecurityException("a stranger");
  }

  /** The browser's half, step by step as RFC 8291 §3.4 has it. */
  private byte[] opened(byte[] body) throws GeneralSecurityException {
    var in = ByteBuffer.wrap(body);
    var salt = new byte[16];
    in.get(salt);
    assertThat(in.getInt()).isGreaterThanOrEqualTo(body.length);
    var theirs = new byte[in.get()];
    in.get(theirs);
    var shared = Curve.agree(browser.getPrivate(), Curve.point(theirs));
    var info =
        Sealed.join("WebPush: info\0".getBytes(US_ASCII), Curve.bytes((ECPublicKey) browser.getPublic()), theirs);
    var pseudo = Sealed.hmac(salt, Sealed.derive(Sealed.hmac(secret, shared), info, 32));
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE,
        new SecretKeySpec(Sealed.derive(pseudo, "Content-Encoding: aes128gcm\0".getBytes(US_ASCII), 16), "AES"),
        new GCMParameterSpec(128, Sealed.derive(pseudo, "Content-Encoding: nonce\0".getBytes(US_ASCII), 12)));
    var record = new byte[in.remaining()];
    in.get(record);
    var text = cipher.doFinal(record);
    assertThat(text[text.length - 1]).isEqualTo((byte) 2);
    return Arrays.copyOf(text, text.length - 1);
  }

  private static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }

  private static Delivery delivery() {
    var text = "Redress: 已达成 https://pay.example/in/abc";
    return Delivery.toInbox(new DisputeId(5, 77), "ntc_005aaa", "e", Audience.BUYER, "buyer-1", Notice.SETTLED, 0, "en",
        "It is settled", "", text, NOW).over("PUSH", "ntc_005aaa", text);
  }
}
