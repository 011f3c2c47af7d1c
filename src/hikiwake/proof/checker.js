// Checks a certificate, from docs/reference/certificate.md alone: a second program, for Node and browsers.
//
//     node checker.js settlement.cert.json [dispute.json] [--steps N]
//
// In a page: hikiwakeCheck(text, {dispute, steps}) gives {valid, cases, claims, failure}. Nothing is fetched or sent.
// Numbers are exact: a BigInt, or a fraction {n, d} in lowest terms with d > 1. The names are those of the page.
'use strict';

(function () {
  const MAX = {text: 2 * 2 ** 20, bits: 10000, parties: 100, rows: 100000, arranged: 5};
  const STEPS = 4000000;

  class Refusal extends Error {
    constructor(code, words) { super(words); this.code = code; }
  }
  const refuse = (code, words) => { throw new Refusal(code, words); };
  const need = (holds, code, words) => { if (!holds) refuse(code, words); };

  // --- exact numbers --------------------------------------------------------------------------
  const isInt = (x) => typeof x === 'bigint';
  const abs = (a) => (a < 0n ? -a : a);
  function gcd(a, b) { a = abs(a); b = abs(b); while (b) [a, b] = [b, a % b]; return a; }
  const lcm = (a, b) => a / gcd(a, b) * b;
  function ratio(n, d) {
    if (d < 0n) { n = -n; d = -d; }
    const g = gcd(n, d);
    return d === g ? n / g : {n: n / g, d: d / g};
  }
  const top = (x) => (isInt(x) ? x : x.n), below = (x) => (isInt(x) ? 1n : x.d);
  const add = (a, b) => (isInt(a) && isInt(b) ? a + b : ratio(top(a) * below(b) + top(b) * below(a), below(a) * below(b)));
  const neg = (a) => (isInt(a) ? -a : {n: -a.n, d: a.d});
  const sub = (a, b) => add(a, neg(b));
  const mul = (a, b) => (isInt(a) && isInt(b) ? a * b : ratio(top(a) * top(b), below(a) * below(b)));
  const div = (a, b) => ratio(top(a) * below(b), below(a) * top(b));
  function cmp(a, b) {
    const [x, y] = isInt(a) && isInt(b) ? [a, b] : [top(a) * below(b), top(b) * below(a)];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  const lt = (a, b) => cmp(a, b) < 0, le = (a, b) => cmp(a, b) <= 0, eq = (a, b) => cmp(a, b) === 0;
  const max = (a, b) => (lt(a, b) ? b : a), min = (a, b) => (lt(b, a) ? b : a);
  const sum = (list) => list.reduce(add, 0n);
  const greatest = (list) => list.reduce(max), least = (list) => list.reduce(min);
  function ceil(x) { return isInt(x) ? x : x.n > 0n ? (x.n - 1n) / x.d + 1n : x.n / x.d; }
  const same = (a, b) => a.length === b.length && a.every((x, i) => eq(x, b[i]));
  function lexicographic(a, b) {
    for (let i = 0; i < a.length; i++) if (!eq(a[i], b[i])) return cmp(a[i], b[i]);
    return 0;
  }
  const sorted = (list) => [...list].sort(cmp);
  const range = (n) => Array.from({length: n}, (_, i) => i);

  // --- text -----------------------------------------------------------------------------------
  function plain(keys) {
    need(keys.every((key) => !/[^\0-\x7f]/.test(key)), 'shape', 'a key that is not ASCII');
    return keys;
  }

  function canonical(value) {
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    if (!Array.isArray(value)) return `{${plain(Object.keys(value)).sort().map((k) => `${JSON.stringify(k)}:${canonical(value[k])}`).join()}}`;
    return value.some((v) => typeof v === 'object') ? `[${value.map(canonical).join()}]` : JSON.stringify(value);
  }
  function longest(text) { // run of digits
    let found = 0;
    for (let at = 0, run = 0; at < text.length; at++) {
      const c = text.charCodeAt(at);
      run = c >= 48 && c <= 57 ? run + 1 : 0;
      if (run > found) found = run;
    }
    return found;
  }

  function parse(text) {
    if (typeof text !== 'string') {
      need(text.length <= MAX.text, 'too-large', 'the file has more than 2 MiB');
      try { text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(text); } catch { refuse('shape', 'the file is not UTF-8'); }
    }
    need(new TextEncoder().encode(text).length <= MAX.text, 'too-large', 'the file has more than 2 MiB');
    need(longest(text) <= 600, 'too-large', 'more than 600 digits in a row');
    if (text.endsWith('\n')) text = text.slice(0, -1);
    let value, same = false;
    try { value = JSON.parse(text); same = canonical(value) === text; } catch (error) {
      refuse('shape', error instanceof Refusal ? error.message : 'this is no JSON, or it is too deep');
    }
    need(same, 'shape', 'this JSON is not in its canonical form (RFC 8785)');
    const halves = text.replaceAll('\\\\', '').includes('\\ud'); // canonical texts escape no other letters of that kind
    need(!halves, 'shape', 'half a character (a lone surrogate)');
    return value;
  }

  // A text, so that it is not taken for a list or a number. Equal texts are one object.
  class Text { constructor(value) { this.value = value; } }
  const texts = new Map();
  function textOf(value) {
    if (!texts.has(value)) texts.set(value, new Text(value));
    return texts.get(value);
  }
  const SMALL = range(1024).map(BigInt); // so that each is one object
  // The value with its numbers exact: those that are written as texts, too.
  function exact(value) {
    if (value === null) return null;
    if (Array.isArray(value)) return value.map(exact);
    if (typeof value === 'object') return new Map(Object.entries(value).map(([k, v]) => [k, exact(v)]));
    if (typeof value === 'number') {
      need(Number.isSafeInteger(value), 'shape', 'a number that is no whole number, or written as one though too large');
      return SMALL[value] ?? BigInt(value);
    }
    need(typeof value === 'string', 'shape', 'true or false');
    const match = /^(-?[0-9]+)(?:\/([1-9][0-9]*))?$/.exec(value);
    if (!match) return textOf(value);
    const found = match[2] ? ratio(BigInt(match[1]), BigInt(match[2])) : BigInt(match[1]);
    return written(found) === value ? found : textOf(value);
  }
  // How many times as much work a number is as a short one.
  const size = (x) => 1 + Math.floor(x.toString(16).length / 50);
  function sized(x) {
    const one = 1n << BigInt(MAX.bits);
    need(abs(top(x)) < one && below(x) < one, 'too-large', 'a number of more than 10,000 bits');
    return x;
  }
  function written(x) {
    if (!isInt(x)) return `${x.n}/${x.d}`;
    return abs(x) <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(x) : String(x);
  }
  const isNumber = (x) => isInt(x) || (x !== null && typeof x === 'object' && isInt(x.n));
  function key(value, name) {
    need(value instanceof Map && value.has(name), 'shape', `an object with the key ${name} is needed`);
    return value.get(name);
  }
  const optional = (value, name, otherwise) => (value instanceof Map && value.has(name) ? value.get(name) : otherwise);
  function list(value, length = null) {
    need(Array.isArray(value), 'shape', 'a list is needed');
    need(length === null || value.length === length, 'shape', `a list of ${length} is needed`);
    return value;
  }
  function number(value) { need(isNumber(value), 'shape', 'a number is needed'); return value; }
  // Something that can be compared as a whole: no list and no object.
  function single(value) { need(!Array.isArray(value) && !(value instanceof Map), 'shape', 'a list or an object is no name'); return isInt(value) || !isNumber(value) ? value : written(value); }
  const numbers = (value) => list(value).map(number);
  function place(value, size, code = 'shape') {
    need(isInt(value), 'shape', 'a place (a whole number) is needed');
    need(value >= 0n && value < BigInt(size), code, 'a place that does not exist');
    return Number(value);
  }

  // --- the dispute ----------------------------------------------------------------------------
  // A tie: the issues that something depends on, and what it makes of a combination and its rows (null: it may not be).
  class Dispute {
    constructor(raw, steps) {
      need(key(raw, 'hikiwake_dispute') === 1n, 'version', 'a dispute of another version');
      [this.steps, this.heavy, this.sets] = [steps, 1, new Map()];
      this.parties = list(key(raw, 'parties')).map(single);
      const n = this.n = this.parties.length;
      need(n >= 2 && n <= MAX.parties, 'too-large', 'fewer than two parties, or more than 100');
      this.issues = list(key(raw, 'issues')).map((issue) => ({id: single(key(issue, 'id')), options: list(key(issue, 'options')).map((corners) => this.option(corners))}));
      this.units = list(numbers(key(raw, 'units')), n);
      this.d = list(numbers(key(raw, 'walk_away')), n);
      [this.tolerance, this.price] = [number(key(raw, 'tolerance')), number(key(raw, 'price'))];
      const [limited, given] = ['never', 'bonuses'].map((kind) => list(key(raw, kind)).map((one) => key(one, 'party'))), whose = [...limited, ...given];
      need(whose.every((i) => i === null || isNumber(i) || i instanceof Text), 'shape', 'a list in the place of a party');
      need([...limited.filter((i) => i !== null), ...given].every((i) => isInt(i) && i >= 0n && i < BigInt(n)), 'dispute', 'a limit or a bonus of nobody');
      const once = new Set(this.parties).size === n && this.issues.length > 0 && new Set(this.issues.map(({id}) => id)).size === this.issues.length;
      need(once && this.units.every((u) => lt(0n, u)) && lt(-1n, this.tolerance) && lt(-1n, this.price), 'dispute', 'an id twice, a unit of 0, or such');
      this.words = 1 + Math.floor(whose.length / 64);
      this.never = list(key(raw, 'never')).map((c) => ({
        party: key(c, 'party'), place: key(c, 'place'), ...this.condition(key(c, 'when')), good: -1n, left: (rows, holds) => (holds ? null : rows)}));
      this.bonuses = list(key(raw, 'bonuses')).map((b) => {
        const [party, points] = [key(b, 'party'), number(key(b, 'points'))], gift = this.parties.map((_, i) => (party === BigInt(i) ? points : 0n));
        const left = (rows, holds) => (holds ? rows.map((row) => plus(row, gift)) : rows);
        return {party, points, gift, ...this.condition(key(b, 'when')), good: lt(0n, sum(gift)) ? 1n : -1n, left};
      });
      this.ties = [...this.never, ...this.bonuses];
      this.tied = this.issues.map(() => []);
      for (const tie of this.ties) for (const [k] of tie.named) this.tied[k].push(tie);
      this.mentions = this.tied.reduce((t, own) => t + own.length, 0);
      const rows = this.issues.flatMap(({options}) => options.flatMap(({rows: own}) => own));
      const parts = new Set([this.units, this.d, ...rows, this.bonuses.map(({points}) => points)].flat().filter((v) => !isInt(v)).map(below));
      this.isWhole = !parts.size && this.issues.every(({options}) => options.every(({rows: own}) => own.length === 1));
      this.heavy = size([...parts].reduce((common, d) => sized(lcm(common, d)), 1n));
      // A row is what a corner is worth to everybody, then what everybody has there of each mixed group.
      [this.width, this.groups, this.lines] = [n, [], []];
      for (const g of list(key(raw, 'groups'))) this.group(list(key(g, 'issues')).map((k) => place(k, this.issues.length)));
    }
    option(corners) {
      need(list(corners).length > 0, 'dispute', 'an option without a corner');
      return {labels: corners.map((corner) => list(corner)[0]), rows: corners.map((corner) => list(corner.slice(1).map(number), this.n))};
    }
    // What a condition says: [issue, its options] of each. Equal sets of options are one object.
    condition(raw) {
      const seen = new Set();
      const named = list(raw).map((one) => {
        const k = place(list(one)[0], this.issues.length), {options} = this.issues[k];
        this.work(this.words * (3 + one.length));
        need(!seen.has(k), 'dispute', 'a condition that names an issue twice');
        seen.add(k);
        const js = one.slice(1).map((j) => place(j, options.length)), text = js.join();
        if (!this.sets.has(text)) this.sets.set(text, new Set(js));
        return [k, this.sets.get(text)];
      });
      return {named};
    }
    work(steps) { this.steps -= steps * this.heavy; need(this.steps >= 0, 'too-large', 'more work than the steps that are allowed'); }
    // A group that is not for trade: how far apart the parties' shares of it are at each combination, or if it is mixed
    // in each row that is as long as all of them; and a line for each two of those who have a range in it.
    group(issues) {
      need(issues.length > 0 && new Set(issues).size === issues.length, 'dispute', 'a group without issues, or with one twice');
      const spans = this.parties.map((_, i) => {
        const own = ({gift, party}) => gift || party === null || party === BigInt(i);
        const worths = this.join(issues, own).flatMap(({rows}) => rows.map((row) => row[i]));
        return worths.length ? [least(worths), greatest(worths)] : [0n, 0n];
      });
      const able = range(this.n).filter((i) => lt(...spans[i])), first = this.width;
      const apart = (u) => {
        const shares = able.map((i) => div(sub(u[i], spans[i][0]), sub(spans[i][1], spans[i][0])));
        return shares.length ? sub(greatest(shares), least(shares)) : 0n;
      };
      if (issues.every((k) => this.issues[k].options.every(({rows}) => rows.length === 1))) {
        const found = new Map(this.join(issues, ({gift}) => gift).map(({at, rows: [row]}) => [at.join(), apart(row)]));
        this.groups.push({issues, mixed: false, imbalance: (at) => found.get(at.join())});
        return;
      }
      this.work(2 * this.n * (this.n + this.bonuses.length + this.issues.reduce((t, {options}) => options.reduce((c, {rows}) => c + rows.length, t), 0)));
      const none = this.parties.map(() => 0n), inside = ({named}) => named.length > 0 && named.every(([k]) => issues.includes(k));
      this.issues.forEach(({options}, k) => {
        const own = issues.includes(k);
        for (const {rows} of options) for (const row of rows) row.push(...(own ? row.slice(0, this.n) : none));
      });
      for (const bonus of this.bonuses) bonus.gift.push(...(inside(bonus) ? bonus.gift.slice(0, this.n) : none));
      this.width += this.n;
      this.groups.push({issues, mixed: true, imbalance: (_, u) => apart(u.slice(first, first + this.n))});
      for (const a of able) for (const b of able) if (a !== b) {
        const [r, s] = [a, b].map((i) => sub(spans[i][1], spans[i][0]));
        const [beside, level] = [sub(mul(s, spans[a][0]), mul(r, spans[b][0])), mul(r, s)];
        this.lines.push({weights: [[first + a, neg(s)], [first + b, r]], beside: (limit) => add(beside, mul(level, limit))});
      }
    }
    // The combinations of a part's issues that keep those ties, and of groups what they keep; `at` are a combination's
    // options, in the order of the part. If groups are given, dominated options are dropped.
    join(part, keeps, groups = null) {
      let options = [{at: [], rows: [Array(this.width).fill(0n)]}];
      const near = (groups || []).filter((g) => part.some((k) => g.issues.includes(k)));
      const done = new Map(), waiting = new Set(), inside = (issues) => issues.every((k) => done.has(k)), ready = ({named}) => named.every(([k]) => done.has(k));
      this.work((groups || []).length + (150 + 2 * near.reduce((t, {issues}) => t + issues.length, 0)) * part.length);
      for (const [x, k] of part.entries()) {
        const own = this.issues[k].options, touching = this.tied[k].filter(keeps);
        const size = options.reduce((t, o) => t + o.rows.length, 0) * own.reduce((t, o) => t + o.rows.length, 0);
        need(size <= MAX.rows, 'too-large', 'a part of more than 100,000 rows');
        done.set(k, x);
        this.work((8 + this.width + done.size + this.words) * size + 4 * this.tied[k].reduce((t, {named}) => t + named.length, 0));
        options = options.flatMap((o) => own.map((more, j) => ({
          at: [...o.at, j], rows: o.rows.flatMap((a) => more.rows.map((b) => plus(a, b)))})));
        for (const tie of touching.filter(ready)) {
          const when = here(tie.named, done);
          this.work(2 * size);
          options = options.flatMap(({at, rows}) => { const left = tie.left(rows, met(when, at)); return left ? [{at, rows: left}] : []; });
        }
        for (const group of near.filter(({issues, mixed}) => !mixed && issues.includes(k) && inside(issues))) {
          const places = group.issues.map((issue) => done.get(issue));
          this.work(2 * size);
          options = options.filter(({at}) => group.keeps(group.imbalance(places.map((y) => at[y]))));
        }
        const begun = near.some(({issues, mixed}) => (mixed || !inside(issues)) && issues.some((issue) => done.has(issue)));
        for (const tie of touching) waiting[ready(tie) ? 'delete' : 'add'](tie);
        if (groups && !begun) options = this.undominated(options, waiting, done);
      }
      return options;
    }
    // A tie that waits for other issues: what it says of these must be as good, too.
    undominated(options, waiting, done) {
      for (const {named} of waiting) this.work(named.length);
      const own = [...waiting].map(({named, good}) => ({good, when: here(named, done)}));
      const best = [], ranked = options.map((o) => ({o, total: sum(o.rows[0])})).sort((a, b) => cmp(b.total, a.total));
      return ranked.map(({o}) => o).filter(({at, rows}) => {
        this.work(8 + Math.ceil((4 + (this.n + own.length) / 8) * best.length) + 4 * own.length);
        if (rows.length > 1) return true;
        const row = [...rows[0], ...own.map(({when, good}) => (met(when, at) ? good : 0n))];
        if (best.some((w) => w.every((p, i) => le(row[i], p)))) return false;
        best.push(row);
        return true;
      });
    }
  }
  const plus = (a, b) => a.map((v, i) => add(v, b[i]));
  // What a condition says of some issues, {issue: its place in `at`}: [place, its options] of each.
  const here = (named, places) => named.flatMap(([k, js]) => (places.has(k) ? [[places.get(k), js]] : []));
  const met = (when, at) => when.every(([x, js]) => js.has(at[x]));

  // --- outcomes -------------------------------------------------------------------------------
  class Outcome {
    constructor(raw, dispute) {
      dispute.work(100 + 35 * (dispute.width - dispute.n) + (50 + dispute.width + dispute.words) * list(raw).length + dispute.ties.length + dispute.mentions / 4);
      need(raw.length === dispute.issues.length, 'outcome', 'not an option for each issue');
      this.at = [];
      this.weights = [];
      this.u = Array(dispute.width).fill(0n);
      let mixed = false;
      dispute.issues.forEach(({options}, k) => {
        const [j, ...parts] = Array.isArray(raw[k]) ? raw[k] : [raw[k], 1n];
        need(isInt(j), 'shape', 'an option is a whole number');
        const own = options[place(j, options.length, 'outcome')].rows, whole = sum(parts.map(number));
        need(own.length === parts.length && parts.every((w) => le(0n, w)) && lt(0n, whole), 'outcome', 'not a weight for each corner');
        mixed ||= own.length > 1;
        dispute.work(mixed ? 35 * dispute.width * own.length : 0);
        this.at.push(Number(j));
        this.weights.push(own.length > 1 ? parts.map((w) => div(w, whole)) : [1n]);
        own.forEach((row, v) => { this.u = plus(this.u, own.length > 1 ? row.map((p) => mul(this.weights[k][v], p)) : row); });
        this.u.forEach(sized);
      });
      const {never, bonuses} = dispute, holds = ({named}) => met(named, this.at);
      this.given = bonuses.filter(holds);
      dispute.work(2 * this.given.length);
      for (const {gift} of this.given) this.u = plus(this.u, gift);
      this.broken = new Set(range(never.length).filter((c) => holds(never[c])));
      dispute.d.forEach((floor, i) => { if (lt(this.u[i], floor)) this.broken.add(dispute.never.length + i); });
      this.imbalance = dispute.groups.map((g) => g.imbalance(g.issues.map((k) => this.at[k]), this.u)).reduce(max, 0n);
      this.u.splice(dispute.n);
    }
  }

  // --- spaces: parts with their options, and clauses between them -------------------------------
  class Space {
    constructor(dispute, merge, limits, groups = []) {
      this.dispute = dispute;
      const merged = new Set(merge.flat()), all = range(dispute.issues.length);
      need(merged.size === merge.flat().length, 'merge', 'an issue in two parts');
      const parts = [...merge, ...all.filter((k) => !merged.has(k)).map((k) => [k])];
      const own = new Set(limits.map((c) => dispute.never[c]));
      dispute.work(1000 + 100 * parts.length + 15 * dispute.width);
      this.options = parts.map((part) => dispute.join(part, (tie) => tie.gift || own.has(tie), groups));
      this.spots = parts.map((part) => new Map(part.map((k, x) => [k, x])));
      this.partOf = new Map(parts.flatMap((part, p) => part.map((k) => [k, p])));
      this.clauses = new Map(limits.map((c) => [c, this.literals(dispute.never[c])]));
      let free = dispute.never.length;
      for (const bonus of dispute.bonuses) {
        const literals = this.literals(bonus), p = this.options.length;
        if (literals.length === 1) continue;
        dispute.work(dispute.width);
        this.options.push([{rows: [bonus.gift]}, {rows: [bonus.gift.map(() => 0n)]}]);
        for (const {p: q, js} of literals) {
          this.clauses.set(free++, [{p, js: new Set([0])}, {p: q, js: new Set(range(this.options[q].length).filter((j) => !js.has(j)))}]);
        }
        this.clauses.set(free++, [{p, js: new Set([1])}, ...literals]);
      }
      this.touching = this.options.map(() => []);
      for (const literals of this.clauses.values()) for (const {p} of literals) this.touching[p].push(literals);
      this.rows = this.options.reduce((t, own) => own.reduce((u, {rows}) => u + rows.length, t), 0);
      this.root = new Node(this, {domains: this.options.map((o) => range(o.length)), most: this.options.map(() => null), u: Array(dispute.width).fill(0n), known: new Set()});
    }
    literals({named}) {
      const when = new Map(named);
      const touched = [...new Set(named.map(([k]) => this.partOf.get(k)))].sort((a, b) => a - b);
      return touched.map((p) => {
        const own = here([...this.spots[p].keys()].flatMap((k) => (when.has(k) ? [[k, when.get(k)]] : [])), this.spots[p]);
        this.dispute.work(2 + this.options[p].length);
        return {p, js: new Set(range(this.options[p].length).filter((j) => met(own, this.options[p][j].at)))};
      });
    }
    // The most that the options of a domain are worth to each party.
    best(p, domain) {
      this.dispute.work(12 + this.dispute.width * (1 + domain.length / 8));
      return domain.map((j) => this.options[p][j].rows).flat().reduce((a, b) => a.map((v, i) => max(v, b[i])));
    }
    // The weighted sum of utilities at each corner.
    sums(weights) {
      this.dispute.work((1 + weights.length) * this.rows * size(top(greatest(weights.map(abs_)))));
      const used = range(weights.length).filter((i) => !eq(weights[i], 0n));
      return this.options.map((own) => own.map(({rows}) => rows.map((row) => used.reduce((t, i) => add(t, mul(weights[i], row[i])), 0n))));
    }
  }

  // What may be left of the node above it: of one part an option only; at the root, of all parts all.
  class Node {
    constructor(space, above, part = null, j = null, known = above.known) { Object.assign(this, {space, above, part, j, known}); }
    impossible({p, js}) { return !this.domains[p].some((j) => js.has(j)); }
    certain({p, js}) { return this.domains[p].every((j) => js.has(j)); }
    // Tells whether something may be left, having found out what.
    narrow() {
      const {dispute, clauses, touching} = this.space, {part} = this;
      const waiting = new Set(part === null ? clauses.values() : touching[part]);
      dispute.work(this.above.domains.length / 4);
      this.domains = [...this.above.domains];
      this.changed = new Set(part === null ? range(this.domains.length) : [part]);
      if (part !== null) this.domains[part] = [this.j];
      for (const literals of waiting) { // what is added again is met again
        waiting.delete(literals);
        dispute.work(literals.reduce((t, {p}) => t + 5 + this.domains[p].length / 16, 5));
        if (literals.some((literal) => this.impossible(literal))) continue;
        const loose = literals.filter((literal) => !this.certain(literal));
        if (!loose.length) return false;
        if (loose.length > 1) continue;
        const [{p, js}] = loose;
        this.domains[p] = this.domains[p].filter((j) => !js.has(j));
        this.changed.add(p);
        for (const other of touching[p]) waiting.add(other);
      }
      return this.domains.every((domain) => domain.length);
    }
    // U: what is above, but for the parts that have changed.
    bounds() {
      this.most = [...this.above.most];
      this.u = [...this.above.u];
      for (const p of this.changed) {
        const [before, now] = [this.most[p], this.space.best(p, this.domains[p])];
        this.most[p] = now;
        now.forEach((v, i) => { this.u[i] = add(this.u[i], before ? sub(v, before[i]) : v); });
      }
      return this.u;
    }
    // The largest of weighted sums of utilities, by a row's multipliers of clauses.
    highest(sums, multipliers) {
      const {options, clauses, dispute} = this.space, less = options.map(() => null);
      dispute.work(options.length + 6 * multipliers.length);
      let total = 0n;
      for (const [clause, mu] of multipliers) {
        const literals = clauses.get(clause);
        if (!literals) continue;
        total = add(total, mul(mu, BigInt(literals.length - 1)));
        for (const {p, js} of literals) {
          dispute.work(js.size / 4);
          less[p] ||= new Map();
          for (const j of js) less[p].set(j, add(less[p].get(j) || 0n, mu));
        }
      }
      return this.domains.reduce((t, domain, p) => {
        dispute.work(domain.length / 4);
        return add(t, greatest(domain.map((j) => {
          const most = greatest(sums[p][j]), mu = less[p] && less[p].get(j);
          return mu ? sub(most, mu) : most;
        })));
      }, total);
    }
    branch(code) {
      const domain = code < BigInt(this.domains.length) ? this.domains[Number(code)] : [];
      need(domain.length > 1, 'tree', 'an integer that divides nothing');
      return domain.map((j) => new Node(this.space, this, Number(code), j));
    }
  }

  // --- goals ----------------------------------------------------------------------------------
  // A level tells whether an upper bound of the gains shuts it, and whether a row with bound M does.
  const reaches = (value, slot) => (slot.e ? lt(slot.v, value) : le(slot.v, value));
  const harder = (a, b) => (cmp(a.v, b.v) || a.e - b.e) >= 0 ? a : b;
  const under = (M, A, epsilons) => lt(M, A) || (eq(M, A) && lt(0n, epsilons));

  class Scale {
    constructor(dispute, ranges, z) {
      Object.assign(this, {dispute, z});
      this.compared = range(dispute.n).filter((i) => lt(0n, ranges[i]));
      this.others = range(dispute.n).filter((i) => !lt(0n, ranges[i]));
      this.R = sized(this.compared.reduce((R, i) => lcm(R, top(ranges[i])), 1n));
      this.factors = ranges.map((r) => (lt(0n, r) ? div(this.R, r) : this.R));
    }
    gains(u) { return this.z.map((zero, i) => mul(sub(u[i], zero), this.factors[i])); }
    own(values) { return this.compared.map((i) => values[i]); }
    slot(v, step = 0n) {
      return this.dispute.isWhole ? {v: add(ceil(v), step), e: 0} : {v, e: lt(0n, step) ? 1 : 0};
    }
    // A tolerance or price in scaled gains.
    span(x) { const v = mul(x, this.R); return this.dispute.isWhole ? neg(ceil(neg(v))) : v; }
    floors() { return new Map(range(this.dispute.n).map((i) => [i, {v: 0n, e: 0}])); }
  }
  // What is asked of each party, and (line) that a sum with weights w is more than a value.
  function box(asks, w = null, line = null) {
    return {
      shuts: (g) => [...asks].some(([i, ask]) => !reaches(g[i], ask)) || (w !== null && !reaches(sum(g.map((v, i) => mul(w[i], v))), line)),
      row(M, lambda, _, less) {
        let s = 0n;
        if (w) s = least(range(w.length).filter((i) => !eq(w[i], 0n)).map((i) => div(lambda[i], w[i])));
        const rest = lambda.map((l, i) => (w ? sub(l, mul(s, w[i])) : l));
        if (rest.some((l, i) => !eq(l, 0n) && !asks.has(i))) return false;
        let [A, epsilons] = line ? [mul(s, line.v), add(less, mul(s, BigInt(line.e)))] : [0n, less];
        for (const [i, ask] of asks) { A = add(A, mul(rest[i], ask.v)); epsilons = add(epsilons, mul(rest[i], BigInt(ask.e))); }
        return under(M, A, epsilons);
      },
    };
  }
  // None has gains of at least those of `from` (of the compared), and a larger sum than u.
  function larger(scale, from, u) {
    const g = scale.gains(from), asks = scale.floors();
    for (const i of scale.compared) asks.set(i, scale.slot(g[i]));
    return box(asks, range(scale.dispute.n).map((i) => (scale.compared.includes(i) ? 1n : 0n)), scale.slot(sum(scale.own(scale.gains(u))), 1n));
  }
  function product(scale, Q) {
    const m = scale.compared.length;
    return {
      work: Math.floor((m * size(scale.R)) ** 2 / 40),
      shuts: (g) => g.some((v) => lt(v, 0n)) || le(scale.own(g).reduce(mul, 1n), Q),
      row(M, lambda) {
        const own = scale.own(lambda);
        if (lt(M, 0n)) return true;
        if (!own.every((l) => lt(0n, l))) return false;
        const power = range(m).reduce((t) => mul(t, M), 1n);
        return le(power, mul(Q, mul(BigInt(m) ** BigInt(m), own.reduce(mul, 1n))));
      },
    };
  }
  function reaching(scale, slots) {
    return {
      shuts: (g) => scale.others.some((i) => lt(g[i], 0n)) || sorted(scale.own(g)).some((v, j) => !reaches(v, slots[j])),
      row(M, lambda, g, less) {
        const waiting = [...scale.compared].sort((a, b) => cmp(g[a], g[b])), able = []; // the smallest multiplier last
        let [A, epsilons] = [0n, less];
        for (const slot of [...slots].reverse()) {
          while (waiting.length && reaches(g[waiting[waiting.length - 1]], slot)) {
            const i = waiting.pop(), at = able.findIndex((j) => lt(lambda[j], lambda[i]));
            able.splice(at < 0 ? able.length : at, 0, i);
          }
          const chosen = able.pop();
          A = add(A, mul(lambda[chosen], slot.v));
          if (slot.e) epsilons = add(epsilons, lambda[chosen]);
        }
        return under(M, A, epsilons);
      },
    };
  }
  function slotsAbove(scale, u) {
    const l = sorted(scale.own(scale.gains(u)));
    return l.map((_, k) => l.map((v, j) => (j < k ? scale.slot(v) : scale.slot(l[k], 1n))));
  }
  const sortedGoal = (scale, u) => slotsAbove(scale, u).map((slots) => reaching(scale, slots));

  // --- lines ----------------------------------------------------------------------------------
  // Sums of utilities, c_1 … c_n and then c. The first are never below 0: those of mixed groups, which go on with points
  // there (strictly: always above 0); T − g_a + g_b of the compared a and b, or g_a less its floor. Then come blocks:
  // where no line of one is below 0 and its last is above, something else is better.
  // A node knows 2 k of a line that is not below 0 there, 2 k + 1 of one that is (or of the last of a block: not above).
  class Lines {
    constructor(dispute, level = null, {strict = false, scale = null, floors = []} = {}) {
      Object.assign(this, {dispute, level, strict, scale, floors, even: level === null ? [] : dispute.lines, more: [], blocks: [], last: new Set()});
      this.always = this.even.length + floors.length ** 2;
    }
    add(block) {
      const first = this.always + this.more.length;
      for (const line of block) this.more.push(line);
      this.blocks.push(range(block.length).map((x) => first + x));
      this.last.add(first + block.length - 1);
    }
    line(k) {
      if (k >= this.always) return [...this.more[k - this.always]];
      if (k < this.even.length) {
        const line = Array(this.dispute.width).fill(0n), {weights, beside} = this.even[k];
        for (const [column, weight] of weights) line[column] = weight;
        return [...line, beside(this.level)];
      }
      const {scale, floors} = this, pair = k - this.even.length, a = Math.floor(pair / floors.length);
      const [i, j] = [a, pair % floors.length].map((x) => scale.compared[x]);
      const line = scale.factors.map((f, h) => mul(f, BigInt((h === j) - (h === i && i !== j))));
      const room = i === j ? neg(floors[a]) : scale.span(scale.dispute.tolerance);
      return [...line, sub(room, sum(line.map((v, h) => mul(v, scale.z[h]))))];
    }
    knows(known, c, mu) {
      const k = isInt(c) ? Number(-1n - c) : -1, below = lt(mu, 0n);
      return (k >= 0 && k < this.always && !below) || known.has(2 * k + below);
    }
    // Weights with the lines of a row added, what is beside them, and how many ε the sum is less.
    beside(weights, pairs) {
      let [own, total, less] = [weights, 0n, 0n];
      for (const [c, mu] of pairs) {
        const k = Number(-1n - c), line = this.line(k);
        this.dispute.work((25 + 6 * line.length) * (size(top(mu)) + size(top(greatest(line.map(abs_))))));
        const room = line.pop();
        own = range(Math.max(own.length, line.length)).map((i) => add(own[i] || 0n, mul(mu, line[i] || 0n)));
        total = add(total, mul(mu, room));
        if (lt(mu, 0n) && !this.last.has(k)) less = sub(less, mu);
        if (this.strict) less = add(less, mu);
      }
      return [own, total, less];
    }
    // The nodes in which a line of a block is the first that does not hold.
    divide(node, code) {
      need(code < BigInt(this.blocks.length), 'tree', 'an integer that divides nothing');
      const {space} = node, known = new Set(node.known), children = [];
      for (const k of this.blocks[Number(code)]) {
        const line = this.line(k), most = sub(node.highest(space.sums(line.slice(0, -1).map(neg)), []), line[line.length - 1]);
        space.dispute.work(30 + known.size / 2);
        if (lt(0n, most) || (eq(most, 0n) && this.last.has(k))) children.push(new Node(space, node, null, null, new Set(known).add(2 * k + 1)));
        known.add(2 * k);
      }
      return children;
    }
  }

  // --- trees ----------------------------------------------------------------------------------
  function grow(tree, {levels, scale, space, view, lines}, rows) {
    const stack = [space.root], weighed = new Map();
    const aLevel = (15 + 2 * scale.z.length) * size(scale.R) + levels.reduce((t, {work}) => t + (work || 0), 0);
    let at = 0, cases = 0;
    while (stack.length) {
      const node = stack.pop();
      space.dispute.work(60 + levels.length * aLevel);
      let open = [], g = null, children = null;
      if (node.narrow()) {
        g = view(scale.gains(node.bounds()));
        if (g) open = levels.filter((level) => !level.shuts(g));
      }
      while (open.length && !children) {
        need(at < tree.length, 'short', 'the tree ends while something is open');
        space.dispute.work(open.length * 3 * aLevel);
        const code = number(tree[at++]);
        if (le(0n, code)) {
          need(isInt(code), 'tree', 'an integer that divides nothing');
          const parts = BigInt(space.options.length);
          children = code < parts ? node.branch(code) : lines.divide(node, code - parts);
          if (!children.length) cases++;
        } else {
          need(le(neg(code), BigInt(rows.length)), 'tree', 'a row that does not exist');
          need(isInt(code), 'shape', 'a tree holds integers');
          const {lambda, multipliers, pairs} = rows[Number(-code - 1n)];
          space.dispute.work(4 * pairs.length);
          need(pairs.every(([k, mu]) => lines.knows(node.known, k, mu)), 'tree', 'a row with a line that is not known to hold');
          if (!weighed.has(code)) {
            const c = lambda.map((l, i) => mul(l, scale.factors[i])), [own, total, less] = lines.beside(c, pairs);
            weighed.set(code, {sums: space.sums(own), total: sub(total, sum(c.map((x, i) => mul(x, scale.z[i])))), less});
          }
          const {sums, total, less} = weighed.get(code), M = add(node.highest(sums, multipliers), total);
          const left = open.filter((level) => !level.row(M, lambda, g, less));
          need(left.length < open.length, 'idle', 'a row that closes nothing');
          open = left;
        }
      }
      if (children) stack.push(...children.reverse());
      else cases++;
    }
    need(at === tree.length, 'left-over', 'a tree goes on after all is closed');
    return cases;
  }
  function readRow(raw, n) {
    need(numbers(raw).length >= n && (raw.length - n) % 2 === 0, 'multiplier', 'not a multiplier for each party, then clauses with theirs');
    const lambda = raw.slice(0, n), both = range((raw.length - n) / 2).map((x) => [raw[n + 2 * x], raw[n + 2 * x + 1]]);
    need([...lambda, ...both.flatMap(([c, mu]) => (lt(c, 0n) ? [] : [mu]))].every((v) => le(0n, v)), 'multiplier', 'a multiplier below 0');
    need(both.every(([c]) => isInt(c) || le(0n, c)), 'shape', 'a line is a whole number');
    const clause = (c) => (isInt(c) ? Number(c) : -1); // there is none of a number that is not whole
    return {lambda, multipliers: both.filter(([c]) => le(0n, c)).map(([c, mu]) => [clause(c), mu]), pairs: both.filter(([c]) => lt(c, 0n))};
  }

  // --- claims ---------------------------------------------------------------------------------
  const BETTER = {
    draw: null, frontier: null, kalai_smorodinsky: null,
    nash: 'product of gains', egalitarian: 'least gain in points', leximin: 'points, sorted upward',
    utilitarian: 'sum of points', adjusted_winner: 'parts of the totals, sorted upward'};

  class Check {
    constructor(certificate, claims, dispute) {
      Object.assign(this, {claims, dispute, goals: [], said: []});
      [this.rule, this.status] = ['rule', 'status'].map((k) => { const v = key(certificate, k); return v instanceof Text ? v.value : ''; });
      this.bound = optional(optional(certificate, 'claims', null), 'bound', null);
      this.proof = key(certificate, 'proof');
      this.outcomes = list(key(this.proof, 'outcomes')).map((raw) => new Outcome(raw, dispute));
      this.merge = list(optional(this.proof, 'merge', [])).map((part) => list(part));
      this.name = (i) => label(dispute.parties[i]);
    }
    prove(scale, levels, space = this.space, view = (g) => g, lines = this.lines) { this.goals.push({scale, levels, space, view, lines}); }
    // The outcome at a place; -1 is the last one, as in Python.
    place(value) {
      need(isInt(value), 'shape', 'a place (a whole number) is needed');
      need(value >= 0n && value < BigInt(this.outcomes.length), 'outcome', 'an outcome that is not there');
      return this.outcomes[Number(value)];
    }
    plan() {
      return this.merge.map((part) => part.map((k) => place(k, this.dispute.issues.length, 'merge')));
    }
    evenly(keeps) {
      const groups = this.dispute.groups.map((g) => ({...g, keeps}));
      return new Space(this.dispute, this.plan(), range(this.dispute.never.length), groups);
    }
    accept(level) {
      for (const o of this.outcomes) need(!o.broken.size && le(o.imbalance, level), 'infeasible', 'an outcome that breaks a limit, or is uneven in a group');
      this.space = this.evenly((apart) => le(apart, level));
      [this.level, this.lines] = [level, new Lines(this.dispute, level)];
    }
    points(values) { return values.map((u, i) => written(sized(div(u, this.dispute.units[i])))); }
    run() {
      const {rule, status} = this, kinds = {draw: 'settlement', uneven: 'settlement', no_agreement: 'noAgreement', complete: 'frontier'};
      need(Object.hasOwn(BETTER, rule), 'shape', 'an unknown rule');
      need(Object.hasOwn(kinds, status) && (rule === 'frontier') === (status === 'complete'), 'status', 'a status that this rule does not have');
      need(canonical(this[kinds[status]]()) === canonical(this.claims), 'claims', 'a figure that is not what comes out');
      const rows = list(optional(this.proof, 'multipliers', [])).map((raw) => readRow(raw, this.dispute.n));
      const trees = list(key(this.proof, 'trees'));
      need(trees.length === this.goals.length, 'tree', `${this.goals.length} trees are owed`);
      this.cases = this.goals.reduce((t, goal, x) => t + grow(list(trees[x]), goal, rows), 0);
      if (kinds[status] === 'settlement') this.said.push('No acceptable package is better for one party and worse for none.');
      this.said.push(`Status: ${status}.`);
    }
    noAgreement() {
      const {dispute} = this, count = dispute.never.length, conflicts = list(key(this.proof, 'conflicts'));
      const scale = new Scale(dispute, dispute.parties.map(() => 1n), dispute.d);
      for (const conflict of conflicts) {
        const named = list(key(conflict, 'limits')), limits = new Set(named.map(single)), without = list(key(conflict, 'without'));
        need([...limits].every((c) => isInt(c) && c >= 0n && c < BigInt(count + dispute.n)), 'conflict', 'a limit that does not exist');
        need(limits.size > 0 && named.length === limits.size && without.length === limits.size, 'conflict', 'not one outcome for each limit');
        without.forEach((at, l) => {
          dispute.work(limits.size / 4);
          const {broken} = this.place(at);
          need([...limits].every((c) => c === named[l] || !broken.has(Number(c))), 'conflict', 'an outcome that breaks a limit which it should keep');
        });
        const places = [...limits].map(Number).sort((a, b) => a - b), asks = scale.floors();
        for (const i of range(dispute.n)) if (!limits.has(BigInt(count + i))) asks.delete(i);
        this.prove(scale, [box(asks)], new Space(dispute, this.plan(), places.filter((c) => c < count)), undefined, new Lines(dispute));
        this.said.push(`No package keeps all of: ${places.map((c) => this.limitName(c)).join(', ')}. Each is needed.`);
      }
      need(conflicts.length > 0, 'conflict', 'no conflict is named');
      return {walk_away: this.points(dispute.d)};
    }
    limitName(c) {
      const {dispute} = this, limit = dispute.never[c];
      if (!limit) return `what ${this.name(c - dispute.never.length)} has without an agreement`;
      return limit.party === null ? `rule ${label(limit.place)}` : `red line ${label(limit.place)} of ${this.name(place(limit.party, dispute.n))}`;
    }
    frontier() {
      const {dispute} = this;
      need(dispute.n === 2, 'not-covered', 'only frontiers of two parties are covered');
      this.accept(dispute.tolerance);
      this.walk(this.outcomes, new Scale(dispute, [1n, 1n], dispute.d), 0n, 0n);
      this.said.push(`The frontier has just these ${this.outcomes.length} points, and what lies straight between neighbours that can be mixed.`);
      return {points: this.outcomes.map((o) => this.points(o.u))};
    }
    // Gaps between neighbours of a run, and beyond its ends what gives one party at least so much. Returns the edges.
    walk(run, scale, low, high) {
      this.dispute.work(250 * run.length);
      const [a, b] = scale.compared, edges = [], there = run.map((o) => scale.gains(o.u));
      need(run.length > 0 && there.every((Q, x) => x === 0 || same(there[x - 1], Q) || (lt(there[x - 1][a], Q[a]) && lt(Q[b], there[x - 1][b]))), 'run', 'outcomes that are not in the order of the run');
      for (const x of range(run.length + 1)) {
        const [P, Q] = [there[x - 1], there[x]], asks = scale.floors();
        asks.set(a, P ? scale.slot(P[a], scale.factors[a]) : scale.slot(max(low, 0n)));
        asks.set(b, Q ? scale.slot(Q[b], scale.factors[b]) : scale.slot(max(high, 0n)));
        if (!P || !Q || same(P, Q) || run[x].at.some((j, k) => run[x - 1].at[k] !== j)) { this.prove(scale, [box(asks)]); continue; }
        const w = this.dispute.parties.map(() => 0n);
        [w[a], w[b]] = [sub(P[b], Q[b]), sub(Q[a], P[a])];
        edges.push([scale.own(P), scale.own(Q)]);
        this.prove(scale, [box(asks, w, {v: sum(P.map((v, i) => mul(w[i], v))), e: 1})]);
      }
      return edges;
    }
    settlement() {
      const {dispute, rule} = this, x = this.place(0n), level = max(dispute.tolerance, x.imbalance);
      this.accept(level);
      const places = list(key(this.proof, 'ideals'));
      need(places.length >= dispute.n, 'shape', 'not an ideal for each party');
      const ideals = dispute.d.map((_, i) => this.place(places[i]).u[i]), ranges = ideals.map((a, i) => sub(a, dispute.d[i]));
      const gains = x.u.map((u, i) => (eq(ranges[i], 0n) ? null : div(sub(u, dispute.d[i]), ranges[i])));
      const own = gains.filter((g) => g !== null), imbalance = own.length < 2 ? null : sub(greatest(own), least(own));
      const maybe = (v) => (v === null ? null : written(sized(v)));
      const claims = {utilities: this.points(x.u), walk_away: this.points(dispute.d), ideals: this.points(ideals), gains: gains.map(maybe), imbalance: maybe(imbalance)};
      if (dispute.groups.length) claims.group_imbalance = written(sized(x.imbalance));
      this.tell(x, claims);
      const scale = new Scale(dispute, ranges, dispute.d);
      if (lt(dispute.tolerance, level)) {
        this.prove(scale, [box(scale.floors())], this.evenly((apart) => lt(apart, level)), undefined, new Lines(dispute, level, {strict: true}));
        this.said.push('No package is more even in the groups that are not for trade.');
      }
      scale.gains(ideals).forEach((a, i) => this.prove(scale, [box(scale.floors().set(i, scale.slot(a, scale.factors[i])))]));
      const bound = rule === 'nash' ? this.bound : null;
      if (bound !== null) claims.bound = written(sized(number(bound)));
      this.byRule(x, scale, ranges, bound);
      const even = imbalance !== null && le(max(imbalance, level), dispute.tolerance);
      need(this.follows(x, scale, even, level), 'status', `the status ${this.status} does not follow`);
      return claims;
    }
    byRule(x, scale, ranges, bound) {
      const {dispute, rule} = this, points = new Scale(dispute, dispute.units.map((u, i) => (lt(0n, ranges[i]) ? u : 0n)), dispute.d);
      if (BETTER[rule]) this.said.push(`No acceptable package has a better ${BETTER[rule]}${bound === null ? '' : ' than the bound'}.`);
      if (rule === 'leximin') this.prove(points, sortedGoal(points, x.u));
      if (rule === 'egalitarian') { this.prove(points, sortedGoal(points, x.u).slice(0, 1)); this.prove(points, [larger(points, x.u, x.u)]); }
      if (rule === 'utilitarian') this.prove(points, [larger(points, dispute.d, x.u)]);
      if (rule === 'adjusted_winner') {
        const shares = dispute.issues.every(({options}) => options.length === 1);
        need(shares && !dispute.never.length && !dispute.bonuses.length && !dispute.groups.length, 'not-covered', 'adjusted winner is for shares only');
        const totals = range(dispute.n).map((i) => sum(dispute.issues.map(({options: [o]}) => greatest(o.rows.map((row) => row[i])))));
        need(totals.every((t) => lt(0n, t)), 'not-covered', 'a party without points');
        const parts = new Scale(dispute, totals, dispute.d.map(() => 0n));
        this.prove(parts, sortedGoal(parts, x.u));
      }
      if (rule === 'nash') {
        const g = scale.own(scale.gains(x.u)), reached = g.reduce(mul, 1n);
        need(g.length > 0 && g.every((v) => lt(0n, v)), 'not-covered', 'a product in which somebody gains nothing');
        const most = bound === null ? reached : mul(bound, scale.R ** BigInt(g.length));
        need(le(reached, most), 'claims', 'a bound below the product');
        this.prove(scale, [product(scale, most)]);
        if (bound !== null) this.prove(scale, [larger(scale, x.u, x.u)]);
      }
    }
    near(gains, kappas) { return kappas === null || kappas.some((kappa) => kappa.every((v, i) => le(sub(v, gains[i]), this.p))); }
    follows(x, scale, even, level) {
      const {dispute, rule} = this, draw = this.status === 'draw', own = rule === 'draw' || rule === 'kalai_smorodinsky';
      const best = this.place(optional(this.proof, 'best', 0n));
      if (!even && !own) return !draw;
      const k = scale.own(scale.gains(best.u)), g = scale.own(scale.gains(x.u));
      this.p = scale.span(dispute.price);
      this.prove(scale, sortedGoal(scale, best.u));
      this.said.push(`No acceptable package has better gains, sorted upward${best === x ? '' : ', than the one it is compared with'}.`);
      const {known, possible} = this.arranged(scale, k), close = this.near(g, known);
      if (!own) return draw ? close : !this.near(g, possible);
      if (rule === 'kalai_smorodinsky' || (even && best === x)) return best === x && draw === even;
      if (g.length < 2 || lt(dispute.tolerance, level)) return best === x && !draw;
      if (!(draw ? even && close : best === x)) return false;
      const T = scale.span(dispute.tolerance);
      this.said.push(draw ? 'No other draw has better gains, sorted upward.' : 'No acceptable package is a draw.');
      if (g.length === 2 && optional(this.proof, 'run') !== undefined) return this.search(x, scale, draw, T, possible);
      if (draw) this.prove(scale, [larger(scale, x.u, x.u)]);
      this.strip(x, scale, draw, T, k, possible);
      return true;
    }
    // The Kalai–Smorodinsky gains that are known, and those that are possible.
    arranged(scale, k) {
      const twins = optional(this.proof, 'twins', null), alike = k.every((v) => eq(v, k[0]));
      const possible = alike ? [k] : k.length <= MAX.arranged ? arrangements(sorted(k)) : null;
      if (twins === null) return {known: [k], possible};
      need(possible, 'not-covered', 'twins of more than five parties');
      const known = [k, ...list(twins).map((t) => scale.own(scale.gains(this.place(t).u)))];
      need(known.every((t) => same(sorted(t), sorted(k))), 'status', 'a twin that is none');
      for (const kappa of possible) {
        if (known.some((t) => same(t, kappa))) continue;
        const asks = scale.floors();
        scale.compared.forEach((i, j) => asks.set(i, scale.slot(kappa[j])));
        this.prove(scale, [box(asks)]);
      }
      return {known, possible: known};
    }
    strip(x, scale, draw, T, k, possible) {
      const l = sorted(k), high = sub(l[l.length - 1], T);
      const base = l.map((v) => scale.slot(max(sub(max(v, high), this.p), 0n)));
      const levels = (draw ? slotsAbove(scale, x.u).map((slots) => slots.map((s, j) => harder(s, base[j]))) : [base]).map((slots) => reaching(scale, slots));
      const worths = this.outcomes.map((o) => scale.gains(o.u)), {dispute} = this;
      const floors = l.map((v, a) => sub(possible ? least(possible.map((kappa) => kappa[a])) : l[0], this.p));
      const lines = new Lines(dispute, this.level, {scale, floors});
      for (const raw of list(optional(this.proof, 'replacements', []))) lines.add(this.replacement(list(raw)));
      this.prove(scale, levels, this.space, (gains) => {
        dispute.work(dispute.n * worths.length + 5 * k.length * (possible || []).length);
        const most = add(least(scale.own(gains)), T), g = gains.map((v, i) => (scale.compared.includes(i) ? min(v, most) : v));
        const covered = worths.some((w) => w.every((v, i) => le(g[i], v)) && !same(w, g));
        return !covered && this.near(scale.own(g), possible) ? g : null;
      }, lines);
    }
    // The lines of what has an outcome's options, with weights that are sums of utilities, in parts of a unit: no weight
    // is below 0, no group is too uneven, nobody has less than before, and all together have more.
    replacement([place, unit, ...rows]) {
      const {dispute} = this, {n} = dispute, {at, given} = this.place(place), zero = Array(n).fill(0n), sums = [];
      const issues = at.map((j, k) => dispute.issues[k].options[j].rows), fits = rows.every((row) => list(row).map(number).length === n + 1);
      const asked = issues.reduce((t, own) => t + own.length - 1, 0);
      need(lt(0n, number(unit)) && fits && rows.length === asked, 'replacement', 'not a sum for each corner but the last of an issue');
      dispute.work(400 + 2 * n * (dispute.width + 3 * dispute.lines.length) + 8 * issues.length + 2 * given.length);
      let next = 0, more = range(dispute.width).map((i) => [...zero.map((_, j) => (i === j ? neg(unit) : 0n)), mul(unit, sum(given.map(({gift}) => gift[i])))]);
      for (const corners of issues) {
        const own = rows.slice(next, next += corners.length - 1);
        own.push(own.reduce((rest, line) => rest.map((v, i) => sub(v, line[i])), [...zero, unit]));
        if (own.length > 1) sums.push(...own);
        corners.forEach((row, v) => {
          dispute.work(20 + 3 * (n + 1) * (dispute.width + 1) * size(top(greatest(own[v].map(abs_)))));
          more = more.map((line, i) => line.map((a, j) => add(a, mul(row[i], own[v][j]))));
        });
      }
      for (const {weights, beside} of dispute.lines) {
        const line = weights.map(([column, weight]) => more[column].map((v) => mul(v, weight))).reduce(plus);
        line[n] = add(line[n], mul(unit, beside(this.level)));
        sums.push(line);
      }
      more = more.slice(0, n);
      return [...sums, ...more, more.reduce(plus)];
    }
    search(x, scale, draw, T, possible) {
      const run = list(key(this.proof, 'run')).map((at) => this.place(at));
      need(run.length > 0, 'shape', 'an empty run');
      const spots = run.map((o) => scale.own(scale.gains(o.u))), last = spots[spots.length - 1];
      const low = max(sub(spots[0][1], T), sub(least(possible.map((kappa) => kappa[0])), this.p));
      const high = max(sub(last[0], T), sub(least(possible.map((kappa) => kappa[1])), this.p));
      const room = (g) => {
        const apart = sub(g[0], g[1]);
        return [apart, sub(T, apart), add(T, apart), ...possible.flatMap((kappa) => g.map((v, i) => add(sub(v, kappa[i]), this.p)))];
      };
      for (const [P, Q] of this.walk(run, scale, low, high)) {
        const [from, to] = [room(P), room(Q)];
        from.forEach((c, j) => { // where an edge crosses a border of what is a draw, or of what is better
          if (!lt(mul(c, to[j]), 0n)) return;
          const t = div(c, sub(c, to[j]));
          spots.push(P.map((v, i) => add(v, mul(t, sub(Q[i], v)))));
        });
      }
      const mine = sorted(scale.own(scale.gains(x.u)));
      for (const g of spots) {
        const drawn = le(abs_(sub(g[0], g[1])), T) && this.near(g, possible);
        need(!drawn || (draw && lexicographic(sorted(g), mine) <= 0), 'status', 'another package of the run is a draw that is better, or one');
      }
      return !draw || run.includes(x);
    }
    tell(x, claims) {
      this.dispute.issues.forEach(({id, options}, k) => {
        const {labels} = options[x.at[k]], weights = x.weights[k], mean = (values) => sum(values.map((v, i) => mul(number(v), weights[i])));
        let value = labels[0];
        if (Array.isArray(value)) {
          const length = Math.min(...labels.map((one) => list(one).length));
          value = range(length).map((i) => mean(labels.map((one) => one[i]))).slice(0, this.dispute.n).map((v, i) => `${this.name(i)} ${label(v)}`).join(', ');
        } else value = label(labels.length > 1 ? mean(labels) : value);
        this.said.push(`${label(id)}: ${value}`);
      });
      this.said.push('The package keeps every rule, red line and walk-away value.');
      this.dispute.parties.forEach((_, i) => this.said.push(`${this.name(i)}: ${claims.utilities[i]} points, of at most ${claims.ideals[i]}; ${claims.walk_away[i]} without an agreement. Gain: ${claims.gains[i] === null ? 'none possible' : claims.gains[i]}.`));
    }
  }
  const abs_ = (x) => (lt(x, 0n) ? neg(x) : x);
  function label(value) {
    if (value instanceof Text) return value.value;
    return isNumber(value) ? String(written(value)) : String(value);
  }
  function arrangements(values) {
    const found = [], used = values.map(() => false), row = [];
    (function extend() {
      if (row.length === values.length) { found.push([...row]); return; }
      values.forEach((v, i) => {
        if (used[i] || (i > 0 && eq(values[i - 1], v) && !used[i - 1])) return;
        used[i] = true; row.push(v);
        extend();
        used[i] = false; row.pop();
      });
    })();
    return found;
  }

  // --- the door -------------------------------------------------------------------------------
  function check(certificateText, {dispute = null, steps = STEPS} = {}) {
    try {
      const certificate = parse(certificateText);
      need(certificate !== null && typeof certificate === 'object' && !Array.isArray(certificate), 'shape', 'an object is needed');
      const raws = [...(Object.hasOwn(certificate, 'dispute') ? [certificate.dispute] : []), ...(dispute === null ? [] : [parse(dispute)])];
      need(raws.length, 'shape', 'the dispute is neither in the certificate nor beside it');
      for (const one of ['hikiwake_certificate', 'dispute_hash', 'claims']) need(Object.hasOwn(certificate, one), 'shape', `the key ${one} is missing`);
      need(certificate.hikiwake_certificate === 1, 'version', 'a certificate of another version');
      for (const one of raws) need(sha256(canonical(one)) === certificate.dispute_hash, 'hash', 'the hash is not that of the dispute');
      const read = new Dispute(exact(raws[0]), steps);
      const work = new Check(exact({...certificate, dispute: null}), certificate.claims, read);
      work.run();
      return {valid: true, cases: work.cases, claims: work.said, failure: null};
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {valid: false, cases: 0, claims: [], failure: {code: error.code, words: error.message}};
    }
  }

  function sha256(message) {
    const primes = [], root = (x, power) => Math.floor((x ** (1 / power) % 1) * 2 ** 32);
    for (let c = 2; primes.length < 64; c++) if (primes.every((p) => c % p)) primes.push(c);
    const K = primes.map((p) => root(p, 3)), h = primes.slice(0, 8).map((p) => root(p, 2));
    const bytes = new TextEncoder().encode(message), length = (bytes.length + 72 >> 6) << 6, padded = new DataView(new ArrayBuffer(length));
    bytes.forEach((b, i) => padded.setUint8(i, b));
    padded.setUint8(bytes.length, 128);
    padded.setBigUint64(length - 8, BigInt(bytes.length) * 8n);
    const turn = (x, n) => (x >>> n) | (x << (32 - n)), w = new Int32Array(64);
    for (let start = 0; start < length; start += 64) {
      for (let t = 0; t < 64; t++) {
        if (t < 16) { w[t] = padded.getInt32(start + 4 * t); continue; }
        const [x, y] = [w[t - 15], w[t - 2]];
        w[t] = w[t - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[t - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
      }
      let [a, b, c, d, e, f, g, z] = h;
      for (let t = 0; t < 64; t++) {
        const one = (z + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        z = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, z].forEach((v, i) => { h[i] = (h[i] + v) | 0; });
    }
    return h.map((v) => (v >>> 0).toString(16).padStart(8, '0')).join('');
  }

  const USAGE = `usage: node checker.js CERTIFICATE [DISPUTE] [--steps N]
Both are files, not folders. DISPUTE is needed where CERTIFICATE does not hold its dispute: a file
of just that JSON text, in its canonical form. A folder or TOML file is for \`hikiwake check\`.`;

  globalThis.hikiwakeCheck = check;
  if (typeof module !== 'undefined' && typeof require !== 'undefined') {
    module.exports = {check};
    if (require.main === module) {
      const fs = require('fs'), words = process.argv.slice(2), at = words.indexOf('--steps');
      const steps = at >= 0 ? Number(words.splice(at, 2)[1]) : STEPS;
      if (words.length < 1 || words.length > 2 || !(steps > 0)) {
        console.error(USAGE);
        process.exit(2);
      }
      let files;
      try { files = words.map((name) => fs.readFileSync(name)); } catch (error) { console.error(`${error.message}\n${USAGE}`); process.exit(2); }
      const verdict = check(files[0], {dispute: files[1] || null, steps});
      for (const claim of verdict.claims) console.log(claim);
      console.log(verdict.valid ? `Valid. Checked: ${verdict.cases} cases, each closed by one line of arithmetic.` : `Not valid (${verdict.failure.code}): ${verdict.failure.words}.`);
      process.exit(verdict.valid ? 0 : 1);
    }
  }
})();
