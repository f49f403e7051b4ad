package redress.admission;

import static redress.admission.Pictures.be16;
import static redress.admission.Pictures.be32;
import static redress.admission.Pictures.bytes;
import static redress.admission.Pictures.joined;
import static redress.admission.Pictures.latin;

import java.util.ArrayList;
import java.util.List;

/** Makes videos box by box (ISO/IEC 14496-12). */
final class Videos {
  private Videos() {}

  static byte[] box(String name, byte[]... body) {
    var all = joined(body);
    return joined(be32(all.length + 8), latin(name), all);
  }

  static byte[] longBox(String name, byte[] body) {
    return joined(be32(1), latin(name), be32(0), be32(body.length + 16), body);
  }

  static byte[] openBox(String name, byte[] body) {
    return joined(be32(0), latin(name), body);
  }

  static byte[] brand(String major, String... others) {
    return box("ftyp", latin(major), be32(512), latin(String.join("", others)));
  }

  /** A whole video with its description first. */
  static byte[] video(String brand, int width, int height, int samples, boolean withSound) {
    return joined(brand(brand, "isom", "mp41"), movie(width, height, samples, withSound, source(true)), box("mdat",
        new byte[samples * 100]));
  }

  static byte[] movie(int width, int height, int samples, boolean withSound, byte[] source) {
    var parts = new ArrayList<byte[]>(List.of(movieHead(), track(1, width, height, "vide", samples, source)));
    if (withSound) parts.add(track(2, 0, 0, "soun", samples, source));
    return box("moov", parts.toArray(byte[][]::new));
  }

  static byte[] movieHead() {
    return box("mvhd", be32(0), be32(0), be32(0), be32(1000), be32(5000), be32(0x10000), new byte[76]);
  }

  static byte[] source(boolean isWithin) {
    return box("dref", be32(0), be32(1), isWithin ? box("url ", be32(1)) : box("url ", be32(0), latin(
        "http://example.org/other.mp4\0")));
  }

  static byte[] track(int number, int width, int height, String kind, int samples, byte[] source) {
    return box("trak", trackHead(number, width, height), box("mdia", box("mdhd", new byte[24]), box("hdlr", be32(0),
        be32(0), latin(kind), new byte[13]),
        box("minf", kind.equals("vide") ? box("vmhd", new byte[12])
            : box("smhd", new byte[8]), box("dinf", source), box("stbl", tables(samples)))));
  }

  static byte[] trackHead(int number, int width, int height) {
    return box("tkhd", be32(7), be32(0), be32(0), be32(number), be32(0), be32(5000), new byte[8], be16(0), be16(0),
        be16(0), be16(0), new byte[36], be32(width << 16), be32(height << 16));
  }

  static byte[] tables(int samples) {
    var sizes = new byte[samples][];
    for (int i = 0; i < samples; i++) sizes[i] = be32(100);
    return joined(box("stsd", be32(0), be32(1), box("avc1", new byte[78])), box("stts", be32(0), be32(1), be32(samples),
        be32(40)), box("stsc", be32(0), be32(1), be32(1), be32(samples), be32(1)),
        box("stsz", be32(0), be32(0), be32(
            samples), joined(sizes)),
        box("stco", be32(0), be32(1), be32(1000)));
  }

  /** A video in pieces, as they are streamed. */
  static byte[] inPieces(int width, int height, int pieces) {
    var all = new ArrayList<byte[]>(List.of(brand("iso5", "dash"), box("moov", movieHead(), track(1, width, height,
        "vide", 0, source(true)), box("mvex", box("trex", new byte[24])))));
    for (int i = 0; i < pieces; i++) {
      all.add(box("moof", box("mfhd", be32(0), be32(i)), box("traf", box("tfhd", be32(0), be32(1)), box("trun", be32(0),
          be32(0)))));
      all.add(box("mdat", bytes(1, 2, 3, 4)));
    }
    return joined(all.toArray(byte[][]::new));
  }
}
