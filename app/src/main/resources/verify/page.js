'use strict';
// The same check as verify/Verify.java, in the reader's own browser. Nothing leaves this page: its policy forbids it to
// connect to anything. docs/verify.md describes the format.

/** Something is not what it should be: where, and why in both languages. */
class Broken extends Error {
  constructor(place, en, zh) {
    super(`${place}: ${en}`);
    Object.assign(this, {place, en, zh});
  }
}

/** There is nothing to check here. */
class Unusable extends Error {
  constructor(en, zh) {
    super(en);
    Object.assign(this, {en, zh});
  }
}

// ---------------------------------------------------------------------------------------------- bytes and hashes

const utf8 = text => new TextEncoder().encode(text);
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const unhex = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));
}

async function hmac(key, text) {
  const made = await crypto.subtle.importKey('raw', key, {name: 'HMAC', hash: 'SHA-256'}, false, ['sign']);
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', made, utf8(text))));
}

async function isSigned(key, bytes, signature) {
  try {
    const made = await crypto.subtle.importKey('raw', key, {name: 'Ed25519'}, false, ['verify']);
    return await crypto.subtle.verify({name: 'Ed25519'}, made, signature, bytes);
  } catch (e) {
    if (e.name === 'NotSupportedError') {
      throw new Unusable('This browser cannot check Ed25519 signatures. Use a current one, or Verify.java.',
        '此浏览器不支持 Ed25519 签名校验。请使用新版浏览器，或使用 Verify.java。');
    }
    return false;
  }
}

function decoded(place, bytes) {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    throw new Broken(place, 'is not UTF-8', '不是 UTF-8 文本');
  }
}

function base64(place, text) {
  try {
    const raw = atob(text);
    if (btoa(raw) === text) return Uint8Array.from(raw, c => c.charCodeAt(0));
  } catch {
    // Told below.
  }
  throw new Broken(place, 'is not Base64 as it should be written', 'Base64 书写不规范');
}

function base64url(place, text) {
  if (/[^A-Za-z0-9_-]/.test(text)) throw new Broken(place, 'is not Base64 as it should be written', 'Base64 书写不规范');
  const padded = text.replaceAll('-', '+').replaceAll('_', '/');
  return base64(place, padded + '='.repeat((4 - padded.length % 4) % 4));
}

const toBase64url = bytes =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

// ---------------------------------------------------------------------------------------------- JSON

/** JSON, read strictly: no member twice, nothing after the end, no deep nesting, whole numbers only. Objects are Maps. */
class Json {
  static read(place, bytes) {
    const json = new Json(place, decoded(place, bytes));
    const value = json.value();
    json.blanks();
    if (json.at < json.in.length) throw json.wrong('something follows the end', '结尾之后还有内容');
    return new Node(place, value);
  }

  constructor(place, text) {
    Object.assign(this, {place, in: text, at: 0, depth: 0});
  }

  wrong(en, zh) {
    return new Broken(this.place, `${en}, at character ${this.at}`, `${zh}（第 ${this.at} 个字符）`);
  }

  value() {
    this.blanks();
    switch (this.peek()) {
      case '{': return this.object();
      case '[': return this.list();
      case '"': return this.string();
      case 't': return this.word('true', true);
      case 'f': return this.word('false', false);
      case 'n': return this.word('null', null);
      default: return this.number();
    }
  }

  object() {
    const members = new Map();
    for (let more = this.opens('}'); more; more = this.goesOn('}')) {
      this.blanks();
      const name = this.string();
      this.blanks();
      this.take(':');
      if (members.has(name)) throw this.wrong(`the member ${name} is there twice`, `成员 ${name} 重复`);
      members.set(name, this.value());
    }
    return members;
  }

  list() {
    const items = [];
    for (let more = this.opens(']'); more; more = this.goesOn(']')) items.push(this.value());
    return items;
  }

  opens(end) {
    this.at++;
    if (++this.depth > 64) throw this.wrong('is nested too deeply', '嵌套过深');
    this.blanks();
    return this.peek() !== end || this.closes();
  }

  goesOn(end) {
    this.blanks();
    if (this.peek() === end) return this.closes();
    this.take(',');
    return true;
  }

  closes() {
    this.at++;
    this.depth--;
    return false;
  }

  string() {
    this.take('"');
    let text = '';
    for (let c = this.next(); c !== '"'; c = this.next()) {
      if (c < ' ') throw this.wrong('a control character in a string', '字符串中有控制字符');
      text += c === '\\' ? this.escape() : c;
    }
    if (/\p{Surrogate}/u.test(text)) throw this.wrong('half a character in a string', '字符串中有半个字符');
    return text;
  }

  escape() {
    const c = this.next();
    const plain = {'"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t'};
    if (Object.hasOwn(plain, c)) return plain[c];
    const code = this.in.slice(this.at, this.at + 4);
    if (c !== 'u' || !/^[0-9a-fA-F]{4}$/.test(code)) throw this.wrong('no such escape', '无此转义');
    this.at += 4;
    return String.fromCharCode(parseInt(code, 16));
  }

  number() {
    const digits = /^-?[0-9]*/.exec(this.in.slice(this.at, this.at + 20))[0];
    if (!/^(0|-?[1-9][0-9]{0,15})$/.test(digits) || !Number.isSafeInteger(Number(digits))) {
      throw this.wrong('should be a value, and a number whole and below 2^53', '应为值；数字应为小于 2^53 的整数');
    }
    this.at += digits.length;
    return Number(digits);
  }

  word(word, value) {
    if (!this.in.startsWith(word, this.at)) throw this.wrong('no such word', '无此字面量');
    this.at += word.length;
    return value;
  }

  blanks() {
    while (this.at < this.in.length && ' \t\n\r'.includes(this.in[this.at])) this.at++;
  }

  peek() {
    if (this.at >= this.in.length) throw this.wrong('ends too early', '过早结束');
    return this.in[this.at];
  }

  next() {
    const c = this.peek();
    this.at++;
    return c;
  }

  take(wanted) {
    if (this.peek() !== wanted) throw this.wrong(`'${wanted}' should stand here`, `此处应为 '${wanted}'`);
    this.at++;
  }
}

