package redress.admission;

/** What comes of looking at a file: it may come in as what it is, or it may not and why. */
public sealed interface Verdict {

  /**
   * The file may come in.
   *
   * @param mediaType what it is, found from its content; text carries its charset
   * @param extension the usual ending for that, without the dot
   * @param safeName the giver's name for it, harmless and with a right ending; to be shown, never a path
   * @param pages pages of a document, frames of a picture, 1 for the rest
   * @param pixels width times height of a picture or of a video's picture; 0 for the rest
   */
  record Admitted(String mediaType, String extension, String safeName, int pages, long pixels) implements Verdict {}

  /**
   * The file may not come in.
   *
   * @param reason what to tell people
   * @param detail what was found and where, in English, for whoever looks closer; says nothing of the file's content
   */
  record Refused(Reason reason, String detail) implements Verdict {}
}
