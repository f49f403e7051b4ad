// What pages can do better with scripts; each of them works without. Nothing here is needed to file, answer or decide.
"use strict";
document.addEventListener("htmx:afterSettle", () => {
  const problem = document.querySelector(".problem, .done");
  if (problem) problem.scrollIntoView({ block: "nearest" });
});

// One press ticks, or unticks, every box of a form.
const offer = () => document.querySelectorAll("[data-all]").forEach((it) => { it.hidden = false; });
document.addEventListener("DOMContentLoaded", offer);
document.addEventListener("htmx:afterSettle", offer);
document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-all]");
  if (!all) return;
  const boxes = [...all.form.querySelectorAll("input[type=checkbox]")];
  const tick = boxes.some((it) => !it.checked);
  boxes.forEach((it) => { it.checked = tick; });
});
// Files go in parts, with progress; where the network breaks, they go on where they stopped (tus.io). The form itself
// then only names them.
const PART = 512 * 1024, LARGEST = 10 * 1024 * 1024, TRIES = 8;
const plain = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const pause = time => new Promise(done => setTimeout(done, time));
const memory = {
  get: mark => { try { return localStorage.getItem(mark); } catch { return null; } },
  set: (mark, id) => { try { localStorage.setItem(mark, id); } catch { /* then it begins anew next time */ } },
  drop: mark => { try { localStorage.removeItem(mark); } catch { /* nothing was kept */ } }
};

class Refused extends Error {}

class Upload {
  constructor(form, file, line) {
    this.form = form;
    this.file = file;
    this.place = form.dataset.uploads;
    this.mark = ["upload", this.place, file.name, file.size, file.lastModified].join(":");
    line.textContent = file.name;
    this.bar = line.appendChild(document.createElement("progress"));
    this.bar.max = file.size;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.said = line.appendChild(document.createElement("p"));
    this.said.className = "small";
  }

  async ask(method, path, headers, body) {
    const answer = await fetch(this.place + path, {
      method, body, headers: { "Tus-Resumable": "1.0.0", "X-Redress-Guard": this.form.dataset.guard, ...headers }
    });
    if (answer.status === 503) throw new TypeError("busy");
    return answer;
  }

  async must(answer) {
    if (answer.ok) return answer;
    const problem = await answer.json().catch(() => ({}));
    memory.drop(this.mark);
    throw new Refused(problem.detail || this.form.dataset.broken);
  }

  async begin() {
    this.id = memory.get(this.mark);
    if (this.id) {
      const there = await this.ask("HEAD", "/" + this.id, {});
      if (there.ok) return Number(there.headers.get("Upload-Offset"));
    }
    const made = await this.must(await this.ask("POST", "", { "Upload-Length": this.file.size,
      "Upload-Metadata": "filename " + plain(this.file.name) + ",filetype " + plain(this.file.type) }));
    this.id = (await made.json()).id;
    memory.set(this.mark, this.id);
    return 0;
  }

  async send() {
    if (this.file.size > LARGEST) throw new Refused(this.form.dataset.large);
    for (let tries = 0, offset = -1; ;) {
      try {
        if (offset < 0) offset = await this.begin();
        this.bar.value = offset;
        if (offset >= this.file.size) return this.id;
        const part = await this.ask("PATCH", "/" + this.id, { "Upload-Offset": offset,
          "Content-Type": "application/offset+octet-stream" }, this.file.slice(offset, offset + PART));
        offset = part.status === 409 ? -1 : Number((await this.must(part)).headers.get("Upload-Offset"));
        tries = part.status === 409 ? tries + 1 : 0;
        if (tries > TRIES) throw new Refused(this.form.dataset.broken);
        this.said.textContent = "";
      } catch (problem) {
        if (problem instanceof Refused) throw problem;
        if (++tries > TRIES) throw new Refused(this.form.dataset.broken);
        this.said.textContent = this.form.dataset.waiting;
        await pause(Math.min(500 * 2 ** tries, 15000));
        offset = -1;
      }
    }
  }
}

async function bring(form, inputs, files) {
  const lines = form.querySelector(".going"), button = form.querySelector("button:not([name])");
  const done = [];
  lines.textContent = "";
  button.disabled = true;
  try {
    for (const file of files) {
      const line = lines.appendChild(document.createElement("li"));
      const upload = new Upload(form, file, line);
      try {
        await upload.send();
        done.push(upload);
      } catch (problem) {
        upload.said.textContent = problem.message;
        upload.said.className = "problem";
        upload.said.setAttribute("role", "alert");
        throw problem;
      }
    }
  } catch { return; } finally { button.disabled = false; }
  for (const upload of done) {
    memory.drop(upload.mark);
    const named = document.createElement("input");
    Object.assign(named, { type: "hidden", name: "upload", value: upload.id });
    form.append(named);
  }
  inputs.forEach(input => { input.disabled = true; });
  form.removeAttribute("enctype");
  form.dataset.sent = "yes";
  form.requestSubmit();
}

document.addEventListener("submit", event => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.uploads || form.dataset.sent) return;
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const files = inputs.flatMap(input => [...input.files]);
  if (!files.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  bring(form, inputs, files);
}, true);

// The way telephones share an address; elsewhere it is copied.
function offerSharing() {
  document.querySelectorAll("[data-share]").forEach(button => {
    if (navigator.share || navigator.clipboard) button.hidden = false;
  });
}
document.addEventListener("click", async event => {
  const button = event.target instanceof Element ? event.target.closest("[data-share]") : null;
  if (!button) return;
  const url = new URL(button.dataset.share, location.href).href;
  try {
    if (navigator.share) await navigator.share({ title: document.title, url });
    else {
      await navigator.clipboard.writeText(url);
      document.querySelector("[data-shared]").textContent = button.dataset.said;
    }
  } catch { /* whoever closes the sheet shares nothing */ }
});
document.addEventListener("DOMContentLoaded", offerSharing);
document.addEventListener("htmx:afterSettle", offerSharing);

// This browser shows notices although no page is open: its push service's address goes into the form, and the form goes off.
function offerPush() {
  const form = document.querySelector("[data-push]");
  if (form && "serviceWorker" in navigator && "PushManager" in window) form.hidden = false;
}
document.addEventListener("submit", async event => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.push || form.dataset.sent) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  try {
    const worker = await navigator.serviceWorker.register("/push.js");
    const made = (await worker.pushManager.subscribe({ userVisibleOnly: true,
      applicationServerKey: form.dataset.push })).toJSON();
    form.elements.endpoint.value = made.endpoint;
    form.elements.p256dh.value = made.keys.p256dh;
    form.elements.auth.value = made.keys.auth;
    form.dataset.sent = "yes";
    form.requestSubmit();
  } catch { form.querySelector("[data-blocked]").hidden = false; }
}, true);
document.addEventListener("DOMContentLoaded", offerPush);
document.addEventListener("htmx:afterSettle", offerPush);