/** RFC 8785 for these values. Strings sort by UTF-16 code units, as JavaScript compares them. */
function canonical(value) {
  if (value instanceof Map) {
    const names = [...value.keys()].sort();
    return `{${names.map(name => `${JSON.stringify(name)}:${canonical(value.get(name))}`).join(',')}}`;
  }
  return Array.isArray(value) ? `[${value.map(canonical).join(',')}]` : JSON.stringify(value);
}

/** A value of a JSON file, which knows where it stands. */
class Node {
  constructor(place, is) {
    Object.assign(this, {place, is});
  }

  broken(en, zh) {
    return new Broken(this.place, en, zh);
  }

  members() {
    if (!(this.is instanceof Map)) throw this.broken('should be an object', '应为对象');
    return new Map([...this.is].map(([name, value]) => [name, new Node(`${this.place}.${name}`, value)]));
  }

  only(...names) {
    const there = [...this.members().keys()].sort();
    if (there.join() !== names.sort().join()) {
      throw this.broken(`should have the members ${names.join(', ')}`, `应有且仅有成员 ${names.join('、')}`);
    }
    return this;
  }

  has(name) {
    return this.is instanceof Map && this.is.get(name) != null;
  }

  at(name) {
    if (!(this.is instanceof Map) || !this.is.has(name)) {
      throw this.broken(`should have a member ${name}`, `应有成员 ${name}`);
    }
    return new Node(`${this.place}.${name}`, this.is.get(name));
  }

  list() {
    if (!Array.isArray(this.is)) throw this.broken('should be a list', '应为列表');
    return this.is.map((item, i) => new Node(`${this.place}[${i}]`, item));
  }

  text() {
    if (typeof this.is !== 'string') throw this.broken('should be a string', '应为字符串');
    return this.is;
  }

  number() {
    if (typeof this.is !== 'number') throw this.broken('should be a whole number', '应为整数');
    return this.is;
  }

  matching(pattern) {
    if (!pattern.test(this.text())) throw this.broken('is not what should stand here', '内容不合规定');
    return this.is;
  }

  hash() {
    return this.matching(/^[0-9a-f]{64}$/);
  }

  instant() {
    return this.matching(/^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/);
  }

  hex(length) {
    return unhex(this.matching(new RegExp(`^[0-9a-f]{${2 * length}}$`)));
  }

  hashes() {
    return this.list().map(node => node.hex(32));
  }
}

// ---------------------------------------------------------------------------------------------- keys and notes

/** A public key of a log with the name it signs under (c2sp.org/signed-note). */
class NoteKey {
  static async parse(place, line) {
    const parts = line.split('+');
    const [name, id] = parts;
    if (parts.length < 3 || name.trim() === '') throw new Broken(place, 'a key is name+id+base64', '密钥应为 名称+编号+Base64');
    const bytes = base64(place, parts.slice(2).join('+'));
    if (bytes.length !== 33 || bytes[0] !== 1) throw new Broken(place, 'is no Ed25519 key', '不是 Ed25519 密钥');
    if (hex(await sha256(utf8(`${name}\n`), bytes)).slice(0, 8) !== id) {
      throw new Broken(place, "the key's id is not that of its bytes", '密钥编号与密钥不符');
    }
    return Object.assign(new NoteKey(), {name, id, line, key: bytes.slice(1)});
  }

  /** The name that a JWS knows it by (RFC 7638). */
  async thumbprint() {
    return toBase64url(await sha256(utf8(`{"crv":"Ed25519","kty":"OKP","x":"${toBase64url(this.key)}"}`)));
  }
}

/** A text and the signatures under it. */
class Note {
  constructor(place, bytes) {
    const written = decoded(place, bytes);
    const end = written.lastIndexOf('\n\n');
    if (end < 0 || !written.endsWith('\n')) throw new Broken(place, 'is no signed note', '不是签名文书');
    Object.assign(this, {place, text: written.slice(0, end + 1), lines: written.slice(end + 2, -1).split('\n')});
  }

  signatures(key) {
    const lead = `\u2014 ${key.name} `;
    const found = [];
    for (const line of this.lines) {
      if (!line.startsWith(lead)) continue;
      const bytes = base64(this.place, line.slice(lead.length));
      if (bytes.length < 5) throw new Broken(this.place, 'a signature is cut short', '签名不完整');
      if (hex(bytes.slice(0, 4)) === key.id) found.push(bytes.slice(4));
    }
    return found;
  }

  async mustBeSignedBy(key) {
    const found = this.signatures(key);
    if (found.length === 0) throw new Broken(this.place, `is not signed by ${key.line}`, `没有 ${key.line} 的签名`);
    for (const signature of found) {
      if (!await isSigned(key.key, utf8(this.text), signature)) {
        throw new Broken(this.place, `the signature of ${key.line} is not right`, `${key.line} 的签名不正确`);
      }
    }
  }
}

/** All keys of one name, each stated by itself and by the one before it. */
async function chain(statements) {
  const keys = [];
  const form = /^redress-key\/v1\nnumber ([1-9]\d{0,8})\nkey (\S+)\nfrom (\S+)\nsize (0|[1-9]\d{0,17})\n$/;
  for (const node of statements.list()) {
    const note = new Note(node.place, utf8(node.text()));
    const said = form.exec(note.text);
    if (!said || Number(said[1]) !== keys.length + 1) {
      throw node.broken(`does not state key ${keys.length + 1}`, `不是第 ${keys.length + 1} 把密钥的声明`);
    }
    const stated = {key: await NoteKey.parse(node.place, said[2]), size: BigInt(said[4])};
    await note.mustBeSignedBy(stated.key);
    if (keys.length > 0) {
      await note.mustBeSignedBy(keys.at(-1).key);
      if (stated.size < keys.at(-1).size) throw node.broken('begins before the key before it', '早于前一把密钥');
    }
    keys.push(stated);
  }
  if (keys.length === 0) throw statements.broken('names no key', '没有密钥');
  return keys;
}

// ---------------------------------------------------------------------------------------------- the tree

const parent = (left, right) => sha256(Uint8Array.of(1), left, right);

