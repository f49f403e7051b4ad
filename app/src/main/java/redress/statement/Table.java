package redress.statement;

import java.io.IOException;

/** A statement that is a table, in a text or a spreadsheet, read by a {@link Mapping}. */
final class Table implements Format {
  private static final int LINES_OF_SHAPE = 3;

  private final Mapping mapping;

  Table(Mapping mapping) {
    this.mapping = mapping;
  }

  @Override public String name() {
    return mapping.format();
  }

  /** What it is a statement of, in words. */
  String about() {
    return mapping.about();
  }

  boolean isRefused() {
    return mapping.refuse() != null;
  }

  @Override public boolean recognises(Sample sample) {
    var says = mapping.says();
    if (says != null && !sample.says(says)
        && sample.rows().stream().noneMatch(row -> row.cells().toString().contains(says))) {
      return false;
    }
    return mapping.header().isEmpty() ? hasShape(sample)
        : sample.header(mapping.header(), mapping.separator()).isPresent();
  }

  /** A table without a header is known by what its first rows look like. */
  private boolean hasShape(Sample sample) {
    var shape = mapping.shape();
    var rows = (sample.isText() ? Cells.rows(sample.lines(), mapping.separator()) : sample.rows()).stream()
        .filter(row -> !row.isBlank()).limit(LINES_OF_SHAPE).toList();
    return !shape.isEmpty() && !rows.isEmpty() && rows.stream().allMatch(row -> {
      if (row.cells().size() != shape.size()) return false;
      for (int i = 0; i < shape.size(); i++) if (!shape.get(i).matcher(row.cell(i)).matches()) return false;
      return true;
    });
  }

  @Override public void read(Source source, Ledger ledger) throws IOException {
    if (mapping.refuse() != null) throw new Refusal("NOT_A_STATEMENT", mapping.refuse());
    ledger.book(mapping.book());
    var charset = mapping.encoding() == null ? source.charset() : mapping.encoding();
    var reader = new TableReader(mapping, ledger);
    new Source(source.path(), source.kind(), charset, source.hash(), source.taken()).rows(mapping.separator(), ledger,
        reader::row);
    reader.end();
  }
}
