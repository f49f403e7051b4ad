package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Courier.Got;
import redress.api.Courier.Sent;
import redress.evidence.Bounds;
import redress.evidence.Soundness;
import redress.evidence.Sweeping;
import redress.policy.Role;
import redress.store.Kept;
import redress.vault.Vault;

/** Files come in whole or in parts, wait as drafts of their giver, become evidence, and are given out as copies. */
class UploadsTest {
  private static Server server;
  private static Courier buyer;
  private static Courier merchant;
  private static Courier viewer;
  private static Courier mediator;
  private static Courier stranger;
  private static int payments;

  @BeforeAll static void open() {
    server = new Server();
    buyer = courier(Role.BUYER, "buyer-1");
    merchant = courier(Role.MERCHANT_OWNER, "shop-1");
    viewer = courier(Role.MERCHANT_VIEWER, "shop-1");
    mediator = courier(Role.MEDIATOR_LEAD, "lea");
    stranger = courier(Role.BUYER, "buyer-2");
  }

  @AfterAll static void close() {
    for (var courier : List.of(buyer, merchant, viewer, mediator, stranger)) courier.close();
    server.close();
  }

  private static Courier courier(Role role, String subject) {
    return new Courier(server.centre.port(), server.key(role, subject));
  }

  /** A dispute of buyer-1 with shop-1; where its files go. */
  private static String dispute() {
    var payment = "p-upload-" + ++payments;
    server.put(server.key(Role.PLATFORM, "platform-1"), "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"WALLET"}""");
    var filed = buyer.post("/v1/disputes", """
        {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"It does not work."}""".formatted(payment));
    assertThat(filed.status()).as(filed.toString()).isEqualTo(201);
    return "/v1/disputes/" + filed.json().path("id").asString();
  }

  private static Got give(Courier giver, String dispute, String upload, String more, String... headers) {
    return giver.post(dispute + "/evidence", "{\"evidenceType\":\"CHAT_LOG\",\"upload\":\"" + upload + "\"" + more
        + "}", headers);
  }