/** RFC 9162 §2.1.3.2. */
async function isIncluded(index, size, entry, path, root) {
  if (index < 0n || index >= size || path.length > 64) return false;
  let fn = index;
  let sn = size - 1n;
  let r = await sha256(Uint8Array.of(0), entry);
  for (const p of path) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      r = await parent(p, r);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      r = await parent(r, p);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equal(r, root);
}

/** RFC 9162 §2.1.4.2. */
async function isConsistent(smaller, larger, path) {
  if (smaller.size < 1n || path.length > 64) return false;
  if (smaller.size === larger.size) return path.length === 0 && equal(smaller.root, larger.root);
  const power = (smaller.size & (smaller.size - 1n)) === 0n;
  const [first, ...rest] = power ? [smaller.root, ...path] : path;
  if (!first) return false;
  let fn = smaller.size - 1n;
  let sn = larger.size - 1n;
  while (fn & 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let fr = first;
  let sr = first;
  for (const c of rest) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      fr = await parent(c, fr);
      sr = await parent(c, sr);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      sr = await parent(sr, c);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equal(fr, smaller.root) && equal(sr, larger.root);
}

// ---------------------------------------------------------------------------------------------- the ZIP

const CRC_TABLE = Uint32Array.from({length: 256}, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ n >>> 1 : n >>> 1;
  return n;
});

function crc32(bytes) {
  let crc = ~0;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]) & 255] ^ crc >>> 8;
  return ~crc >>> 0;
}

/** Little-endian numbers one after another: [size in bytes, value] each. */
function packed(...fields) {
  const bytes = [];
  for (const [size, value] of fields) for (let i = 0; i < size; i++) bytes.push(Math.floor(value / 256 ** i) & 255);
  return Uint8Array.from(bytes);
}

/** A ZIP of the one form a bundle has. Headers are not believed but rebuilt and compared. */
class Zip {
  static NAME = new RegExp('^(manifest\\.json|seal|keys\\.json|checkpoint|newer-checkpoint|consistency\\.json'
    + '|entries\\.json|texts\\.json|custody\\.json|papers\\.json|result\\.json|result\\.jws|result-(zh|en)\\.pdf'
    + '|evidence/[1-9][0-9]{0,4}-[0-9a-f]{64})$');

  constructor(file) {
    Object.assign(this, {file, parts: new Map(), hashes: new Map()});
  }

  async read(at, length) {
    return new Uint8Array(await this.file.slice(at, at + length).arrayBuffer());
  }

  static misbuilt(at) {
    return new Broken(`byte ${at}`, 'the ZIP is not built as a bundle is', 'ZIP 结构与证明包不符');
  }

  static compare(at, is, should) {
    for (let i = 0; i < should.length; i++) if (is[i] !== should[i]) throw Zip.misbuilt(at + i);
  }

  async directory() {
    const end = this.file.size - 22;
    if (end < 0) throw new Unusable('The file is too short to be a bundle.', '文件太短，不是证明包。');
    const last = new DataView((await this.read(end, 22)).buffer);
    const begins = equal(await this.read(0, 4), Uint8Array.of(80, 75, 3, 4));
    if (!begins && last.getUint32(0, true) !== 0x06054b50) {
      throw new Unusable('The file is no bundle, nor any ZIP.', '该文件不是证明包，也不是 ZIP 文件。');
    }
    if (!begins) throw Zip.misbuilt(0);
    const count = last.getUint16(10, true);
    const size = last.getUint32(12, true);
    const from = end - size;
    if (count === 0 || count > 4096 || from < 0 || size > count * 146) throw Zip.misbuilt(end);
    Zip.compare(end, new Uint8Array(last.buffer),
      packed([4, 0x06054b50], [4, 0], [2, count], [2, count], [4, size], [4, from], [2, 0]));
    const central = await this.read(from, size);
    let here = 0;
    let at = 0;
    for (let i = 0; i < count; i++) [here, at] = await this.part(central, from, here, at);
    if (here !== size) throw Zip.misbuilt(from + here);
    if (at !== from) throw Zip.misbuilt(at);
  }

  async part(central, from, here, at) {
    const view = new DataView(central.buffer, here);
    const length = view.byteLength < 46 ? 0 : view.getUint16(28, true);
    if (length === 0 || length > 100 || view.byteLength < 46 + length) throw Zip.misbuilt(from + here);
    const name = String.fromCharCode(...central.slice(here + 46, here + 46 + length));
    if (!Zip.NAME.test(name)) {
      throw new Broken(`byte ${from + here + 46}`, `no file of a bundle is called ${name.replace(/[^!-~]/g, '?')}`,
        `证明包中没有名为 ${name.replace(/[^!-~]/g, '?')} 的文件`);
    }
    const crc = view.getUint32(16, true);
    const size = view.getUint32(20, true);
    const common = [[2, 10], [4, 0], [2, 0], [2, 0x21], [4, crc], [4, size], [4, size], [2, length], [2, 0]];
    Zip.compare(from + here, central.slice(here), joined(
      packed([4, 0x02014b50], [2, 10], ...common, [6, 0], [4, 0], [4, at]), utf8(name)));
    const begins = at + 30 + length;
    if (begins + size > from) throw new Broken(`byte ${from + here}`, `${name} is larger than the bundle`, `${name} 超出证明包`);
    Zip.compare(at, await this.read(at, 30 + length), joined(packed([4, 0x04034b50], ...common), utf8(name)));
    if (this.parts.has(name)) throw new Broken(`byte ${from + here}`, `${name} is there twice`, `${name} 重复`);
    this.parts.set(name, {at: begins, size, crc});
    return [here + 46 + length, begins + size];
  }

  has(name) {
    return this.parts.has(name);
  }

  async bytes(name) {
    const part = this.parts.get(name);
    const bytes = await this.read(part.at, part.size);
    if (crc32(bytes) !== part.crc) throw new Broken(name, 'its bytes do not fit their checksum', '字节与校验和不符');
    return bytes;
  }

  async sha256(name) {
    if (!this.hashes.has(name)) this.hashes.set(name, hex(await sha256(await this.bytes(name))));
    return this.hashes.get(name);
  }

  async json(name) {
    return Json.read(name, await this.bytes(name));
  }
}

// ---------------------------------------------------------------------------------------------- the argument

const counted = (number, what) => `${number} ${what}${number === 1 ? '' : 's'}`;

