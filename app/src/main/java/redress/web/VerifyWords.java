package redress.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import redress.door.Language;

/**
 * The sentences of the stand-alone verifier, which speaks English, in Chinese. What has no Chinese here is told as it
 * was said.
 */
final class VerifyWords {
  private static final Map<Pattern, String> CHINESE = new LinkedHashMap<>();

  private VerifyWords() {}

  static {
    // @formatter:off
    put("Dispute (.+), as (.+) may see it, exported at (.+)\\.", "纠纷单 $1，以 $2 的可见范围于 $3 导出。");
    put("All (\\d+) files are, byte for byte, those that the manifest lists\\.", "全部 $1 个文件与清单逐字节一致。");
    put("Whose key that is: the bundle brings it along\\. Compare (.+) with what the platform publishes, or give the key you know with --key\\.",
        "密钥归属：密钥由证明包自带。请与平台公布的密钥比对，或在下方填写您已知的密钥。$1");
    put("The key you gave is the log's\\.", "您填写的密钥就是该日志的密钥。");
    put("The key you gave is the log's; it handed over to today's, (.+)\\.", "您填写的密钥属于该日志，并已交接给当前密钥 $1。");
    put("The manifest, and with it every file, is sealed by (.+)\\.", "清单及其中每个文件均由日志密钥封印：$1。");
    put("The log had (\\d+) entries with the root ([0-9a-f]+): so says its signed checkpoint\\.", "日志共有 $1 条记录，以其签名检查点为证（根 $2）。");
    put("It only grew until it had (\\d+) entries, in the newer checkpoint\\.", "此后日志只增不改，直至较新检查点的 $1 条。");
    put("Entries (\\d+) to (\\d+) are one unbroken chain, and each is in the log's tree\\.", "第 $1 至 $2 条记录首尾相接，且每条都在日志的树中。");
    put("Entries 1 to (\\d+): they are from before the log was kept\\.", "第 1 至 $1 条记录：早于日志启用。");
    put("What happened after entry (\\d+), and that nobody sees .+", "第 $1 条之后发生的事；检查点签署前的最后一分钟外界无从得知，须与见证方比对。");
    put("(\\d+) parts of entries are shown and are what was committed to when they happened\\.", "已展示 $1 个记录部分，均与发生当时的承诺一致。");
    put("What is not shown to this reader: (.+?)\\. These parts exist and cannot have changed since; what they say stays closed\\.",
        "未向此读者展示的部分：$1。这些部分确实存在且未被更改，内容不公开。");
    put("(\\d+) movements? of money shown; in each, debits equal credits\\.", "已展示 $1 笔资金变动，每笔借贷相等。");
    put("(\\d+) texts?, letter for letter as written\\.", "$1 段文字与当时所写逐字一致。");
    put("(\\d+) texts? not here: erased, or not this reader's to read\\. Only how long each was is known\\.", "$1 段文字不在此处：已删除，或此读者无权查看，仅知其长度。");
    put("(\\d+) files? of evidence, byte for byte as submitted\\.", "$1 份凭证文件与提交时逐字节一致。");
    put("What evidence (.+) shows: the log holds its hash, the file is not in this bundle\\.", "凭证 $1 的内容：日志存有其哈希，文件不在此证明包中。");
    put("The terms of .+ those whose hash was agreed to\\.", "和解条款与双方同意的条款哈希一致。");
    put("How it ended: no signed result is in this bundle\\.", "处理结果：证明包中没有签名的结果。");
    put("The result, (\\S+) after entry (\\d+), is signed with key (\\S+) and is about this dispute, these terms and this evidence\\.",
        "结果（$1，第 $2 条之后）由密钥 $3 签名，针对本纠纷、这些条款和这些凭证。");
    put("That the log held entry (\\d+) when the result was signed: the result does not say so\\.", "签署结果时日志是否已有第 $1 条：结果未说明。");
    put("When the result was signed the log had (\\d+) entries, entry (\\d+) among them, and has only grown since\\.", "签署结果时日志有 $1 条记录，含第 $2 条；此后只增不改。");
    put("When (\\S+) was made, and of which result: the log is not asked here\\.", "$1 的制作时间及所属结果：此处未查日志。");
    put("What a paper says, and the signature inside it: .+", "结果文件（PDF）的文字内容及其内部签名：请用 PDF 阅读器查看。此处仅证明其字节未变。");
    put("(\\S+) is, byte for byte, the paper of this result that was made at (\\S+): so says the log\\.", "$1 与日志所载逐字节一致，是本结果于 $2 制作的文件。");
    // @formatter:on
  }

  private static void put(String said, String chinese) {
    CHINESE.put(Pattern.compile(said, Pattern.DOTALL), chinese);
  }

  /** What was said, in this language. */
  static String say(Language language, String said) {
    if (language == Language.EN) return said;
    for (var it : CHINESE.entrySet()) {
      var found = it.getKey().matcher(said);
      if (found.matches()) return found.replaceFirst(it.getValue());
    }
    return said;
  }
}
