package redress.web;

import com.microsoft.playwright.Page;
import java.util.function.Consumer;

/**
 * One state of one page that a tour of the centre stops at: its name, who reads it, its address ({@code {name}} stands
 * for the address of that dispute), and what the reader does there first, in whatever language.
 */
record Stop(String name, Guest guest, String address, Consumer<Page> act) {

  static Stop at(String name, Guest guest, String address) {
    return new Stop(name, guest, address, page -> {});
  }

  Stop after(Consumer<Page> act) {
    return new Stop(name, guest, address, act);
  }

  @Override public String toString() {
    return name;
  }
}