/** 1, 2, 3, 7 as "1-3, 7". */
function ranges(numbers) {
  const out = [];
  for (let i = 0; i < numbers.length; i++) {
    const from = numbers[i];
    while (numbers[i + 1] === numbers[i] + 1) i++;
    out.push(numbers[i] > from ? `${from}-${numbers[i]}` : `${from}`);
  }
  return out.join(', ');
}

/** The whole argument, from the outermost byte to the result of the dispute. */
class Check {
  static PARTS = ['event', 'actor', 'money'];
  static PART_NAMES = {event: '事项', actor: '行为人', money: '资金'};

  constructor(file, known, progress) {
    Object.assign(this, {zip: new Zip(file), known, progress, proved: [], open: [], entries: [], agreements: new Map(),
      evidence: 0});
  }

  prove(en, zh) {
    this.proved.push({en, zh});
  }

  leave(en, zh) {
    this.open.push({en, zh});
  }

  async everything() {
    await this.zip.directory();
    await this.manifest();
    await this.keys();
    await this.seal();
    await this.checkpoints();
    await this.readEntries();
    this.money();
    await this.texts();
    await this.terms();
    await this.files();
    await this.result();
    await this.papers();
    return this;
  }

  async manifest() {
    for (const name of ['manifest.json', 'seal', 'keys.json', 'checkpoint', 'entries.json', 'texts.json']) {
      if (!this.zip.has(name)) throw new Broken(name, 'is missing', '缺失');
    }
    const manifest = (await this.zip.json('manifest.json')).only('dispute', 'files', 'for', 'made', 'v');
    if (manifest.at('v').number() !== 1) throw manifest.broken('is of a version unknown here', '版本未知');
    this.dispute = manifest.at('dispute').matching(/^dsp_[0-9a-f]{19}$/);
    this.reader = manifest.at('for').matching(/^(BUYER|MERCHANT|PLATFORM|STAFF|AUDITOR)$/);
    this.made = manifest.at('made').instant();
    const listed = manifest.at('files').members();
    const there = [...this.zip.parts.keys()].filter(name => name !== 'manifest.json' && name !== 'seal').sort();
    for (const name of there) {
      if (!listed.has(name)) throw new Broken(name, 'is not in the manifest', '不在清单中');
    }
    let done = 0;
    for (const [name, hash] of listed) {
      if (!this.zip.has(name) || !there.includes(name)) {
        throw new Broken(name, 'is in the manifest and not in the bundle', '清单中有而包中没有');
      }
      if (await this.zip.sha256(name) !== hash.hash()) {
        throw new Broken(name, 'its bytes are not those that the manifest lists', '字节与清单所列不符');
      }
      this.progress(++done / listed.size);
    }
    this.prove(`All ${there.length} files are, byte for byte, those that the manifest lists.`,
      `全部 ${there.length} 个文件与清单逐字节一致。`);
  }

  async keys() {
    const file = (await this.zip.json('keys.json')).only('log', 'result', 'v');
    if (file.at('v').number() !== 1) throw file.broken('is of a version unknown here', '版本未知');
    this.logKeys = await chain(file.at('log'));
    this.resultKeys = new Map();
    for (const {key} of await chain(file.at('result'))) this.resultKeys.set(await key.thumbprint(), key);
    this.key = this.logKeys.at(-1).key;
    if (!this.known) {
      this.leave('Whose key that is: the bundle brings it along. Compare it with what the platform publishes, or enter '
        + 'the key you know above.', '密钥属于谁：密钥由证明包自带。请与平台公布的密钥比对，或在上方输入您已知的密钥。');
    } else if (this.known === this.key.line) {
      this.prove("The key you gave is the log's.", '您输入的密钥就是该日志的密钥。');
    } else if (this.logKeys.some(({key}) => key.line === this.known)) {
      this.prove("The key you gave is the log's; it handed over to today's.", '您输入的密钥属于该日志，并已交接给当前密钥。');
    } else {
      throw new Broken('keys.json', `the key you gave is not the log's: that is ${this.key.line}`,
        `您输入的密钥不是该日志的密钥；日志的密钥是 ${this.key.line}`);
    }
  }

  async seal() {
    const seal = new Note('seal', await this.zip.bytes('seal'));
    if (seal.text !== `redress-bundle/v1\nmanifest ${await this.zip.sha256('manifest.json')}\n`) {
      throw new Broken('seal', 'is not about this manifest', '封印与清单不符');
    }
    await seal.mustBeSignedBy(this.key);
    this.prove("The manifest, and with it every file, is sealed by the log's key.", '清单及其中每个文件均由日志密钥封印。');
  }

  async checkpoints() {
    this.checkpoint = await this.signed('checkpoint', await this.zip.bytes('checkpoint'));
    this.prove(`The log had ${this.checkpoint.size} entries: so says its signed checkpoint.`,
      `日志共有 ${this.checkpoint.size} 条记录，以其签名检查点为证。`);
    if (!this.zip.has('newer-checkpoint')) return;
    const newer = await this.signed('newer-checkpoint', await this.zip.bytes('newer-checkpoint'));
    await this.consistent('newer-checkpoint', newer);
    this.prove(`It only grew until it had ${newer.size} entries, in the newer checkpoint.`,
      `此后日志只增不改，直至较新检查点的 ${newer.size} 条。`);
  }

  async signed(place, bytes) {
    const note = new Note(place, bytes);
    for (const [i, stated] of this.logKeys.entries()) {
      if (note.signatures(stated.key).length === 0) continue;
      await note.mustBeSignedBy(stated.key);
      const lines = note.text.split('\n');
      if (lines.length < 4 || !/^(0|[1-9]\d{0,17})$/.test(lines[1])) throw new Broken(place, 'is no checkpoint', '不是检查点');
      if (lines[0] !== stated.key.name) throw new Broken(place, `is of another log: ${lines[0]}`, `属于另一日志：${lines[0]}`);
      const root = base64(place, lines[2]);
      if (root.length !== 32) throw new Broken(place, 'has no root', '没有根哈希');
      const size = BigInt(lines[1]);
      const next = this.logKeys[i + 1];
      if (size >= stated.size && (!next || size <= next.size)) return {size, root};
    }
    throw new Broken(place, 'no key of this log signed it that may speak of this size', '没有有权签署的日志密钥的签名');
  }

