package redress.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The methods and types of source files as the compiler sees them: where they begin, how long they are, what is said of
 * them.
 */
final class Outline extends TreePathScanner<@Nullable Void, String> {
  /** A method with the line its body opens on and the number of lines to its closing brace. */
  record Method(String path, long line, String name, long lines) {}

  /** A top-level type and whether a Javadoc comment says what it is. */
  record Type(String path, long line, String name, boolean described) {}

  final List<Method> methods = new ArrayList<>();
  final List<Type> types = new ArrayList<>();
  private final DocTrees trees;

  private Outline(DocTrees trees) { this.trees = trees; }

  static Outline of(List<Source> sources) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null,
        sources.stream().map(Unit::new).toList());
    var outline = new Outline(DocTrees.instance(task));
    try {
      for (var unit : task.parse()) outline.scan(unit, unit.getSourceFile().getName().substring(1));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return outline;
  }

  @Override public @Nullable Void visitMethod(MethodTree method, String path) {
    if (method.getBody() != null) {
      var unit = getCurrentPath().getCompilationUnit();
      long first = line(unit, trees.getSourcePositions().getStartPosition(unit, method.getBody()));
      long last = line(unit, trees.getSourcePositions().getEndPosition(unit, method.getBody()) - 1);
      methods.add(new Method(path, first, method.getName().toString(), last - first + 1));
    }
    return super.visitMethod(method, path);
  }

  @Override public @Nullable Void visitClass(ClassTree type, String path) {
    var unit = getCurrentPath().getCompilationUnit();
    if (unit.getTypeDecls().contains(type)) {
      long line = line(unit, trees.getSourcePositions().getStartPosition(unit, type));
      var comment = trees.getDocComment(getCurrentPath());
      types.add(new Type(path, line, type.getSimpleName().toString(), comment != null && !comment.isBlank()));
    }
    return super.visitClass(type, path);
  }

  private static long line(CompilationUnitTree unit, long position) {
    return unit.getLineMap().getLineNumber(position);
  }

  private static final class Unit extends SimpleJavaFileObject {
    private final Source source;

    Unit(Source source) {
      super(URI.create("memory:///" + source.path()), JavaFileObject.Kind.SOURCE);
      this.source = source;
    }

    @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) { return source.text(); }
  }
}