  private static String upload(Courier giver, String dispute, Sent file) {
    var got = giver.form(dispute + "/uploads", file);
    assertThat(got.status()).as(got.toString()).isEqualTo(201);
    return got.json().path("items").path(0).path("id").asString();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] prose(int size, long seed) {
    var random = new Random(seed);
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) bytes[i] = (byte) (i % 64 == 63 ? '\n' : 'a' + random.nextInt(26));
    return bytes;
  }

  @Test void a_form_with_several_files_makes_drafts_that_only_their_giver_sees() throws Exception {
    var dispute = dispute();
    var got = buyer.form(dispute + "/uploads", Sent.text("a.txt", "first"), Sent.text("b.txt", "second"));
    assertThat(got.status()).as(got.toString()).isEqualTo(201);
    assertThat(got.json().path("items").size()).isEqualTo(2);
    var first = got.json().path("items").path(0);
    assertThat(first.path("sha256").asString()).isEqualTo(sha256("first".getBytes(UTF_8)));
    assertThat(first.path("name").asString()).isEqualTo("a.txt");
    assertThat(first.path("mediaType").asString()).startsWith("text/plain");
    assertThat(first.path("state").asString()).isEqualTo("READY");
    var place = dispute + "/uploads/" + first.path("id").asString();
    assertThat(buyer.get(place).status()).isEqualTo(200);
    assertThat(merchant.get(place).code()).isEqualTo("NOT_FOUND");
    assertThat(stranger.get(place).code()).isEqualTo("NOT_FOUND");
    assertThat(mediator.get(place).code()).isEqualTo("ROLE_MISSING");
    assertThat(merchant.get(dispute + "/uploads").json().path("items").size()).isZero();
    assertThat(merchant.get(dispute + "/evidence").json().path("items").size()).isZero();
    assertThat(viewer.form(dispute + "/uploads", Sent.text("c.txt", "third")).code()).isEqualTo("ROLE_MISSING");
    assertThat(stranger.form(dispute + "/uploads", Sent.text("c.txt", "third")).code()).isEqualTo("NOT_FOUND");
    assertThat(buyer.send("DELETE", place, BodyPublishers.noBody()).status()).isEqualTo(204);
    assertThat(buyer.get(place).code()).isEqualTo("NOT_FOUND");
    assertThat(buyer.get(dispute + "/uploads").json().path("items").size()).isEqualTo(1);
  }

  @Test void a_draft_becomes_evidence_that_both_sides_can_save_and_every_hand_is_written_down() throws Exception {
    var dispute = dispute();
    var bytes = prose(200_000, 1);
    var upload = upload(buyer, dispute, new Sent("the chat.txt", "text/plain", bytes));
    var given = give(buyer, dispute, upload, ",\"text\":\"See line 3.\"");
    assertThat(given.status()).as(given.toString()).isEqualTo(200);
    var piece = merchant.get(dispute + "/evidence").json().path("items").path(0);
    assertThat(piece.path("sha256").asString()).isEqualTo(sha256(bytes));
    assertThat(piece.path("stored").asBoolean()).isTrue();
    assertThat(piece.path("size").asLong()).isEqualTo(bytes.length);
    assertThat(piece.path("visibility").asString()).isEqualTo("PARTIES");
    var file = merchant.get(dispute + "/evidence/1/file");
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.body()).isEqualTo(bytes);
    assertThat(file.header("Content-Disposition")).startsWith("attachment;").contains("chat.txt");
    assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(file.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    assertThat(file.header("Content-Type")).startsWith("text/plain");
    mediator.get(dispute + "/evidence/1/file");
    var custody = buyer.get(dispute + "/evidence/1/custody").json().path("items");
    assertThat(custody.valueStream().map(it -> it.path("act").asString() + " " + it.path("by").asString() + " "
        + it.path("who").asString("-")))
        .containsExactly("GAVE BUYER buyer-1", "DOWNLOADED MERCHANT -", "DOWNLOADED PLATFORM -");
    assertThat(mediator.get(dispute + "/evidence/1/custody").json().path("items").valueStream()
        .map(it -> it.path("who").asString())).containsExactly("buyer-1", "shop-1", "lea");
    for (var path : List.of("/evidence/1/file", "/evidence/1/custody", "/evidence/2/file", "/evidence/x/file")) {
      assertThat(stranger.get(dispute + path).code()).isEqualTo("NOT_FOUND");
    }
    assertThat(buyer.get(dispute + "/evidence/2/file").code()).isEqualTo("NOT_FOUND");
    assertThat(give(buyer, dispute, upload, "").code()).isEqualTo("UPLOAD_SUBMITTED");
    assertThat(buyer.send("DELETE", dispute + "/uploads/" + upload, BodyPublishers.noBody()).code())
        .isEqualTo("UPLOAD_SUBMITTED");
  }

  @Test void a_range_of_a_file_is_served_alone() {
    var dispute = dispute();
    var bytes = prose(10_000, 2);
    give(buyer, dispute, upload(buyer, dispute, new Sent("a.txt", "text/plain", bytes)), "");
    var file = dispute + "/evidence/1/file";
    var middle = buyer.get(file, "Range", "bytes=100-199");
    assertThat(middle.status()).isEqualTo(206);
    assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(bytes, 100, 200));
    assertThat(middle.header("Content-Range")).isEqualTo("bytes 100-199/10000");
    assertThat(buyer.get(file, "Range", "bytes=9990-").body()).isEqualTo(Arrays.copyOfRange(bytes, 9_990, 10_000));
    assertThat(buyer.get(file, "Range", "bytes=-5").body()).isEqualTo(Arrays.copyOfRange(bytes, 9_995, 10_000));
    assertThat(buyer.get(file, "Range", "bytes=10000-").status()).isEqualTo(416);
    assertThat(buyer.get(file, "Range", "bytes=0-1", "If-Range", "\"other\"").body()).isEqualTo(bytes);
  }

  @Test void visibility_is_kept_in_lists_timeline_files_and_custody_alike() {
    var dispute = dispute();
    for (var visibility : List.of("PARTIES", "STAFF", "GIVER")) {
      var upload = upload(buyer, dispute, Sent.text(visibility + ".txt", "for " + visibility));
      assertThat(give(buyer, dispute, upload, ",\"visibility\":\"" + visibility + "\",\"text\":\"" + visibility
          + " only\"").status()).isEqualTo(200);
    }
    assertThat(seen(buyer, dispute)).containsExactly("1", "2", "3");
    assertThat(seen(merchant, dispute)).containsExactly("1");
    assertThat(seen(viewer, dispute)).containsExactly("1");
    assertThat(seen(mediator, dispute)).containsExactly("1", "2");
  }

  /** The pieces a reader sees, wherever one can look. */
  private static List<String> seen(Courier reader, String dispute) {
    var listed = reader.get(dispute + "/evidence").json().path("items").valueStream()
        .map(it -> it.path("number").asString()).toList();
    var told = reader.get(dispute + "/timeline?limit=100").json().path("items").valueStream()
        .filter(it -> it.path("type").asString().equals("EvidenceSubmitted"))
        .map(it -> it.path("details").path("id").asString()).toList();
    assertThat(told).isEqualTo(listed);
    for (var number : List.of("1", "2", "3")) {
      int status = listed.contains(number) ? 200 : 404;
      assertThat(reader.get(dispute + "/evidence/" + number + "/file").status()).isEqualTo(status);
      assertThat(reader.get(dispute + "/evidence/" + number + "/custody").status()).isEqualTo(status);
    }
    return listed;
  }

  @Test void a_picture_is_shown_small_and_drawn_anew() throws Exception {
    var dispute = dispute();
    var picture = new BufferedImage(1_600, 800, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1_600; i++) picture.setRGB(i, i / 2, 0xff8800);
    var png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    give(buyer, dispute, upload(buyer, dispute, new Sent("lamp.png", "image/png", png.toByteArray())), "");
    give(buyer, dispute, upload(buyer, dispute, Sent.text("a.txt", "no picture")), "");
    for (int i = 0; i < 2; i++) {
      var seen = merchant.get(dispute + "/evidence/1/preview");
      assertThat(seen.status()).as(seen.toString()).isEqualTo(200);
      assertThat(seen.header("Content-Type")).isEqualTo("image/png");
      assertThat(seen.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
      assertThat(ImageIO.read(new ByteArrayInputStream(seen.body())).getWidth()).isEqualTo(1_200);
    }
    assertThat(merchant.get(dispute + "/evidence/1/file").body()).isEqualTo(png.toByteArray());
    assertThat(merchant.get(dispute + "/evidence/2/preview").code()).isEqualTo("NO_PREVIEW");
    assertThat(stranger.get(dispute + "/evidence/1/preview").code()).isEqualTo("NOT_FOUND");
    assertThat(buyer.get(dispute + "/evidence/1/custody").json().path("items").valueStream()
        .map(it -> it.path("act").asString())).containsExactly("GAVE", "SAW", "SAW", "DOWNLOADED");
  }

  @Test void bytes_that_rot_or_go_missing_are_found_and_named() throws Exception {
    var dispute = dispute();
    var rotten = Sent.text("rotten.txt", "rotten " + dispute);
    var gone = Sent.text("gone.txt", "gone " + dispute);
    give(buyer, dispute, upload(buyer, dispute, rotten), "");
    give(buyer, dispute, upload(buyer, dispute, gone), "");
    var vault = server.centre.the(Vault.class);
    var kept = server.centre.the(Kept.class);
    assertThat(Soundness.check(vault, kept, _ -> {}).broken()).isZero();
    vault.delete(sha256(gone.bytes()));
    rot(sha256(rotten.bytes()));
    var found = new ArrayList<String>();
    assertThat(Soundness.check(vault, kept, it -> found.addAll(it.uses())).broken()).isEqualTo(2);
    var id = dispute.substring(dispute.lastIndexOf('/') + 1);
    assertThat(found).containsExactlyInAnyOrder(id + " evidence 1", id + " evidence 2");
    server.wait(Duration.ofHours(25));
    assertThat(server.centre.the(Sweeping.class).sweep().broken()).isEqualTo(2);
    assertThat(kept.broken()).isEqualTo(2);
    assertThat(buyer.get(dispute + "/evidence/2/file").code()).isEqualTo("EVIDENCE_GONE");
  }

  /** One bit of what lies on the disk turns over. */
  private static void rot(String name) throws IOException {
    Path folder;
    try (var staged = server.centre.the(Vault.class).stage(InputStream.nullInputStream(), 0)) {
      folder = staged.file().resolve("..").resolve("..").normalize();
    }
    var file = folder.resolve("kept").resolve(name.substring(0, 2)).resolve(name);
    var bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    Files.write(file, bytes);
  }

  @Test void the_same_bytes_again_are_told() {
    var dispute = dispute();
    give(merchant, dispute, upload(merchant, dispute, Sent.text("a.txt", "the very same")), "");
    give(merchant, dispute, upload(merchant, dispute, Sent.text("b.txt", "the very same")),
        ",\"visibility\":\"GIVER\"");
    var again = buyer.form(dispute + "/uploads", Sent.text("c.txt", "the very same"), Sent.text("d.txt", "another"));
    assertThat(again.json().path("items").path(0).path("sameAs").toString()).isEqualTo("[1]");
    assertThat(again.json().path("items").path(1).path("sameAs").toString()).isEqualTo("[]");
  }

  @Test void submitting_under_one_key_twice_gives_one_piece() {
    var dispute = dispute();
    var upload = upload(buyer, dispute, Sent.text("a.txt", "once"));
    var first = give(buyer, dispute, upload, "", "Idempotency-Key", dispute);
    var second = give(buyer, dispute, upload, "", "Idempotency-Key", dispute);
    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(buyer.get(dispute + "/evidence").json().path("items").size()).isEqualTo(1);
  }

  @Test void a_draft_the_rules_refuse_stays_a_draft() {
    var dispute = dispute();
    var upload = upload(buyer, dispute, Sent.text("a.txt", "x"));
    assertThat(give(buyer, dispute, upload, ",\"request\":7").code()).isEqualTo("NO_SUCH_REQUEST");
    assertThat(give(buyer, dispute, upload, "", "If-Match", "\"99\"").code()).isEqualTo("VERSION_MISMATCH");
    assertThat(buyer.get(dispute + "/uploads/" + upload).json().path("state").asString()).isEqualTo("READY");
    assertThat(give(merchant, dispute, upload, "").code()).isEqualTo("NOT_FOUND");
    assertThat(give(buyer, dispute, "upl_none", "").code()).isEqualTo("NOT_FOUND");
    assertThat(give(buyer, dispute, upload, "").status()).isEqualTo(200);
  }

  @Test void a_hash_without_its_file_is_no_evidence_and_the_answer_says_to_upload_it_first() {
    var dispute = dispute();
    for (var more : List.of("", ",\"sha256\":\"" + "ab".repeat(32) + "\"")) {
      var refused = buyer.post(dispute + "/evidence", "{\"evidenceType\":\"PHOTO_OF_ITEM\"" + more + "}");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.code()).isEqualTo("UPLOAD_NEEDED");
      assertThat(refused.json().path("detail").asString()).contains("first", "uploads");
    }
    var upload = upload(buyer, dispute, Sent.text("a.txt", "x"));
    assertThat(give(buyer, dispute, upload, ",\"sha256\":\"" + "ab".repeat(32) + "\"").code()).isEqualTo(
        "UPLOAD_NEEDED");
    assertThat(buyer.get(dispute + "/evidence").json().path("items").size()).isZero();
    assertThat(give(buyer, dispute, upload, "").status()).isEqualTo(200);
  }

  @Test void what_was_given_as_a_hash_alone_in_former_times_is_marked_as_kept_elsewhere() {
    var dispute = dispute();
    server.elsewhere(dispute.substring("/v1/disputes/".length()), Role.BUYER, "buyer-1");
    assertThat(buyer.get(dispute + "/evidence").json().path("items").path(0).path("stored").asBoolean()).isFalse();
    assertThat(buyer.get(dispute + "/evidence/1/file").code()).isEqualTo("EVIDENCE_ELSEWHERE");
  }

  @Test void a_bad_file_turns_the_whole_form_away_with_its_reason() {
    var dispute = dispute();
    var got = buyer.form(dispute + "/uploads", Sent.text("a.txt", "good"),
        new Sent("b.jpg", "image/jpeg", "<svg onload=alert(1)>".getBytes(UTF_8)));
    assertThat(got.status()).as(got.toString()).isIn(415, 422);
    assertThat(got.header("Content-Type")).startsWith("application/problem+json");
    assertThat(got.json().path("field").asString()).isEqualTo("file");
    assertThat(buyer.get(dispute + "/uploads").json().path("items").size()).isZero();
  }

  @Test void what_is_too_large_too_much_or_cut_off_is_turned_away() throws Exception {
    var dispute = dispute();
    var path = dispute + "/uploads";
    var large = buyer.form(path, new Sent("a.txt", "text/plain", prose((int) Bounds.FILE + 1, 3)));
    assertThat(large.code()).isEqualTo("FILE_TOO_LARGE");
    assertThat(large.status()).isEqualTo(413);
    var eleven = new Sent[11];
    Arrays.fill(eleven, Sent.text("a.txt", "x"));
    assertThat(buyer.form(path, eleven).code()).isEqualTo("TOO_MANY_FILES");
    var six = new Sent[6];
    Arrays.fill(six, new Sent("a.txt", "text/plain", prose(9 << 20, 4)));
    assertThat(buyer.form(path, six).code()).isEqualTo("REQUEST_TOO_LARGE");
    var whole = Courier.body(List.of(Sent.text("a.txt", "cut off somewhere in the middle of this")));
    for (int length : new int[] {0, 10, 100, whole.length - 30}) {
      var cut = buyer.send("POST", path, BodyPublishers.ofByteArray(whole, 0, length), "Content-Type",
          "multipart/form-data; boundary=" + Courier.boundary());
      assertThat(cut.code()).as(length + " " + cut).isIn("UPLOAD_BROKEN", "FIELD_MISSING");
    }
    assertThat(buyer.post(path, "{}").code()).isEqualTo("MEDIA_TYPE");
    var field = "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--b--\r\n";
    assertThat(buyer.send("POST", path, BodyPublishers.ofString(field), "Content-Type",
        "multipart/form-data; boundary=b").code()).isEqualTo("FIELD_UNKNOWN");
    assertThat(buyer.get(path).json().path("items").size()).isZero();
  }

  @Test void a_file_comes_in_parts_and_goes_on_where_it_stopped() throws Exception {
    var dispute = dispute();
    var bytes = prose(300_000, 5);
    var begun = begin(dispute, bytes.length, "parts.txt");
    assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
    var place = begun.header("Location");
    assertThat(begun.header("Upload-Offset")).isEqualTo("0");
    var first = part(place, 0, Arrays.copyOfRange(bytes, 0, 100_000));
    assertThat(first.status()).as(first.toString()).isEqualTo(204);
    assertThat(first.header("Upload-Offset")).isEqualTo("100000");
    assertThat(part(place, 0, Arrays.copyOfRange(bytes, 0, 10)).code()).isEqualTo("OFFSET_MISMATCH");
    var head = buyer.send("HEAD", place, BodyPublishers.noBody());
    assertThat(head.header("Upload-Offset")).isEqualTo("100000");
    assertThat(head.header("Upload-Length")).isEqualTo("300000");
    assertThat(head.header("Cache-Control")).contains("no-store");
    var upload = place.substring(place.lastIndexOf('/') + 1);
    assertThat(give(buyer, dispute, upload, "").code()).isEqualTo("UPLOAD_INCOMPLETE");
    var rest = Arrays.copyOfRange(bytes, 100_000, bytes.length);
    var wrong = part(place, 100_000, rest, "Upload-Checksum", "sha1 " + base64("SHA-1", bytes));
    assertThat(wrong.status()).isEqualTo(460);
    assertThat(part(place, 100_000, rest, "Upload-Checksum", "md5 abc").code()).isEqualTo("CHECKSUM_UNKNOWN");
    var last = part(place, 100_000, rest, "Upload-Checksum", "sha1 " + base64("SHA-1", rest));
    assertThat(last.status()).as(last.toString()).isEqualTo(204);
    assertThat(buyer.get(place).json().path("sha256").asString()).isEqualTo(sha256(bytes));
    assertThat(give(buyer, dispute, upload, "").status()).isEqualTo(200);
    assertThat(merchant.get(dispute + "/evidence/1/file").body()).isEqualTo(bytes);
  }

  @Test void what_came_before_the_line_broke_is_kept() throws Exception {
    var dispute = dispute();
    var bytes = prose(50_000, 6);
    var place = begin(dispute, bytes.length, "broken.txt").header("Location");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.centre.port())) {
      var out = socket.getOutputStream();
      out.write(("PATCH " + place + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
          + server.key(Role.BUYER, "buyer-1") + "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: "
          + "application/offset+octet-stream\r\nContent-Length: 50000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes, 0, 20_000);
      out.flush();
    }
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (offset(place) == 0 && System.nanoTime() < deadline) Thread.onSpinWait();
    int offset = offset(place);
    assertThat(offset).isBetween(1, 20_000);
    part(place, offset, Arrays.copyOfRange(bytes, offset, bytes.length));
    assertThat(buyer.get(place).json().path("sha256").asString()).isEqualTo(sha256(bytes));
  }

  private static int offset(String place) {
    return Integer.parseInt(buyer.get(place).header("Upload-Offset"));
  }

  @Test void a_file_in_parts_that_may_not_come_in_is_forgotten() {
    var dispute = dispute();
    var bytes = new byte[] {'M', 'Z', 0, 1, 2, 3, 4, 5};
    var place = begin(dispute, bytes.length, "tool.exe").header("Location");
    var got = part(place, 0, bytes);
    assertThat(got.status()).as(got.toString()).isBetween(400, 422);
    assertThat(got.json().path("code").asString()).isNotBlank();
    assertThat(buyer.get(place).code()).isEqualTo("NOT_FOUND");
  }

  @Test void resumable_uploads_say_what_they_can() {
    var dispute = dispute();
    var options = buyer.send("OPTIONS", dispute + "/uploads", BodyPublishers.noBody());
    assertThat(options.header("Tus-Version")).isEqualTo("1.0.0");
    assertThat(options.header("Tus-Extension")).contains("creation", "checksum");
    assertThat(buyer.send("POST", dispute + "/uploads", BodyPublishers.noBody(), "Tus-Resumable", "2.0.0",
        "Upload-Length", "5").status()).isEqualTo(412);
    assertThat(begin(dispute, Bounds.FILE + 1, "a.txt").code()).isEqualTo("FILE_TOO_LARGE");
    assertThat(begin(dispute, 0, "a.txt").code()).isEqualTo("FIELD_VALUE");
  }

  @Test void drafts_nobody_submits_are_swept_with_their_bytes_and_evidence_stays() throws Exception {
    var dispute = dispute();
    var kept = Sent.text("kept.txt", "kept " + dispute);
    var left = Sent.text("left.txt", "left " + dispute);
    give(buyer, dispute, upload(buyer, dispute, kept), "");
    upload(buyer, dispute, left);
    var place = begin(dispute, 10, "half.txt").header("Location");
    var half = ("half " + dispute).substring(0, 9).getBytes(UTF_8);
    part(place, 0, half);
    var vault = server.centre.the(Vault.class);
    var sweeping = server.centre.the(Sweeping.class);
    sweeping.sweep();
    assertThat(vault.has(sha256(left.bytes()))).isTrue();
    server.wait(Bounds.DRAFT.plusHours(1));
    sweeping.sweep();
    assertThat(vault.has(sha256(left.bytes()))).isFalse();
    assertThat(vault.has(sha256(half))).isFalse();
    assertThat(vault.has(sha256(kept.bytes()))).isTrue();
    assertThat(buyer.get(dispute + "/uploads").json().path("items").size()).isZero();
    assertThat(buyer.get(dispute + "/evidence/1/file").body()).isEqualTo(kept.bytes());
  }

  @Test void what_was_said_can_be_sealed_as_evidence() {
    var dispute = dispute();
    merchant.post(dispute + "/messages", "{\"text\":\"We are looking for it.\"}");
    merchant.post(dispute + "/offers", """
        {"terms":{"remedy":"PARTIAL_REFUND","amount":4000,"currency":"EUR"},"text":"Would this do?"}""");
    var sealed = buyer.post(dispute + "/evidence/thread", "{}", "Idempotency-Key", "seal-1");
    assertThat(sealed.status()).as(sealed.toString()).isEqualTo(200);
    assertThat(buyer.post(dispute + "/evidence/thread", "{}", "Idempotency-Key", "seal-1")
        .header("Idempotent-Replayed")).isEqualTo("true");
    var pieces = merchant.get(dispute + "/evidence").json().path("items");
    assertThat(pieces.size()).isEqualTo(1);
    assertThat(pieces.path(0).path("evidenceType").asString()).isEqualTo("CHAT_LOG");
    var thread = merchant.get(dispute + "/evidence/1/file");
    assertThat(thread.header("Content-Disposition")).startsWith("attachment;");
    assertThat(thread.json().path("thread").valueStream()
        .map(it -> it.path("by").asString() + " " + it.path("type").asString() + " " + it.path("text").asString()))
        .containsExactly("BUYER Filed It does not work.", "MERCHANT MessageSent We are looking for it.",
            "MERCHANT OfferMade Would this do?");
    assertThat(thread.json().path("thread").path(2).path("terms").path("promises").path(0).path("minor").asLong())
        .isEqualTo(4_000);
    assertThat(mediator.post(dispute + "/evidence/thread", "{}").code()).isEqualTo("ROLE_MISSING");
  }

  @Test void the_checklist_tells_what_helps_what_is_asked_for_and_what_is_there() {
    var dispute = dispute();
    var before = buyer.get(dispute + "/evidence-checklist", "Accept-Language", "en").json();
    assertThat(before.path("open").asBoolean()).isTrue();
    assertThat(before.path("helps").valueStream().map(it -> it.path("side").asString()).distinct())
        .containsExactly("BUYER");
    assertThat(before.path("helps").path(0).path("words").asString()).startsWith("The order");
    assertThat(mediator.get(dispute + "/evidence-checklist").json().path("helps").valueStream()
        .map(it -> it.path("side").asString()).distinct()).containsExactly("BUYER", "MERCHANT");
    server.wait(Duration.ofHours(73));
    assertThat(buyer.post(dispute + "/escalation", "{}").status()).isEqualTo(200);
    assertThat(mediator.post(dispute + "/assignment", "{}").status()).isEqualTo(200);
    var asked = mediator.post(dispute + "/evidence-requests", """
        {"requests":[{"side":"BUYER","types":["CHAT_LOG","PHOTO_OF_ITEM"]}],"within":"P2D"}""");
    assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
    var first = upload(buyer, dispute, Sent.text("a.txt", "what we said"));
    upload(buyer, dispute, Sent.text("b.txt", "a draft"));
    assertThat(give(buyer, dispute, first, ",\"request\":1").status()).isEqualTo(200);
    var after = buyer.get(dispute + "/evidence-checklist").json();
    assertThat(after.path("requests").path(0).path("supplied").toString()).isEqualTo("[\"CHAT_LOG\"]");
    assertThat(after.path("requests").path(0).path("missing").toString()).isEqualTo("[\"PHOTO_OF_ITEM\"]");
    assertThat(after.path("requests").path(0).path("open").asBoolean()).isTrue();
    assertThat(after.path("drafts").size()).isEqualTo(1);
    assertThat(after.path("until").asString()).isEqualTo(after.path("requests").path(0).path("due").asString());
    assertThat(merchant.get(dispute + "/evidence-checklist").json().path("drafts").size()).isZero();
  }

  private static Got begin(String dispute, long length, String name) {
    return buyer.send("POST", dispute + "/uploads", BodyPublishers.noBody(), "Tus-Resumable", "1.0.0",
        "Upload-Length", "" + length, "Upload-Metadata",
        "filename " + Base64.getEncoder().encodeToString(name.getBytes(UTF_8)) + ",filetype");
  }

  private static Got part(String place, long offset, byte[] bytes, String... more) {
    var headers = new ArrayList<>(List.of("Tus-Resumable", "1.0.0", "Upload-Offset", "" + offset,
        "Content-Type", "application/offset+octet-stream"));
    headers.addAll(List.of(more));
    return buyer.send("PATCH", place, BodyPublishers.ofByteArray(bytes), headers.toArray(String[]::new));
  }

  private static String base64(String algorithm, byte[] bytes) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance(algorithm).digest(bytes));
  }
}