  async consistent(place, other) {
    const [smaller, larger] = other.size < this.checkpoint.size ? [other, this.checkpoint] : [this.checkpoint, other];
    let path = smaller.size === larger.size ? [] : null;
    if (!path && this.zip.has('consistency.json')) {
      for (const proof of (await this.zip.json('consistency.json')).list()) {
        proof.only('from', 'proof', 'to');
        if (BigInt(proof.at('from').number()) === smaller.size && BigInt(proof.at('to').number()) === larger.size) {
          path ??= proof.at('proof').hashes();
        }
      }
    }
    if (!path) {
      throw new Broken(place, `nothing proves that the tree of ${larger.size} entries continues the one of ${smaller.size}`,
        `无法证明 ${larger.size} 条的树延续自 ${smaller.size} 条的树`);
    }
    if (!await isConsistent(smaller, larger, path)) {
      throw new Broken(place, `the tree of ${larger.size} entries does not continue the one of ${smaller.size}`,
        `${larger.size} 条的树并非延续自 ${smaller.size} 条的树`);
    }
  }

  async readEntries() {
    let previous = '0'.repeat(64);
    for (const node of (await this.zip.json('entries.json')).list()) {
      const entry = await this.entry(node);
      const before = this.entries.at(-1);
      if (before && entry.n !== before.n + 1) {
        throw node.broken(`entry ${entry.n} follows entry ${before.n}`, `第 ${entry.n} 条紧接第 ${before.n} 条`);
      }
      if (entry.previous !== previous) {
        throw before ? node.broken(`entry ${entry.n} does not follow from entry ${entry.n - 1}`, `第 ${entry.n} 条与前一条不衔接`)
          : node.broken(`an entry before entry ${entry.n} is missing`, `第 ${entry.n} 条之前缺少记录`);
      }
      if (!await isIncluded(BigInt(entry.index), this.checkpoint.size, entry.hash, entry.inclusion, this.checkpoint.root)) {
        throw node.broken(`entry ${entry.n} is not in the tree at ${entry.index}`, `第 ${entry.n} 条不在树的 ${entry.index} 处`);
      }
      previous = hex(entry.hash);
      this.entries.push(entry);
    }
    if (this.entries.length === 0) throw new Broken('entries.json', 'has no entry', '没有记录');
    const [first, last] = [this.entries[0].n, this.entries.at(-1).n];
    this.prove(`Entries ${first} to ${last} are one unbroken chain, and each is in the log's tree.`,
      `第 ${first} 至 ${last} 条记录首尾相接，且每条都在日志的树中。`);
    if (first > 1) {
      this.leave(`Entries 1 to ${first - 1}: they are from before the log was kept.`, `第 1 至 ${first - 1} 条：早于日志启用。`);
    }
    this.redacted();
    this.leave(`What happened after entry ${last}. Nobody sees the last minute of a log before it is signed, and a stolen `
      + 'key could sign anything until a witness compares.',
      `第 ${last} 条之后发生的事。日志最后一分钟在签名之前无人可见；若密钥被盗，须待见证方比对方能发现。`);
  }

  async entry(node) {
    node.only('entry', 'inclusion', 'index', 'openings');
    const entry = node.at('entry').only('actor', 'at', 'dispute', 'event', 'money', 'n', 'previous', 'v');
    if (entry.at('v').number() !== 1) throw entry.broken('is of a version unknown here', '版本未知');
    if (entry.at('dispute').text() !== this.dispute) throw entry.broken('is of another dispute', '属于另一纠纷');
    const openings = new Map();
    for (const [part, opening] of node.at('openings').members()) {
      if (!Check.PARTS.includes(part)) throw opening.broken('an entry has no such part', '记录没有此部分');
      opening.only('is', 'salt').at('salt').hex(16);
      if (hex(await sha256(utf8(canonical(opening.is)))) !== entry.at(part).hash()) {
        throw opening.broken('is not what the entry committed to', '与记录所承诺的内容不符');
      }
      openings.set(part, opening.at('is'));
    }
    return {n: entry.at('n').number(), at: entry.at('at').instant(), previous: entry.at('previous').hash(),
      hash: await sha256(utf8(canonical(entry.is))), index: node.at('index').number(),
      inclusion: node.at('inclusion').hashes(), openings};
  }

  redacted() {
    const opened = this.entries.reduce((sum, entry) => sum + entry.openings.size, 0);
    this.prove(`${opened} parts of entries are shown and are what was committed to when they happened.`,
      `已展示 ${opened} 个记录部分，均与发生当时的承诺一致。`);
    const closed = [];
    for (const part of Check.PARTS) {
      const numbers = this.entries.filter(entry => !entry.openings.has(part)).map(entry => entry.n);
      if (numbers.length > 0) closed.push([part, ranges(numbers)]);
    }
    if (closed.length === 0) return;
    this.leave(`What is not shown to this reader: ${closed.map(([part, which]) => `${part} of ${which}`).join('; ')}. `
      + 'These parts exist and cannot have changed since; what they say stays closed.',
      `未向此读者展示：${closed.map(([part, which]) => `${Check.PART_NAMES[part]} ${which}`).join('；')}。`
      + '这些部分确实存在且此后不可能被改动，但内容不公开。');
  }

  money() {
    let movements = 0;
    for (const entry of this.entries) {
      for (const movement of entry.openings.get('money')?.list() ?? []) {
        const sum = movement.at('lines').list().reduce((all, line) => all + BigInt(line.at('minor').number()), 0n);
        if (sum !== 0n) throw movement.broken(`debits and credits differ by ${sum}`, `借贷相差 ${sum}`);
        movements++;
      }
    }
    this.prove(`${counted(movements, 'movement')} of money shown; in each, debits equal credits.`,
      `已展示 ${movements} 笔资金变动，每笔借贷相等。`);
  }

  events(type) {
    return this.entries.filter(entry => entry.openings.has('event')).map(entry => ({entry, event: entry.openings.get('event')}))
      .filter(({event}) => !type || event.at('type').text() === type)
      .map(({entry, event}) => ({entry, body: event.at('body')}));
  }

