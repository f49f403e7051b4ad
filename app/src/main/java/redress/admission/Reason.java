package redress.admission;

/**
 * Every way a file is turned away. The name is the API's error code; the words are for people and say what to do.
 */
public enum Reason {
  // @formatter:off
  FILE_EMPTY           (422, "The file is empty; choose it again.", "文件为空，请重新选择。"),
  FILE_TOO_LARGE       (413, "The file is larger than 10 MB; make it smaller or send it in parts.", "文件超过 10 MB，请压缩或拆分后上传。"),
  FILE_DAMAGED         (422, "The file is cut off or damaged; save it anew and send it again.", "文件不完整或已损坏，请重新保存后上传。"),
  FILE_TYPE_NOT_TAKEN  (415, "Files of this type are not taken; send a jpg, png, gif, webp, pdf, txt or mp4.", "不支持此类文件，请上传 jpg、png、gif、webp、pdf、txt 或 mp4。"),
  ARCHIVE_NOT_TAKEN    (415, "Archives are not taken; send the files in it one by one.", "不接收压缩包，请解压后逐个上传。"),
  OFFICE_NOT_TAKEN     (415, "Office files are not taken; save the document as PDF and send that.", "不接收 Office 文件，请另存为 PDF 后上传。"),
  ACTIVE_CONTENT       (422, "The file holds a web page, a drawing with markup or a script; send a picture of it or a PDF.", "文件含有网页、矢量标记或脚本，请改为上传图片或 PDF。"),
  NAME_DISAGREES       (422, "The ending of the file's name does not fit what is in it; give it its right ending.", "文件扩展名与内容不符，请改为正确的扩展名。"),
  NAME_HOLDS_CARD      (422, "The file's name holds the number of a payment card; give it another name. Nothing of it was kept.", "文件名中含有银行卡号，请重命名后上传；系统未保存任何内容。"),
  TYPE_DISAGREES       (422, "The type told with the file is not what is in it; send the right type or none.", "声明的文件类型与内容不符，请更正或不填。"),
  TWO_FILES_IN_ONE     (422, "The file is of two types at once; save it anew with an ordinary program.", "文件同时包含两种类型，请用常用软件重新保存。"),
  DATA_BEHIND_END      (422, "Something else hangs behind the end of the file; save it anew, pictures without the moving part.", "文件末尾附有其他数据，请重新保存（动态照片请导出为普通图片）。"),
  TOO_MANY_PIXELS      (422, "The picture is too large; at most 100 million pixels and 30,000 a side.", "图片尺寸过大，最多 1 亿像素、单边 30000 像素。"),
  TOO_MANY_FRAMES      (422, "The moving picture has too many frames; send a shorter one or an mp4.", "动图帧数过多，请缩短或改为 mp4。"),
  TOO_MANY_PAGES       (422, "The document has more than 1,000 pages; send the pages that matter.", "文档超过 1000 页，请只上传相关页面。"),
  UNPACKS_TOO_LARGE    (422, "The file is many times larger once unpacked; save it anew in an ordinary way.", "文件解压后体积异常，请用常用软件重新保存。"),
  TOO_COMPLICATED      (422, "The file takes too long or too much to look through; print it to a new PDF or save it anew.", "文件结构过于复杂，无法检查，请打印为新的 PDF 或重新保存。"),
  PDF_ENCRYPTED        (422, "The PDF is protected by encryption; save it without and send that.", "PDF 已加密，请取消加密后上传。"),
  PDF_SCRIPT           (422, "The PDF holds a script; print it to a new PDF and send that.", "PDF 含有脚本，请打印为新的 PDF 后上传。"),
  PDF_ACTION           (422, "The PDF starts a program, sends data or opens something by itself; print it to a new PDF.", "PDF 含有启动程序、发送数据或自动打开的动作，请打印为新的 PDF 后上传。"),
  PDF_ATTACHMENT       (422, "The PDF has a file attached that is no electronic invoice; send that file by itself.", "PDF 内嵌有非电子发票的附件，请将附件单独上传。"),
  PDF_LIVE_FORM        (422, "The PDF is a live XFA form; print it to a new PDF and send that.", "PDF 为 XFA 动态表单，请打印为新的 PDF 后上传。"),
  PDF_OUTSIDE_DATA     (422, "The PDF takes parts of itself from elsewhere; print it to a new PDF and send that.", "PDF 引用了外部数据，请打印为新的 PDF 后上传。"),
  INVOICE_XML_REFUSED  (422, "The electronic invoice in the PDF is no plain XML invoice; ask its maker for a right one.", "PDF 中的电子发票 XML 不符合要求，请向开票方索取正确文件。"),
  TEXT_ENCODING        (422, "The text is neither UTF-8, UTF-16 with its mark, nor GB18030; save it as UTF-8.", "文本编码无法识别，请另存为 UTF-8。"),
  TEXT_CONTROLS        (422, "The text holds control characters; save it as plain text.", "文本含有控制字符，请另存为纯文本。"),
  VIDEO_OUTSIDE_DATA   (422, "The video takes its pictures from another file; export it as one file.", "视频引用了外部文件，请导出为单个文件。"),
  MALWARE              (422, "A virus scanner knows this file as harmful. Do not open it; check your device.", "文件被识别为恶意程序，请勿打开，并检查您的设备。"),
  SCANNER_AWAY         (503, "The file cannot be scanned for viruses just now; send it again in a few minutes.", "暂时无法进行病毒扫描，请几分钟后重新上传。");
  // @formatter:on

  /** The HTTP status it is answered with. */
  public final int status;
  /** What to do, in English. */
  public final String english;
  /** What to do, in Chinese. */
  public final String chinese;

  Reason(int status, String english, String chinese) {
    this.status = status;
    this.english = english;
    this.chinese = chinese;
  }

  /** Whether the same file may be taken a little later. */
  public boolean isTemporary() { return status == 503; }
}
