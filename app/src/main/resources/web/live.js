// Pages that keep up: the server says that something is new, the page fetches itself again, and only what differs is
// changed. What somebody is typing, where they are and what they have opened stays. Without scripts a page is as good
// as its last loading.
"use strict";
(() => {
  const zh = document.documentElement.lang.startsWith("zh");
  const main = () => document.getElementById("main");
  let source = null, told = "", skew = 0, waiting = 0, again = 0;

  // Whether somebody is at work in this form: a field that differs from what was sent, is being written in, or is
  // explained as wrong.
  const differs = it => it.type === "checkbox" || it.type === "radio" ? it.checked !== it.defaultChecked
    : it.type === "file" ? it.files.length > 0
      : it.tagName === "SELECT" ? [...it.options].some(o => o.selected !== o.defaultSelected) && it.dataset.touched
        : it.type !== "hidden" && it.value !== it.defaultValue;
  const busy = el => el.nodeType === 1 && (el.contains(document.activeElement) && el.matches("form,.done")
    || el.matches(".done") || (el.matches("form") && (el.querySelector(".problem") !== null
      || [...el.querySelectorAll("input,select,textarea")].some(differs)))
    || [...el.children].some(busy));
  document.addEventListener("change", event => { event.target.dataset.touched = "yes"; });

  const name = el => el.nodeType === 1 ? el.id || el.getAttribute("aria-labelledby") || "" : "";
  const alike = (a, b) => a.nodeName === b.nodeName && name(a) === name(b);

  function attributes(old, fresh) {
    for (const it of [...old.attributes]) {
      if (!fresh.hasAttribute(it.name) && it.name !== "open" && !it.name.startsWith("data-")) old.removeAttribute(it.name);
    }
    for (const it of fresh.attributes) {
      if (it.name !== "open" && old.getAttribute(it.name) !== it.value) old.setAttribute(it.name, it.value);
    }
  }

  /** Brings `old` to what `fresh` is, touching nothing that is the same. */
  function morph(old, fresh, changed) {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== 1) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    if (old.matches("form") && busy(old)) return;
    attributes(old, fresh);
    if (old.matches("textarea")) {
      old.value = fresh.value;
      return;
    }
    let at = old.firstChild;
    for (const next of [...fresh.childNodes]) {
      let found = at;
      while (found && !alike(found, next)) found = found.nextSibling;
      // What has no name is only looked for where it would be.
      if (found && found !== at && !name(next) && next.nodeType !== 3) found = null;
      if (!found || (found !== at && next.nodeType === 3)) {
        old.insertBefore(next, at);
        changed.push(next);
        continue;
      }
      for (let gone = at; gone !== found;) {
        const after = gone.nextSibling;
        if (!busy(gone)) gone.remove();
        gone = after;
      }
      at = found.nextSibling;
      if (!found.isEqualNode(next)) {
        if (next.nodeType !== 1 || next.childElementCount === 0) changed.push(found);
        morph(found, next, changed);
      }
    }
    while (at) {
      const after = at.nextSibling;
      if (!busy(at)) at.remove();
      at = after;
    }
  }

  /** The headings of what has changed, for who does not see it. */
  function announce(changed) {
    const parts = new Set();
    for (const it of changed) {
      const el = it.nodeType === 1 ? it : it.parentElement;
      const part = el && el.closest("main section, main article, main .lines");
      const head = part && (part.querySelector("h1,h2,h3") || document.querySelector("main h1"));
      if (head && !el.closest("input,time")) parts.add(head.textContent.trim());
      if (part && el.matches(".said,section,li")) el.classList.add("fresh");
    }
    const news = document.getElementById("news");
    if (parts.size) news.textContent = news.dataset.changed + " " + [...parts].join(zh ? "、" : ", ");
  }

  async function refresh() {
    const here = main(), news = document.getElementById("news");
    if ("still" in here.dataset) {
      news.textContent = "";
      const link = Object.assign(document.createElement("a"), { href: location.pathname, textContent: news.dataset.again });
      news.append(news.dataset.still + " ", link);
      news.className = "news";
      return;
    }
    const url = location.pathname + (here.dataset.live.startsWith("/live") ? location.search : "");
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected || here !== main()) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), changed = [];
    const fresh = page.getElementById("main"), nav = document.querySelector("header nav");
    if (!fresh || !fresh.dataset.live) return;
    morph(here, document.adoptNode(fresh), changed);
    morph(nav, document.adoptNode(page.querySelector("header nav")), []);
    if (window.htmx) changed.filter(it => it.nodeType === 1).forEach(it => window.htmx.process(it));
    told = here.dataset.live;
    skew = Date.parse(here.dataset.now) - Date.now();
    count();
    announce(changed);
  }

  // One fetch for what comes at once, and none while the tab is out of sight.
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(() => refresh().catch(() => {}), 150);
  }

  function listen() {
    const here = main(), to = here && !document.hidden ? here.dataset.live : "";
    if (source && to === told && source.readyState !== EventSource.CLOSED) return;
    if (source) source.close();
    source = null;
    clearTimeout(again);
    told = to || "";
    if (!to) return;
    const mine = source = new EventSource(to);
    mine.addEventListener("moved", soon);
    mine.addEventListener("unread", event => {
      const badge = document.querySelector("[data-unread]");
      if (badge) {
        badge.textContent = event.data;
        badge.hidden = event.data === "0";
      }
      if (here.dataset.list !== undefined) soon();
    });
    mine.addEventListener("over", () => { mine.close(); });
    mine.addEventListener("error", () => {
      if (mine.readyState === EventSource.CLOSED && mine === source) again = setTimeout(listen, 20000);
    });
  }

  /** What is left until an instant, or has passed since, in the two units that matter; seconds at the very end. */
  function left(at) {
    const ms = at - Date.now() - skew, s = Math.floor(Math.abs(ms) / 1000), m = Math.floor(s / 60), h = Math.floor(m / 60);
    const span = h >= 48 ? Math.floor(h / 24) + (zh ? "天" : " days")
      : h >= 1 ? h + (zh ? "小时" : " h ") + m % 60 + (zh ? "分" : " min")
        : m >= 10 || ms < 0 ? Math.max(1, m) + (zh ? "分钟" : " min")
          : m + (zh ? "分" : " min ") + s % 60 + (zh ? "秒" : " s");
    return ms < 0 ? (zh ? span + "前" : span + " ago") : (zh ? "还有" + span : "in " + span);
  }

  function count() {
    document.querySelectorAll("time[data-until]").forEach(it => {
      const words = left(Date.parse(it.dateTime));
      if (it.textContent !== words) it.textContent = words;
    });
  }

  function begin() {
    const here = main();
    if (here && here.dataset.now) skew = Date.parse(here.dataset.now) - Date.now();
    count();
    listen();
  }

  setInterval(count, 1000);
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSettle", begin);
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => { if (source) source.close(); });
  addEventListener("pageshow", event => { if (event.persisted) begin(); });
})();