  async texts() {
    const committed = new Map();
    for (const {body} of this.events()) collectWords(body, committed);
    const all = committed.size;
    for (const text of (await this.zip.json('texts.json')).list()) {
      text.only('id', 'key', 'text');
      const words = committed.get(text.at('id').text());
      committed.delete(text.at('id').text());
      if (!words) {
        throw text.broken('no event that is shown speaks of this text, or it is there twice', '所展示的事项均未提及此文本，或文本重复');
      }
      const body = text.at('text').text();
      if (await hmac(text.at('key').hex(32), body) !== words.at('commitment').hash()
        || [...body].length !== words.at('chars').number()) {
        throw text.broken(`is not what was committed to in ${words.place}`, `与 ${words.place} 中的承诺不符`);
      }
    }
    this.prove(`${counted(all - committed.size, 'text')}, letter for letter as written.`,
      `${all - committed.size} 段文字与当时所写逐字一致。`);
    if (committed.size > 0) {
      this.leave(`${counted(committed.size, 'text')} not here: erased, or not this reader's to read. Only how long they were is known.`,
        `${committed.size} 段文字不在包中：已删除，或不属此读者可读范围。仅知其长度。`);
    }
  }

  async terms() {
    for (const {body} of this.events('SettlementFormed')) {
      const filed = this.events('Filed')[0];
      if (!filed) throw new Broken('entries.json', 'the filing is not shown, but a settlement is', '未展示立案，却展示了和解');
      const settlement = body.at('settlement');
      const terms = settlement.at('terms');
      const promises = terms.at('promises').list().map(promise => new Map([
        ...['kind', 'minor', 'valueIfBroken', 'after'].map(name => [name, promise.at(name).is]),
        ...['executor', 'within'].map(name => [name, promise.has(name) ? promise.at(name).text() : ''])]));
      const hash = hex(await sha256(utf8(canonical(new Map([['dispute', this.dispute],
        ['currency', filed.body.at('filing').at('currency').text()], ['remedy', terms.at('remedy').text()],
        ['promises', promises]])))));
      if (settlement.at('termsHash').hash() !== hash) {
        throw settlement.broken('is not of the terms it names', '与其所列条款不符');
      }
      this.agreements.set(settlement.at('number').number(), hash);
    }
    if (this.agreements.size > 0) {
      this.prove('The terms that were settled are those whose hash was agreed to.', '和解条款与双方同意的条款哈希一致。');
    }
  }

  async files() {
    const submitted = new Map(this.events('EvidenceSubmitted').map(({body}) =>
      [body.at('id').number(), body.at('sha256').hash()]));
    const missing = new Map(submitted);
    for (const name of this.zip.parts.keys()) {
      const match = /^evidence\/([1-9][0-9]{0,4})-([0-9a-f]{64})$/.exec(name);
      if (!match) continue;
      const number = Number(match[1]);
      if (submitted.get(number) !== match[2]) {
        throw new Broken(name, `is not what was submitted as evidence ${number}`, `不是作为凭证 ${number} 提交的文件`);
      }
      if (await this.zip.sha256(name) !== match[2]) {
        throw new Broken(name, 'its bytes are not what was submitted', '字节与提交时不符');
      }
      missing.delete(number);
      this.evidence++;
    }
    if (this.evidence > 0) {
      this.prove(`${counted(this.evidence, 'file')} of evidence, byte for byte as submitted.`,
        `${this.evidence} 份凭证文件与提交时逐字节一致。`);
    }
    if (missing.size > 0) {
      const which = ranges([...missing.keys()].sort((a, b) => a - b));
      this.leave(`What evidence ${which} shows: the log holds its hash, the file is not in this bundle.`,
        `凭证 ${which} 的内容：日志中有其哈希，文件不在此包中。`);
    }
  }

  async result() {
    if (this.zip.has('result.json') !== this.zip.has('result.jws')) {
      throw new Broken('result.json', 'comes with result.jws', '应与 result.jws 成对出现');
    }
    if (!this.zip.has('result.json')) {
      this.leave('How it ended: no signed result is in this bundle.', '结案结果：包中没有签名的结果文书。');
      return;
    }
    await this.resultSignature();
    const record = await this.zip.json('result.json');
    if (record.at('dispute').text() !== this.dispute) throw record.at('dispute').broken('is another dispute', '是另一纠纷');
    const last = this.entries.find(entry => entry.n === record.at('events').number());
    if (!last) throw record.at('events').broken('is an entry that is not in this bundle', '所指记录不在此包中');
    for (const agreement of record.at('agreements').list()) {
      const hash = this.agreements.get(agreement.at('number').number());
      if (hash && agreement.at('termsHash').hash() !== hash) {
        throw agreement.broken('is not about the terms that were settled', '与和解条款不符');
      }
    }
    const named = new Map(record.at('evidence').list().map(item => [item.at('number').number(), item.at('sha256').hash()]));
    for (const {entry, body} of this.events('EvidenceSubmitted')) {
      // What only one side or the staff may see is not in a record for all.
      const forAll = !body.has('visibility') || body.at('visibility').text() === 'PARTIES' || named.has(body.at('id').number());
      if (forAll && entry.n <= last.n && named.get(body.at('id').number()) !== body.at('sha256').hash()) {
        throw record.at('evidence').broken(`does not name evidence ${body.at('id').number()} as it was submitted`,
          `未如实列出凭证 ${body.at('id').number()}`);
      }
    }
    const outcome = record.at('outcome').text();
    this.outcome = outcome;
    this.prove(`The result, ${outcome} after entry ${last.n}, is signed and is about this dispute, these terms and this evidence.`,
      `结果文书（${outcome}，第 ${last.n} 条之后）签名有效，且针对本纠纷、这些条款和这些凭证。`);
    if (!record.has('log')) {
      this.leave(`That the log held entry ${last.n} when the result was signed: the result does not say so.`,
        `签署结果时日志已含第 ${last.n} 条：结果文书未载明。`);
      return;
    }
    await this.resultProof(record.at('log'), last);
  }

  async papers() {
    const papers = new Set(['result-en.pdf', 'result-zh.pdf'].filter(name => this.zip.has(name)));
    if (papers.size === 0) return;
    if (!this.zip.has('result.json')) throw new Broken([...papers][0], 'comes with result.json', '应与 result.json 同在');
    for (const paper of this.zip.has('papers.json') ? (await this.zip.json('papers.json')).list() : []) {
      const name = await this.paper(paper);
      if (!papers.delete(name)) {
        throw paper.broken(`is the second about ${name}`, `重复说明 ${name}`);
      }
    }
    for (const name of papers) {
      this.leave(`When ${name} was made, and of which result: the log is not asked here.`,
        `${name} 何时制作、属于哪份结果：此处未附日志证明。`);
    }
    this.leave('What a paper says, and the signature inside it: a PDF reader shows both. Proved are its bytes, by their hash.',
      'PDF 文书的文字及其内部签名：请用 PDF 阅读器查看。此处以哈希证明其字节。');
  }

  async paper(node) {
    const entry = node.only('entry', 'index', 'inclusion', 'opening', 'paper').at('entry').only('act', 'at', 'body', 'v');
    const name = node.at('paper').text();
    if (!this.zip.has(name)) throw node.broken(`is about ${name}, which is not in this bundle`, `所指 ${name} 不在此包中`);
    if (entry.at('act').text() !== 'paper.made' || entry.at('v').number() !== 1) {
      throw entry.broken('is about something else', '不是关于文书的记录');
    }
    const at = entry.at('at').instant();
    const opening = node.at('opening').only('is', 'salt');
    opening.at('salt').hex(16);
    if (hex(await sha256(utf8(canonical(opening.is)))) !== entry.at('body').hash()) {
      throw opening.broken('is not what the entry committed to', '与记录的承诺不符');
    }
    const said = opening.at('is').only('dispute', 'language', 'number', 'record', 'sha256');
    if (said.at('sha256').hash() !== await this.zip.sha256(name)) {
      throw new Broken(name, 'is not what the log knows it as', '与日志所载不符');
    }
    if (said.at('dispute').text() !== this.dispute || said.at('record').hash() !== await this.zip.sha256('result.json')
      || name !== `result-${said.at('language').text()}.pdf`) {
      throw said.broken('is a paper of another result', '属于另一份结果');
    }
    const hash = await sha256(utf8(canonical(entry.is)));
    const {size, root} = this.checkpoint;
    if (!await isIncluded(BigInt(node.at('index').number()), size, hash, node.at('inclusion').hashes(), root)) {
      throw node.broken(`is not in the tree at ${node.at('index').number()}`, '不在日志树的该位置');
    }
    this.prove(`${name} is, byte for byte, the paper of this result that was made at ${at}: so says the log.`,
      `${name} 与日志所载逐字节一致：它是本结果于 ${at} 制作的文书。`);
    return name;
  }

  async resultSignature() {
    const parts = decoded('result.jws', await this.zip.bytes('result.jws')).split('.');
    if (parts.length !== 3) throw new Broken('result.jws', 'is no compact JWS', '不是紧凑格式的 JWS');
    const header = Json.read('result.jws', base64url('result.jws', parts[0]));
    if (header.at('alg').text() !== 'EdDSA') throw header.broken('is signed in a way unknown here', '签名算法未知');
    const key = this.resultKeys.get(header.at('kid').text());
    if (!key) throw header.broken('is signed with a key that is not in keys.json', '签名密钥不在 keys.json 中');
    if (!await isSigned(key.key, utf8(`${parts[0]}.${parts[1]}`), base64url('result.jws', parts[2]))) {
      throw new Broken('result.jws', 'the signature is not right', '签名不正确');
    }
    if (!equal(base64url('result.jws', parts[1]), await this.zip.bytes('result.json'))) {
      throw new Broken('result.json', 'is not what result.jws signs', '不是 result.jws 所签的内容');
    }
  }

  async resultProof(log, last) {
    if (log.at('entry').hash() !== hex(last.hash)) {
      throw log.at('entry').broken(`is not entry ${last.n}`, `不是第 ${last.n} 条记录`);
    }
    const then = await this.signed(log.at('checkpoint').place, utf8(log.at('checkpoint').text()));
    if (!await isIncluded(BigInt(log.at('index').number()), then.size, last.hash, log.at('inclusion').hashes(), then.root)) {
      throw log.broken(`entry ${last.n} was not in the tree`, `第 ${last.n} 条不在树中`);
    }
    await this.consistent(log.place, then);
    this.prove(`When the result was signed the log had ${then.size} entries, entry ${last.n} among them, and has only grown since.`,
      `签署结果时日志有 ${then.size} 条记录，含第 ${last.n} 条；此后只增不改。`);
  }
}

function collectWords(node, into) {
  if (Array.isArray(node.is)) {
    node.list().forEach(inner => collectWords(inner, into));
  } else if (node.is instanceof Map) {
    if ([...node.is.keys()].sort().join() === 'chars,commitment,id') {
      const id = node.at('id').text();
      if (node.at('chars').number() > 0 && !into.has(id)) into.set(id, node);
    } else {
      node.members().forEach(inner => collectWords(inner, into));
    }
  }
}

// ---------------------------------------------------------------------------------------------- the page

const by = id => document.getElementById(id);
let language = navigator.languages.some(it => it.toLowerCase().startsWith('zh')) ? 'zh' : 'en';
let shown = null;

/** An element with text and a class; only ever text, never markup. */
function made(tag, text, style) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (style) element.className = style;
  return element;
}

function translate() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-zh]')) {
    element.dataset.en ??= element.textContent;
    element.textContent = element.dataset[language];
  }
  document.title = by('title').textContent + ' · Redress';
  by('known').placeholder = 'redress.example/log+1a2b3c4d+…';
  by('language').setAttribute('aria-label', language === 'zh' ? 'Switch to English' : '切换到中文');
  render();
}

const TITLES = {
  ok: {en: 'Everything holds', zh: '全部吻合'},
  broken: {en: 'Something is not what it should be', zh: '发现不符之处'},
  unusable: {en: 'There is nothing to check', zh: '无法核验'},
};
const OUTCOMES = {
  SETTLED_FULFILLED: {en: 'Settled and fulfilled', zh: '和解且已履行'},
  SETTLED_ENFORCED: {en: 'Settled and enforced', zh: '和解，经强制履行'},
  SETTLED_WAIVED: {en: 'Settled, the rest waived', zh: '和解，余下已放弃'},
  SETTLED_LAPSED: {en: 'Settled, lapsed', zh: '和解已失效'},
  SETTLED_UNPAID: {en: 'Settled, not fully paid', zh: '和解，未全额支付'},
  DECIDED_FOR_BUYER: {en: 'Decided for the buyer', zh: '判定支持买家'},
  DECIDED_FOR_MERCHANT: {en: 'Decided for the merchant', zh: '判定支持商家'},
  DECIDED_SPLIT: {en: 'Decided in part for each', zh: '判定双方各担'},
  WITHDRAWN: {en: 'Withdrawn', zh: '已撤诉'},
  SUPERSEDED_BY_CHARGEBACK: {en: 'Superseded by a chargeback', zh: '因银行拒付终止'},
  EXPIRED_BUYER_SILENT: {en: 'Closed: the buyer did not answer', zh: '买家未回应，已结案'},
};
const READERS = {BUYER: {en: 'the buyer', zh: '买家'}, MERCHANT: {en: 'the merchant', zh: '商家'},
  PLATFORM: {en: 'the host platform', zh: '所属平台'}, STAFF: {en: 'the platform’s staff', zh: '平台工作人员'}, AUDITOR: {en: 'an auditor', zh: '审计员'}};

function fact(name, value, style) {
  const row = made('div', '', 'fact');
  row.append(made('dt', name), made('dd', value, style));
  return row;
}

function facts(check) {
  const zh = language === 'zh';
  const date = new Date(check.made);
  const list = made('dl', '', 'facts');
  list.append(
    fact(zh ? '纠纷编号' : 'Dispute', check.dispute, 'code'),
    fact(zh ? '可见范围' : 'As seen by', READERS[check.reader][language]),
    fact(zh ? '导出时间' : 'Exported', new Intl.DateTimeFormat(zh ? 'zh-CN' : 'en-GB',
      {dateStyle: 'medium', timeStyle: 'short'}).format(date)),
    fact(zh ? '结果' : 'Result', check.outcome ? (OUTCOMES[check.outcome]?.[language] ?? check.outcome)
      : zh ? '未附' : 'none enclosed'),
    fact(zh ? '记录 / 凭证文件' : 'Entries / evidence files', `${check.entries.length} / ${check.evidence}`),
    fact(zh ? '日志密钥' : 'Key of the log', check.key.line, 'code'));
  return list;
}

function statements(title, items, style) {
  const section = made('section', '', style);
  const list = document.createElement('ul');
  for (const item of items) list.append(made('li', item[language]));
  section.append(made('h3', title), list);
  return section;
}

function timeline(check) {
  const zh = language === 'zh';
  const box = made('details', '', 'timeline');
  const table = document.createElement('table');
  const head = document.createElement('tr');
  for (const title of zh ? ['序号', '时间（UTC）', '事项'] : ['No.', 'When (UTC)', 'What']) head.append(made('th', title));
  table.append(head);
  for (const entry of check.entries) {
    const row = document.createElement('tr');
    const event = entry.openings.get('event');
    row.append(made('td', entry.n), made('td', entry.at.slice(0, 16).replace('T', ' ')),
      event ? made('td', event.at('type').text()) : made('td', zh ? '不公开' : 'not shown', 'closed'));
    table.append(row);
  }
  box.append(made('summary', zh ? '逐条记录' : 'The entries, one by one'), table);
  return box;
}

function render() {
  const out = by('out');
  out.replaceChildren();
  if (!shown) return;
  const zh = language === 'zh';
  const banner = made('div', '', `banner ${shown.state}`);
  const words = made('div', '');
  words.append(made('h2', TITLES[shown.state][language]), made('p', shown.name, 'code'));
  banner.append(made('span', '', 'mark'), words);
  out.append(banner);
  if (shown.state === 'ok') {
    out.append(facts(shown.check), statements(zh ? '已证明' : 'Proved', shown.check.proved, 'proved'),
      statements(zh ? '未证明' : 'Not proved', shown.check.open, 'open'), timeline(shown.check));
  } else {
    const why = made('div', '', 'why');
    if (shown.error.place) why.append(made('p', shown.error.place, 'code place'));
    why.append(made('p', shown.error[language]));
    if (shown.state === 'broken') {
      why.append(made('p', zh ? '核验到第一处不符即停止。请勿采信此文件，并向提供者索取原件。'
        : 'The check stops at the first such place. Do not rely on this file; ask for the original.', 'quiet'));
    }
    out.append(why);
  }
}

async function check(file) {
  if (!crypto.subtle) {
    shown = {state: 'unusable', name: file.name, error: new Unusable(
      'Browsers check signatures only on pages opened over HTTPS, on this machine, or from a saved file.',
      '浏览器仅允许通过 HTTPS、本机地址或已保存的文件打开的页面校验签名。')};
    return render();
  }
  document.body.classList.add('busy');
  by('progress').hidden = false;
  by('progress').value = 0;
  try {
    const known = by('known').value.trim();
    const done = await new Check(file, known, part => { by('progress').value = part; }).everything();
    shown = {state: 'ok', name: file.name, check: done};
  } catch (e) {
    if (!(e instanceof Broken || e instanceof Unusable)) {
      e = new Unusable(`The file cannot be read: ${e.message}`, `无法读取文件：${e.message}`);
    }
    shown = {state: e instanceof Broken ? 'broken' : 'unusable', name: file.name, error: e};
  }
  by('progress').hidden = true;
  document.body.classList.remove('busy');
  render();
  by('out').focus();
  by('out').scrollIntoView({behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'});
}

by('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  translate();
});
by('file').addEventListener('change', () => {
  if (by('file').files.length > 0) check(by('file').files[0]);
  by('file').value = '';
});
for (const type of ['dragover', 'dragleave', 'drop']) {
  addEventListener(type, event => {
    event.preventDefault();
    by('drop').classList.toggle('over', type === 'dragover');
    if (type === 'drop' && event.dataTransfer.files.length > 0) check(event.dataTransfer.files[0]);
  });
}
translate();
