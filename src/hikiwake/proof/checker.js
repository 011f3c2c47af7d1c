// Checks a certificate, from docs/reference/certificate.md alone: a second program, for Node and browsers.
//
//     node checker.js settlement.cert.json [dispute.json] [--steps N]
//
// In a page: hikiwakeCheck(text, {dispute, steps}) gives {valid, cases, claims, failure}. Nothing is fetched or sent.
// Numbers are exact: a BigInt, or a fraction {n, d} in lowest terms with d > 1. The names are those of the page.
'use strict';

(function () {
  const MAX = {text: 16 * 2 ** 20, depth: 12, values: 2000000, bits: 10000, rowBits: 512, parties: 100, things: 10000, combinations: 200000, codes: 1000000};
  const STEPS = 5000000;

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
  const canonical = (value) => JSON.stringify(value, (_, v) => (v && typeof v === 'object' && !Array.isArray(v)
    ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, v[k]])) : v));

  function parse(text) {
    if (typeof text !== 'string') {
      need(text.length <= MAX.text, 'too-large', 'the file has more than 16 MiB');
      try { text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(text); } catch { refuse('shape', 'the file is not UTF-8'); }
    }
    need(text.length <= MAX.text, 'too-large', 'the file has more than 16 MiB');
    if (text.endsWith('\n')) text = text.slice(0, -1);
    let depth = 0, values = 0, quoted = false;
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      if (quoted) { if (c === '\\') i++; else if (c === '"') quoted = false; } else if (c === '"') quoted = true;
      else if (c === ',') values++;
      else if (c === '[' || c === '{') { values++; need(++depth <= MAX.depth, 'too-large', 'more than 12 levels of brackets'); }
      else if (c === ']' || c === '}') depth--;
    }
    need(values <= MAX.values, 'too-large', 'more than 2,000,000 values');
    let value;
    try { value = JSON.parse(text); } catch { refuse('shape', 'this is no JSON'); }
    need(canonical(value) === text, 'shape', 'this JSON is not in its canonical form (RFC 8785)');
    need(numbers(value), 'shape', 'a number that is no whole number, or written as one though too large');
    need(!/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(strings(value)), 'shape', 'half a character (a lone surrogate)');
    return value;
  }
  const strings = (v) => (typeof v === 'string' ? v + ' ' : v && typeof v === 'object'
    ? Object.entries(v).map(([k, w]) => k + ' ' + strings(w)).join('') : '');

  const numbers = (v) => (typeof v === 'number' ? Number.isSafeInteger(v) : v === null || typeof v !== 'object' || Object.values(v).every(numbers));

  const isObject = (v) => v !== null && typeof v === 'object' && !Array.isArray(v);
  function fields(value, needed, possible = []) {
    need(isObject(value), 'shape', `an object with ${needed.join(', ')} is needed`);
    for (const key of needed) need(Object.hasOwn(value, key), 'shape', `the key ${key} is missing`);
    for (const key of Object.keys(value)) need(needed.includes(key) || possible.includes(key), 'shape', `the key ${key.slice(0, 40)} is unknown here`);
    return value;
  }
  function list(value, most = Infinity, length = null) {
    need(Array.isArray(value), 'shape', 'a list is needed');
    need(value.length <= most, 'too-large', `a list of more than ${most}`);
    need(length === null || value.length === length, 'shape', `a list of ${length} is needed`);
    return value;
  }
  function text(value) { need(typeof value === 'string', 'shape', 'a text is needed'); return value; }
  function number(value, bits = MAX.bits) {
    let found;
    if (typeof value === 'number') {
      need(Number.isSafeInteger(value), 'shape', 'a number that is no whole number, or written as one though too large');
      found = BigInt(value);
    } else {
      const match = /^(-?[1-9][0-9]*)(?:\/([1-9][0-9]*))?$/.exec(text(value));
      need(match, 'shape', 'a text that is no number');
      need((match[1].length - 1) * 3.3219 <= bits && (match[2] || '').length * 3.3219 <= bits + 4, 'too-large', `a number of more than ${bits} bits`);
      found = match[2] ? ratio(BigInt(match[1]), BigInt(match[2])) : BigInt(match[1]);
      const small = isInt(found) && abs(found) <= BigInt(Number.MAX_SAFE_INTEGER);
      need(!small && written(found) === value, 'shape', 'a number that is not written in the one way');
    }
    if (bits === MAX.bits) return sized(found);
    need(abs(top(found)) < 1n << BigInt(bits), 'too-large', `a number of more than ${bits} bits`);
    return found;
  }
  function whole(value, bits = MAX.bits) {
    const found = number(value, bits);
    need(isInt(found), 'shape', 'a whole number is needed');
    return found;
  }
  function sized(x) {
    const one = 1n << BigInt(MAX.bits);
    need(abs(top(x)) < one && below(x) < one, 'too-large', 'a number of more than 10,000 bits');
    return x;
  }
  const denominator = (values) => sized(values.reduce((d, x) => (isInt(x) ? d : sized(lcm(d, x.d))), 1n));
  function written(x) {
    if (!isInt(x)) return `${x.n}/${x.d}`;
    return abs(x) <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(x) : String(x);
  }
  function index(value, size, code = 'dispute') {
    need(Number.isSafeInteger(value), 'shape', 'a place (a whole number) is needed');
    need(value >= 0 && value < size, code, 'a place that does not exist');
    return value;
  }
  function rising(values, size, code = 'dispute') {
    list(values, MAX.things).forEach((v, i) => {
      index(v, size, code);
      need(i === 0 || values[i - 1] < v, code, 'places that do not rise');
    });
    return values;
  }

  // --- the dispute ----------------------------------------------------------------------------
  class Dispute {
    constructor(raw) {
      fields(raw, ['hikiwake_dispute', 'parties', 'units', 'walk_away', 'tolerance', 'price', 'issues', 'shares', 'never', 'bonuses', 'groups']);
      need(raw.hikiwake_dispute === 1, 'version', 'a dispute of another version');
      this.parties = list(raw.parties, MAX.parties).map(text);
      const n = this.n = this.parties.length;
      need(n >= 2 && new Set(this.parties).size === n, 'dispute', 'fewer than two parties, or one twice');
      this.units = list(raw.units, Infinity, n).map((u) => whole(u));
      this.d = list(raw.walk_away, Infinity, n).map((u) => whole(u));
      [this.tolerance, this.price] = [number(raw.tolerance), number(raw.price)];
      need(this.units.every((u) => u > 0n) && le(0n, this.tolerance) && le(0n, this.price), 'dispute', 'a unit, tolerance or price that cannot be');
      this.issues = list(raw.issues, MAX.things).map((issue) => this.issue(issue));
      this.shares = list(raw.shares, MAX.things).map((share) => this.share(share));
      this.never = list(raw.never, MAX.things).map((c) => this.limit(c));
      this.bonuses = list(raw.bonuses, MAX.things).map((b) => this.bonus(b));
      const taken = new Set();
      this.groups = list(raw.groups, MAX.things).map((g) => this.group(g, taken));
      const ids = [...this.issues, ...this.shares].map(({id}) => id);
      need(ids.length > 0 && new Set(ids).size === ids.length, 'dispute', 'nothing to decide, or an issue twice');
      denominator([...this.never, ...this.bonuses].flatMap((c) => c.bounds.map((b) => (b.above !== undefined ? b.above : b.below))));
      this.isWhole = !this.shares.length && this.issues.every((issue) => !issue.changes);
    }
    points(rows, count) { return list(rows, Infinity, count).map((row) => list(row, Infinity, this.n).map((p) => whole(p))); }
    issue(raw) {
      const steps = isObject(raw) && Object.hasOwn(raw, 'options');
      fields(raw, steps ? ['id', 'options', 'points'] : ['id', 'from', 'to', 'points', 'changes']);
      const ways = list(steps ? raw.options : raw.from, MAX.combinations), count = ways.length;
      need(count > 0, 'dispute', 'an issue without options');
      const found = {id: text(raw.id), count, points: this.points(raw.points, count)};
      if (steps) {
        const names = ways.map((way) => (typeof way === 'string' ? way : written(number(way))));
        need(new Set(names).size === count, 'dispute', 'an option twice');
        return {...found, names: names.map(String)};
      }
      const [from, to] = [raw.from.map((x) => number(x)), list(raw.to, Infinity, count).map((x) => number(x))];
      need(from.every((x, j) => le(x, to[j])), 'dispute', 'a segment that runs backwards');
      return {...found, from, to, changes: this.points(raw.changes, count)};
    }
    share(raw) {
      fields(raw, ['id', 'points'], ['limit']);
      const found = {id: text(raw.id), points: list(raw.points, Infinity, this.n).map((p) => whole(p)), limit: null};
      if (Object.hasOwn(raw, 'limit')) {
        found.limit = number(raw.limit);
        need(lt(0n, found.limit) && found.points.every((p) => p % BigInt(this.n) === 0n), 'dispute', 'payments that cannot be');
      }
      return found;
    }
    condition(raw) {
      fields(raw, ['options', 'shares']);
      let last = -1;
      const options = list(raw.options, MAX.things).map((pair) => {
        const k = index(list(pair, Infinity, 2)[0], this.issues.length);
        need(k > last, 'dispute', 'issues of a condition that do not rise');
        last = k;
        need(rising(pair[1], this.issues[k].count).length > 0, 'dispute', 'a condition without options');
        return [k, new Set(pair[1])];
      });
      const bounds = [];
      let before = [-1, -1];
      for (const part of list(raw.shares, MAX.things)) {
        const s = index(list(part, Infinity, 4)[0], this.shares.length), i = index(part[1], this.n);
        need(s > before[0] || (s === before[0] && i > before[1]), 'dispute', 'shares of a condition that do not rise');
        need(part[2] !== null || part[3] !== null, 'dispute', 'a share without a bound');
        before = [s, i];
        if (part[2] !== null) bounds.push({s, i, above: number(part[2])});
        if (part[3] !== null) bounds.push({s, i, below: number(part[3])});
      }
      need(options.length + bounds.length > 0, 'dispute', 'an empty condition');
      return {options, bounds};
    }
    limit(raw) {
      fields(raw, ['kind', 'party', 'place', 'when']);
      need(raw.kind === 'rule' || raw.kind === 'red_line', 'shape', 'neither a rule nor a red line');
      need(raw.kind === 'rule' || raw.party !== null, 'dispute', 'a red line of nobody');
      if (raw.party !== null) index(raw.party, this.n);
      need(Number.isSafeInteger(raw.place), 'shape', 'a place (a whole number) is needed');
      need(raw.place >= 1, 'dispute', 'a place below 1');
      return {kind: raw.kind, party: raw.party, place: raw.place, ...this.condition(raw.when)};
    }
    bonus(raw) {
      fields(raw, ['party', 'points', 'when']);
      const found = {party: index(raw.party, this.n), points: whole(raw.points), ...this.condition(raw.when)};
      need(found.points !== 0n && !found.bounds.length, 'dispute', 'a bonus of nothing, or on a share');
      return found;
    }
    group(raw, taken) {
      fields(raw, ['id', 'issues']);
      const issues = rising(raw.issues, this.issues.length);
      for (const k of issues) {
        need(!taken.has(k) && !this.issues[k].changes, 'dispute', 'an issue in two groups, or an amount without steps in one');
        taken.add(k);
      }
      need(issues.length > 0, 'dispute', 'a group without issues');
      let combinations = 1;
      for (const k of issues) need((combinations *= this.issues[k].count) <= MAX.combinations, 'too-large', 'a group of more than 200,000 combinations');
      return {id: text(raw.id), issues, combinations};
    }
  }

  const inside = (condition, issues) => !condition.bounds.length && condition.options.every(([k]) => issues.has(k));
  const holdsAt = (condition, at) => condition.options.every(([k, set]) => set.has(at.get(k)));

  // What a group is worth to each party: least and most, and how far apart the shares are at a combination.
  class GroupScale {
    constructor(dispute, group, work) {
      work(dispute.n * group.combinations);
      this.dispute = dispute;
      this.issues = group.issues;
      const own = new Set(group.issues);
      this.bonuses = dispute.bonuses.filter((b) => inside(b, own));
      const limits = dispute.never.filter((c) => inside(c, own));
      this.spans = dispute.parties.map(() => null);
      for (const at of combinations(dispute, group.issues)) {
        const broken = limits.filter((c) => holdsAt(c, at));
        if (broken.some((c) => c.kind === 'rule')) continue;
        dispute.parties.forEach((_, i) => {
          if (broken.some((c) => c.party === i)) return;
          const p = this.points(at, i), span = this.spans[i];
          this.spans[i] = span ? [min(span[0], p), max(span[1], p)] : [p, p];
        });
      }
    }
    points(at, i) {
      let total = 0n;
      for (const k of this.issues) total += this.dispute.issues[k].points[at.get(k)][i];
      for (const b of this.bonuses) if (b.party === i && holdsAt(b, at)) total += b.points;
      return total;
    }
    imbalance(at) {
      const shares = [];
      this.spans.forEach((span, i) => {
        if (span && span[0] < span[1]) shares.push(ratio(this.points(at, i) - span[0], span[1] - span[0]));
      });
      return shares.length < 2 ? 0n : sub(greatest(shares), least(shares));
    }
  }
  function* combinations(dispute, issues, at = new Map(), place = 0) {
    if (place === issues.length) { yield at; return; }
    for (let j = 0; j < dispute.issues[issues[place]].count; j++) {
      at.set(issues[place], j);
      yield* combinations(dispute, issues, at, place + 1);
    }
  }

  // --- parts: issues taken together -----------------------------------------------------------
  // wanted: null for all limits, or the set of those that count; groups: (imbalance) => whether it may be, or null
  class Parts {
    constructor(dispute, scales, plan, work, wanted, groups) {
      Object.assign(this, {dispute, work});
      const planned = new Map(plan.map((part) => [part[0], part]));
      const inPlan = new Set(plan.flat());
      this.lists = range(dispute.issues.length).filter((k) => planned.has(k) || !inPlan.has(k)).map((k) => planned.get(k) || [k]);
      const sets = this.lists.map((part) => new Set(part));
      const counts = (c) => !wanted || wanted.has(c);
      const limits = dispute.never.map((c, place) => ({c, place})).filter(({place}) => counts(place));
      const alone = (c) => sets.some((set) => inside(c, set));
      this.never = limits.filter(({c}) => !alone(c)).map(({c, place}) => ({place, ...this.literals(c)}));
      this.bonuses = dispute.bonuses.map((c, place) => ({c, place})).filter(({c}) => !alone(c));
      const touched = new Set([...limits.map(({c}) => c), ...dispute.bonuses].flatMap((c) => c.options.map(([k]) => k)));
      const grouped = new Set(groups ? dispute.groups.flatMap((g) => g.issues) : []);
      const crossing = [...limits.map(({c}) => c).filter((c) => !alone(c)), ...this.bonuses.map(({c}) => c)].flatMap((c) => c.options.map(([k]) => k));
      this.options = this.lists.map((part, v) => {
        const simple = part.every((k) => !touched.has(k) && !grouped.has(k) && !dispute.issues[k].changes);
        const keeps = (at) => !limits.some(({c}) => inside(c, sets[v]) && holdsAt(c, at))
          && (!groups || dispute.groups.every((g, x) => !sets[v].has(g.issues[0]) || groups(scales[x].imbalance(at))));
        const own = dispute.bonuses.filter((b) => inside(b, sets[v]));
        const free = !part.some((k) => crossing.includes(k));
        return this.join(part, simple, free, keeps, own);
      });
      this.never.forEach((c) => this.spread(c));
      this.bonuses = this.bonuses.map(({c, place}) => this.spread({place, party: c.party, points: c.points, ...this.literals(c)}));
    }
    literals(c) { return {raw: c.options, bounds: c.bounds}; }
    join(part, simple, free, keeps, own) {
      const {dispute, work} = this;
      let options = [{at: [], points: dispute.parties.map(() => 0n), changes: []}];
      part.forEach((k, place) => {
        const issue = dispute.issues[k];
        need(options.length * issue.count <= MAX.combinations, 'too-large', 'more than 200,000 combinations in a part');
        work(dispute.n * options.length * issue.count);
        options = options.flatMap((o) => issue.points.map((points, j) => ({
          at: [...o.at, j], points: o.points.map((p, i) => p + points[i]),
          changes: issue.changes ? [...o.changes, issue.changes[j]] : o.changes})));
        if (simple && place < part.length - 1) options = this.undominated(options);
      });
      options = options.filter((o) => keeps(new Map(part.map((k, x) => [k, o.at[x]]))));
      for (const o of options) {
        const at = new Map(part.map((k, x) => [k, o.at[x]]));
        for (const b of own) if (holdsAt(b, at)) o.points = o.points.map((p, i) => (i === b.party ? p + b.points : p));
      }
      if (free) options = this.undominated(options);
      for (const o of options) o.best = o.points.map((p, i) => o.changes.reduce((t, c) => (c[i] > 0n ? t + c[i] : t), p));
      return options;
    }
    undominated(options) {
      const plain = options.filter((o) => !o.changes.length).map((o, rank) => ({o, rank, total: sum(o.points)}));
      plain.sort((a, b) => cmp(b.total, a.total) || a.rank - b.rank);
      const kept = [];
      for (const {o} of plain) if (!kept.some((w) => w.points.every((p, i) => p >= o.points[i]))) kept.push(o);
      this.work(plain.length * kept.length);
      const keep = new Set(kept);
      return options.filter((o) => o.changes.length || keep.has(o));
    }
    spread(condition) {
      const byPart = this.lists.map(() => []);
      for (const [k, set] of condition.raw) byPart[this.lists.findIndex((part) => part.includes(k))].push([k, set]);
      condition.literals = [];
      byPart.forEach((pairs, v) => {
        if (!pairs.length) return;
        const places = pairs.map(([k, set]) => [this.lists[v].indexOf(k), set]);
        const set = new Set(range(this.options[v].length).filter((j) => places.every(([x, own]) => own.has(this.options[v][j].at[x]))));
        condition.literals.push({v, set});
      });
      condition.literals.push(...condition.bounds);
      return condition;
    }
  }

  // --- nodes ----------------------------------------------------------------------------------
  class Node {
    constructor(parts, domains, intervals, out) { Object.assign(this, {parts, domains, intervals, out}); }
    static root(parts) {
      const {dispute} = parts;
      return new Node(parts, parts.options.map((o) => range(o.length)), dispute.shares.map(() => dispute.parties.map(() => [0n, 1n])), new Set());
    }
    copy() { return new Node(this.parts, [...this.domains], this.intervals.map((share) => [...share]), this.out); }
    certain(literal) {
      if (literal.set) return this.domains[literal.v].every((j) => literal.set.has(j));
      const [lo, hi] = this.intervals[literal.s][literal.i];
      return literal.above !== undefined ? lt(literal.above, lo) : lt(hi, literal.below);
    }
    impossible(literal) {
      if (literal.set) return !this.domains[literal.v].some((j) => literal.set.has(j));
      const [lo, hi] = this.intervals[literal.s][literal.i];
      return literal.above !== undefined ? le(hi, literal.above) : le(literal.below, lo);
    }
    fail(literal) {
      if (literal.set) { this.domains[literal.v] = this.domains[literal.v].filter((j) => !literal.set.has(j)); return; }
      const [lo, hi] = this.intervals[literal.s][literal.i];
      this.intervals[literal.s][literal.i] = literal.above !== undefined ? [lo, min(hi, literal.above)] : [max(lo, literal.below), hi];
    }
    unmet(condition) { return condition.literals.filter((literal) => !this.certain(literal)); }
    open(condition) { return !condition.literals.some((literal) => this.impossible(literal)); }
    get empty() {
      return this.domains.some((domain) => !domain.length) || this.intervals.some((share) => share.some(([lo, hi]) => lt(hi, lo))
        || lt(1n, sum(share.map(([lo]) => lo))) || lt(sum(share.map(([, hi]) => hi)), 1n));
    }
    // Tells whether the node is still open.
    narrow() {
      if (this.empty) return false;
      for (let changed = true; changed;) {
        changed = false;
        for (const condition of this.parts.never) {
          this.parts.work(condition.literals.length);
          if (!this.open(condition)) continue;
          const unmet = this.unmet(condition);
          if (!unmet.length) return false;
          if (unmet.length > 1) continue;
          this.fail(unmet[0]);
          if (this.empty) return false;
          changed = true;
        }
      }
      return !this.parts.bonuses.some((bonus) => this.out.has(bonus.place) && !this.unmet(bonus).length);
    }
    part(share, i, sign) {
      const others = share.filter((_, j) => j !== i);
      return sign >= 0 ? min(share[i][1], sub(1n, sum(others.map(([lo]) => lo)))) : max(share[i][0], sub(1n, sum(others.map(([, hi]) => hi))));
    }
    bounds() {
      const {dispute, options, bonuses, work} = this.parts, n = dispute.n;
      work(n * (this.domains.reduce((t, domain) => t + domain.length, 0) + dispute.shares.length));
      const U = range(n).map(() => 0n);
      this.domains.forEach((domain, v) => {
        for (let i = 0; i < n; i++) {
          let most = options[v][domain[0]].best[i];
          for (const j of domain) if (options[v][j].best[i] > most) most = options[v][j].best[i];
          U[i] = add(U[i], most);
        }
      });
      dispute.shares.forEach(({points, limit}, s) => points.forEach((p, i) => {
        U[i] = add(U[i], sub(mul(p, this.part(this.intervals[s], i, p < 0n ? -1 : 1)), limit ? p / BigInt(n) : 0n));
      }));
      for (const bonus of bonuses) {
        if (this.out.has(bonus.place) || !this.open(bonus)) continue;
        if (bonus.points > 0n || !this.unmet(bonus).length) U[bonus.party] = add(U[bonus.party], bonus.points);
      }
      return U;
    }
    // The largest of the weighted sum of utilities, by the row's additions.
    most(c, additions) {
      const {dispute, options, bonuses, never, work} = this.parts, n = BigInt(dispute.n);
      work(this.domains.reduce((t, domain) => t + domain.length, 0) + dispute.n * dispute.shares.length);
      let total = 0n;
      const extra = options.map(() => new Map());
      const give = (literal, alpha) => literal.set.forEach((j) => extra[literal.v].set(j, add(extra[literal.v].get(j) || 0n, alpha)));
      for (const bonus of bonuses) {
        if (this.out.has(bonus.place) || !this.open(bonus)) continue;
        const w = mul(c[bonus.party], bonus.points), row = additions.get(bonus.place);
        if (!this.unmet(bonus).length) total = add(total, w);
        else if (!row) total = add(total, max(0n, w));
        else if (bonus.points > 0n) {
          bonus.literals.forEach((literal, x) => give(literal, row[x]));
          total = add(total, max(0n, sub(w, sum(row))));
        } else {
          bonus.literals.forEach((literal) => give(literal, -row[0]));
          total = add(total, add(row[0] * BigInt(bonus.literals.length - 1), max(0n, add(row[0], w))));
        }
      }
      for (const condition of never) {
        const row = additions.get(dispute.bonuses.length + condition.place);
        if (!row || !this.open(condition)) continue;
        condition.literals.forEach((literal) => give(literal, -row[0]));
        total = add(total, row[0] * BigInt(condition.literals.length - 1));
      }
      this.domains.forEach((domain, v) => {
        total = add(total, greatest(domain.map((j) => {
          const {points, changes} = options[v][j], weigh = (p) => sum(p.map((x, i) => (c[i] === 0n ? 0n : mul(c[i], x))));
          return changes.reduce((t, change) => add(t, max(0n, weigh(change))), add(weigh(points), extra[v].get(j) || 0n));
        })));
      });
      dispute.shares.forEach(({points, limit}, s) => {
        const worth = points.map((p, i) => mul(c[i], p)), share = this.intervals[s];
        let rest = sub(1n, sum(share.map(([lo]) => lo)));
        share.forEach(([lo], i) => { total = add(total, mul(worth[i], lo)); });
        for (const i of range(dispute.n).sort((a, b) => cmp(worth[b], worth[a]) || a - b)) {
          const more = min(rest, sub(share[i][1], share[i][0]));
          total = add(total, mul(worth[i], more));
          rest = sub(rest, more);
        }
        if (limit) total = sub(total, div(sum(worth), n));
      });
      return total;
    }
    children(code) {
      const {parts} = this, V = parts.options.length, B = parts.dispute.bonuses.length;
      const with_ = (change) => { const child = this.copy(); change(child); return child; };
      if (code < V) {
        need(this.domains[code].length >= 2, 'tree', 'a part is divided that has one option left');
        return this.domains[code].map((j) => with_((child) => { child.domains[code] = [j]; }));
      }
      if (code < V + B) {
        const bonus = parts.bonuses.find((b) => b.place === code - V);
        need(bonus && !this.out.has(bonus.place) && this.open(bonus) && this.unmet(bonus).length, 'tree', 'a bonus is divided that is no question here');
        return [with_((child) => bonus.literals.forEach(({v, set}) => { child.domains[v] = child.domains[v].filter((j) => set.has(j)); })),
          with_((child) => { child.out = new Set([...this.out, bonus.place]); })];
      }
      const condition = parts.never.find((c) => c.place === code - V - B);
      const unmet = condition && this.open(condition) ? this.unmet(condition) : [];
      need(unmet.length >= 2, 'tree', 'what is not allowed is divided where that is no question');
      return unmet.map((literal) => with_((child) => child.fail(literal)));
    }
  }

  // --- goals ----------------------------------------------------------------------------------
  // A goal has levels; each tells whether an upper bound U closes it, and whether a row with bound M does.
  const reaches = (value, slot) => (slot.e ? lt(slot.v, value) : le(slot.v, value));
  const harder = (a, b) => (cmp(a.v, b.v) || a.e - b.e) >= 0 ? a : b;
  const under = (M, A, epsilons) => lt(M, A) || (eq(M, A) && lt(0n, epsilons));

  class Scale {
    constructor(dispute, compared, ranges, z) {
      this.dispute = dispute;
      this.compared = compared;
      this.z = z;
      this.R = ranges ? compared.reduce((R, i) => lcm(R, top(ranges[i])), 1n) : 1n;
      need(this.R < 1n << BigInt(MAX.bits), 'too-large', 'ranges without a common multiple of 10,000 bits');
      this.factors = dispute.parties.map((_, i) => (ranges && compared.includes(i) ? div(this.R, ranges[i]) : this.R));
    }
    gain(i, u) { return mul(sub(u, this.z[i]), this.factors[i]); }
    gains(u) { return this.compared.map((i) => this.gain(i, u[i])); }
    slot(v, strict) {
      if (!this.dispute.isWhole) return {v, e: strict ? 1 : 0};
      return {v: strict ? add(isInt(v) ? v : sub(ceil(v), 1n), 1n) : ceil(v), e: 0};
    }
    belowFloor(U, only) { return only.some((i) => lt(U[i], this.dispute.d[i])); }
    get everybody() { return range(this.dispute.n); }
    get others() { return this.everybody.filter((i) => !this.compared.includes(i)); }
  }

  function box(scale, asked, line = null) {
    return [{
      shuts: (U) => asked.some((t, i) => t && (t.strict ? le(U[i], t.u) : lt(U[i], t.u))),
      row(M, lambda) {
        if (line && line(M, lambda)) return true;
        if (asked.some((t, i) => !t && lambda[i])) return false;
        let A = 0n, epsilons = 0n;
        asked.forEach((t, i) => {
          if (!t || !lambda[i]) return;
          A = add(A, mul(lambda[i], scale.gain(i, t.u)));
          if (t.strict && scale.dispute.isWhole) A = add(A, mul(lambda[i], scale.factors[i]));
          else if (t.strict) epsilons += lambda[i];
        });
        return under(M, A, epsilons);
      },
    }];
  }
  function larger(scale, floor, total, sizes) { // pareto and sum: a sum of gains larger than x's
    const step = scale.dispute.isWhole ? 1n : 0n;
    return [{
      shuts: (U) => floor(U) || le(sum(scale.gains(U)), total),
      row(M, lambda) {
        const own = scale.compared.map((i) => lambda[i]), kappa = least(own);
        return under(M, add(sizes(own, kappa), kappa * step), kappa * (1n - step));
      },
    }];
  }
  function pareto(scale, x) {
    const g = scale.gains(x);
    const short = (U) => scale.gains(U).some((v, i) => lt(v, g[i])) || scale.belowFloor(U, scale.others);
    return larger(scale, short, sum(g), (own) => sum(own.map((l, i) => mul(l, g[i]))));
  }
  function total(scale, x) {
    const s = sum(scale.gains(x));
    return larger(scale, (U) => scale.belowFloor(U, scale.everybody), s, (_, kappa) => mul(kappa, s));
  }
  function product(scale, Q) {
    const m = scale.compared.length;
    return [{
      shuts: (U) => scale.belowFloor(U, scale.everybody) || le(scale.gains(U).reduce(mul, 1n), Q),
      row(M, lambda) {
        const own = scale.compared.map((i) => lambda[i]);
        if (own.some((l) => l === 0n)) return false;
        const power = range(m).reduce((t) => mul(t, M), 1n);
        return le(M, 0n) || le(power, mul(Q, BigInt(m) ** BigInt(m) * own.reduce((a, b) => a * b, 1n)));
      },
    }];
  }
  function slotsLevel(scale, slots, view) {
    return {
      slots,
      shuts: (U) => scale.belowFloor(U, scale.others) || sorted(view(U)).some((v, j) => !reaches(v, slots[j])),
      row(M, lambda, U) {
        const values = view(U), free = new Set(range(values.length));
        let A = 0n, epsilons = 0n;
        for (const slot of [...slots].reverse()) {
          let chosen = -1;
          for (const x of free) {
            if (reaches(values[x], slot) && (chosen < 0 || lambda[scale.compared[x]] < lambda[scale.compared[chosen]])) chosen = x;
          }
          free.delete(chosen);
          A = add(A, mul(lambda[scale.compared[chosen]], slot.v));
          if (slot.e) epsilons += lambda[scale.compared[chosen]];
        }
        return under(M, A, epsilons);
      },
    };
  }
  function sortedSlots(scale, x, levels = Infinity) {
    const l = sorted(scale.gains(x));
    return range(Math.min(l.length, levels)).map((k) => l.map((v, j) => (j < k ? scale.slot(v, false) : scale.slot(l[k], true))));
  }
  const sortedGoal = (scale, x, levels) => sortedSlots(scale, x, levels).map((slots) => slotsLevel(scale, slots, (U) => scale.gains(U)));
  function strip(scale, T, p, k, x, worths, known) {
    const l = sorted(k), high = sub(sub(l[l.length - 1], p), T);
    const base = l.map((v) => scale.slot(max(sub(v, p), high), false));
    const lowered = (U) => { const g = scale.gains(U), most = add(least(g), T); return g.map((v) => min(v, most)); };
    const levels = (x ? sortedSlots(scale, x) : [base]).map((slots) => slotsLevel(scale, slots.map((s, j) => harder(s, base[j])), lowered));
    const near = (g) => !known || known.some((kappa) => kappa.every((v, j) => le(sub(v, p), g[j])));
    const threat = (g) => le(sub(greatest(g), least(g)), T) && near(g) && levels.some(({slots}) => sorted(g).every((v, j) => reaches(v, slots[j])));
    levels.closed = (U) => {
      const g = lowered(U), rest = scale.others;
      return !near(g) || worths.some((w) => {
        const own = scale.gains(w);
        if (own.some((v, j) => lt(v, g[j])) || rest.some((i) => lt(w[i], U[i]))) return false;
        return !threat(own) || own.some((v, j) => lt(g[j], v)) || rest.some((i) => lt(U[i], w[i]));
      });
    };
    return levels;
  }

  // --- trees ----------------------------------------------------------------------------------
  function grow(tree, parts, goal, scale, rows) {
    const stack = [Node.root(parts)];
    let place = 0, cases = 0;
    while (stack.length) {
      const node = stack.pop();
      if (!node.narrow()) { cases++; continue; }
      const U = node.bounds();
      let open = goal.filter((level) => !level.shuts(U));
      if (goal.closed && goal.closed(U)) open = [];
      let children = null;
      while (open.length && !children) {
        need(place < tree.length, 'short', 'the tree ends while something is open');
        const code = tree[place++];
        if (code >= 0) {
          need(code < parts.options.length + parts.dispute.bonuses.length + parts.dispute.never.length, 'tree', 'an integer that means nothing');
          children = node.children(code);
        } else {
          need(-code <= rows.length, 'tree', 'a row that does not exist');
          const left = rows[-code - 1](node, U, open, scale);
          need(left.length < open.length, 'idle', 'a row that closes nothing');
          open = left;
        }
      }
      if (children) stack.push(...children.reverse());
      else cases++;
    }
    need(place === tree.length, 'left-over', 'a tree goes on after all is closed');
    return cases;
  }
  function readRow(raw, dispute, partOf) {
    need(list(raw).length >= dispute.n, 'multiplier', 'a row without a multiplier for each party');
    const natural = (v) => { const x = whole(v, MAX.rowBits); need(x >= 0n, 'multiplier', 'a negative multiplier'); return x; };
    const lambda = raw.slice(0, dispute.n).map(natural), additions = new Map();
    need(lambda.some((l) => l > 0n), 'multiplier', 'multipliers that are all 0');
    let last = -1;
    for (const extra of raw.slice(dispute.n)) {
      need(list(extra, MAX.things).length >= 2, 'multiplier', 'an addition without numbers');
      const b = index(extra[0], dispute.bonuses.length + dispute.never.length, 'multiplier');
      need(b > last, 'multiplier', 'additions that do not rise');
      additions.set(last = b, extra.slice(1).map(natural));
      const condition = dispute.bonuses[b] || dispute.never[b - dispute.bonuses.length];
      const touched = new Set(condition.options.map(([k]) => partOf(k))).size;
      const length = b < dispute.bonuses.length && condition.points > 0n ? touched : 1;
      need(touched > 1 && !condition.bounds.length && extra.length - 1 === length, 'multiplier', 'an addition for what does not touch several parts, or of another length');
    }
    return (node, U, open, scale) => {
      const c = lambda.map((l, i) => mul(l, scale.factors[i]));
      const M = sub(node.most(c, additions), sum(c.map((x, i) => mul(x, scale.z[i]))));
      return open.filter((level) => !level.row(M, lambda, U));
    };
  }

  // --- outcomes -------------------------------------------------------------------------------
  class Outcome {
    constructor(raw, dispute, scales) {
      list(raw, Infinity, dispute.issues.length + dispute.shares.length);
      this.options = [];
      this.along = [];
      dispute.issues.forEach((issue, k) => {
        const pair = issue.changes ? list(raw[k], Infinity, 2) : [raw[k], 0];
        this.options.push(index(pair[0], issue.count, 'outcome'));
        this.along.push(number(pair[1]));
        need(le(0n, this.along[k]) && le(this.along[k], 1n), 'outcome', 'a place outside its segment');
      });
      this.parts = raw.slice(dispute.issues.length).map((share) => list(share, Infinity, dispute.n).map((f) => number(f)));
      need(this.parts.every((share) => share.every((f) => le(0n, f)) && eq(sum(share), 1n)), 'outcome', 'a share whose parts are not at least 0 with the sum 1');
      denominator([...this.along, ...this.parts.flat()]);
      this.u = dispute.parties.map((_, i) => this.utility(dispute, i));
      const at = new Map(this.options.map((j, k) => [k, j]));
      this.broken = new Set(range(dispute.never.length).filter((c) => this.holds(dispute.never[c])));
      dispute.d.forEach((floor, i) => { if (lt(this.u[i], floor)) this.broken.add(dispute.never.length + i); });
      this.imbalance = scales.map((scale) => scale.imbalance(at)).reduce(max, 0n);
    }
    utility(dispute, i) {
      let u = 0n;
      dispute.issues.forEach((issue, k) => {
        u = add(u, issue.points[this.options[k]][i]);
        if (issue.changes) u = add(u, mul(this.along[k], issue.changes[this.options[k]][i]));
      });
      dispute.shares.forEach(({points, limit}, s) => { u = add(u, sub(mul(points[i], this.parts[s][i]), limit ? points[i] / BigInt(dispute.n) : 0n)); });
      for (const bonus of dispute.bonuses) if (bonus.party === i && this.holds(bonus)) u = add(u, bonus.points);
      return u;
    }
    literals(condition) {
      return [...condition.options.map(([k, set]) => set.has(this.options[k])), ...condition.bounds.map(({s, i, above, below: under_}) => (
        above !== undefined ? lt(above, this.parts[s][i]) : lt(this.parts[s][i], under_)))];
    }
    holds(condition) { return this.literals(condition).every((x) => x); }
  }

  // --- claims ---------------------------------------------------------------------------------
  const RULES = ['draw', 'kalai_smorodinsky', 'nash', 'egalitarian', 'leximin', 'utilitarian', 'adjusted_winner'];

  class Check {
    constructor(certificate, dispute, steps, digits) {
      this.steps = steps;
      const fold = digits < 150 ? 1 : 1 + Math.floor(digits / 150);
      this.work = (n) => { this.steps -= n * fold; need(this.steps >= 0, 'too-large', 'more work than the steps that are allowed'); };
      this.dispute = dispute;
      this.certificate = certificate;
      this.cases = 0;
      this.said = [];
      const {proof, claims} = certificate;
      fields(proof, ['outcomes', 'trees'], ['ideals', 'merge', 'multipliers', 'best', 'twins', 'run', 'conflicts']);
      need(isObject(claims), 'shape', 'claims are an object');
      this.scales = dispute.groups.map((g) => new GroupScale(dispute, g, this.work));
      const seen = new Set(list(proof.outcomes, MAX.things).map(canonical));
      this.outcomes = proof.outcomes.map((raw) => new Outcome(raw, dispute, this.scales));
      need(seen.size === this.outcomes.length, 'outcome', 'an outcome twice');
      this.plan = this.merge(proof.merge);
      this.rows = list(proof.multipliers === undefined ? [] : proof.multipliers, MAX.things).map((row) => readRow(row, dispute, (k) => (this.plan.find((part) => part.includes(k)) || [k])[0]));
      let codes = 0;
      this.trees = list(proof.trees, MAX.things * 10).map((tree) => {
        need((codes += list(tree).length) <= MAX.codes, 'too-large', 'more than 1,000,000 integers in trees');
        tree.forEach((c) => need(Number.isSafeInteger(c), 'shape', 'a tree holds integers'));
        return tree;
      });
      this.next = 0;
      this.used = new Set(['outcomes', 'trees', 'merge', 'multipliers']);
    }
    merge(raw) {
      const plan = list(raw === undefined ? [] : raw, MAX.things), seen = new Set();
      plan.forEach((part, x) => {
        rising(part, this.dispute.issues.length, 'merge');
        need(part.length >= 2 && (x === 0 || plan[x - 1][0] < part[0]), 'merge', 'a part of fewer than two issues, or out of order');
        part.forEach((k) => { need(!seen.has(k), 'merge', 'an issue in two parts'); seen.add(k); });
      });
      for (const {issues} of this.dispute.groups) {
        need(issues.length === 1 || plan.some((part) => issues.every((k) => part.includes(k))), 'merge', 'a group in several parts');
      }
      return plan;
    }
    key(name) {
      const {proof} = this.certificate;
      need(Object.hasOwn(proof, name), 'shape', `the key ${name} is missing`);
      this.used.add(name);
      return proof[name];
    }
    place(value) { return this.outcomes[index(value, this.outcomes.length, 'outcome')]; }
    prove(goal, scale, parts = this.parts) {
      need(this.next < this.trees.length, 'tree', 'fewer trees than are owed');
      this.cases += grow(this.trees[this.next++], parts, goal, scale, this.rows);
    }
    partsWith(wanted, groups) { return new Parts(this.dispute, this.scales, this.plan, this.work, wanted, groups); }
    compare(expected) {
      const {claims} = this.certificate;
      fields(claims, Object.keys(expected));
      for (const key of Object.keys(expected)) {
        need(canonical(claims[key]) === canonical(expected[key]), 'claims', `${key}: what comes out is ${canonical(expected[key]).slice(0, 400)}`);
      }
    }
    inPoints(values) { return values.map((u, i) => written(sized(div(u, this.dispute.units[i])))); }
    run() {
      const {rule, status} = this.certificate;
      need(RULES.includes(rule) || rule === 'frontier', 'shape', 'an unknown rule');
      need(['draw', 'uneven', 'no_agreement', 'complete'].includes(status), 'shape', 'an unknown status');
      need((rule === 'frontier') === (status === 'complete'), 'status', 'a frontier is complete, and nothing else is');
      if (status === 'no_agreement') this.noAgreement();
      else if (rule === 'frontier') this.frontier();
      else this.settlement();
      for (const key of Object.keys(this.certificate.proof)) need(this.used.has(key), 'shape', `the key ${key} has no place here`);
      need(this.next === this.trees.length, 'tree', 'more trees than are owed');
    }
    noAgreement() {
      const {dispute} = this, count = dispute.never.length;
      this.compare({walk_away: this.inPoints(dispute.d)});
      const conflicts = list(this.key('conflicts'), MAX.things);
      need(conflicts.length > 0, 'conflict', 'no conflict is named');
      const scale = new Scale(dispute, range(dispute.n), null, dispute.d);
      for (const conflict of conflicts) {
        fields(conflict, ['limits', 'without']);
        const limits = rising(conflict.limits, count + dispute.n, 'conflict');
        need(list(conflict.without).length === limits.length, 'conflict', 'not one outcome for each limit');
        conflict.without.forEach((place, l) => {
          const {broken} = this.place(place);
          need(limits.every((limit, x) => x === l || !broken.has(limit)), 'conflict', 'an outcome that breaks a limit which it should keep');
        });
        const wanted = new Set(limits);
        this.prove(box(scale, dispute.d.map((u, i) => (wanted.has(count + i) ? {u, strict: false} : null))), scale, this.partsWith(wanted, null));
        this.said.push(`These ${limits.length} limits cannot all hold, and each of them is needed for that: ${limits.map((l) => this.limitName(l)).join('; ')}.`);
      }
    }
    limitName(limit) {
      const {dispute} = this, c = dispute.never[limit];
      if (!c) return `what ${dispute.parties[limit - dispute.never.length]} has without an agreement`;
      return c.kind === 'rule' ? `rule ${c.place}` : `red line ${c.place} of ${dispute.parties[c.party]}`;
    }
    acceptable(level) {
      this.outcomes.forEach((o, place) => {
        need(!o.broken.size, 'infeasible', `outcome ${place} breaks ${o.broken.size ? this.limitName([...o.broken][0]) : ''}`);
        need(le(o.imbalance, level), 'infeasible', `outcome ${place} is not as even in a group as it has to be`);
      });
    }
    frontier() {
      const {dispute} = this;
      need(dispute.n === 2, 'not-covered', 'only frontiers of two parties are covered');
      this.level = dispute.tolerance;
      this.acceptable(this.level);
      const run = list(this.key('run'), MAX.things);
      need(run.length >= 3 && run[0] === null && run[run.length - 1] === null, 'run', 'a frontier runs from nothing to nothing');
      const inner = run.slice(1, -1).map((place) => this.place(place));
      need(new Set(run.slice(1, -1)).size === this.outcomes.length, 'run', 'an outcome that is not in the run');
      this.compare({points: inner.map((o) => this.inPoints(o.u))});
      this.parts = this.partsWith(null, (imbalance) => le(imbalance, this.level));
      const scale = new Scale(dispute, [0, 1], null, dispute.d);
      this.walk([null, ...inner, null], scale, () => {});
      this.said.push(`The frontier has just these ${inner.length} ${dispute.isWhole ? 'points' : 'corners, and what lies on the edges between them'}.`);
    }
    // Proves each pair of neighbours; tells each edge to a visitor.
    walk(run, scale, visit) {
      const [a, b] = scale.compared, {dispute} = this;
      const pairs = run.slice(1).map((Q, x) => [run[x], Q]);
      need(pairs.every(([P, Q]) => !P || !Q || (lt(P.u[a], Q.u[a]) && lt(Q.u[b], P.u[b]))), 'run', 'outcomes that are not in the order of the run');
      for (const [P, Q] of pairs) {
        const asked = dispute.d.map((u) => ({u, strict: false}));
        if (P) asked[a] = {u: P.u[a], strict: true};
        if (Q) asked[b] = {u: Q.u[b], strict: true};
        const edge = P && Q && this.isEdge(P, Q);
        if (edge) visit(P, Q);
        this.prove(box(scale, asked, edge ? this.line(scale, P, Q) : null), scale);
      }
    }
    isEdge(P, Q) {
      if (this.dispute.isWhole || P.options.some((j, k) => j !== Q.options[k])) return false;
      return this.dispute.never.every((c) => {
        const [p, q] = [P.literals(c), Q.literals(c)];
        return p.some((holds, x) => !holds && !q[x]);
      });
    }
    line(scale, P, Q) {
      const [a, b] = scale.compared, [onA, onB] = [sub(P.u[b], Q.u[b]), sub(Q.u[a], P.u[a])];
      return (M, lambda) => {
        if (lambda.some((l, i) => l && i !== a && i !== b)) return false;
        const [wa, wb] = [mul(lambda[a], scale.factors[a]), mul(lambda[b], scale.factors[b])];
        return eq(mul(wa, onB), mul(wb, onA)) && le(M, add(mul(lambda[a], scale.gain(a, P.u[a])), mul(lambda[b], scale.gain(b, P.u[b]))));
      };
    }
    settlement() {
      const {dispute, certificate: {rule, status, claims}} = this;
      need(this.outcomes.length > 0, 'outcome', 'there is no outcome');
      const x = this.outcomes[0];
      this.level = max(dispute.tolerance, x.imbalance);
      this.acceptable(this.level);
      const ideals = list(this.key('ideals'), Infinity, dispute.n).map((place, i) => this.place(place).u[i]);
      const ranges = ideals.map((a, i) => sub(a, dispute.d[i]));
      need(ranges.every((r) => le(0n, r)), 'claims', 'an ideal below a walk-away value');
      const compared = range(dispute.n).filter((i) => lt(0n, ranges[i]));
      this.scale = new Scale(dispute, compared, ranges, dispute.d);
      const gains = x.u.map((u, i) => (compared.includes(i) ? div(sub(u, dispute.d[i]), ranges[i]) : null));
      const own = gains.filter((g) => g !== null);
      this.imbalance = own.length < 2 ? null : sub(greatest(own), least(own));
      const expected = {
        utilities: this.inPoints(x.u), walk_away: this.inPoints(dispute.d), ideals: this.inPoints(ideals),
        gains: gains.map((g) => (g === null ? null : written(sized(g)))), imbalance: this.imbalance === null ? null : written(sized(this.imbalance))};
      if (dispute.groups.length) expected.group_imbalance = written(sized(x.imbalance));
      let bound = null;
      if (rule === 'nash' && Object.hasOwn(claims, 'bound')) {
        bound = number(claims.bound);
        expected.bound = claims.bound;
        need(le(own.reduce(mul, 1n), bound), 'claims', 'a bound below the product');
      }
      this.compare(expected);
      this.parts = this.partsWith(null, (imbalance) => le(imbalance, this.level));
      const floors = dispute.d.map((u) => ({u, strict: false}));
      if (lt(dispute.tolerance, this.level)) {
        this.prove(box(this.scale, floors), this.scale, this.partsWith(null, (imbalance) => lt(imbalance, this.level)));
        this.said.push('No package is more even in the groups that are not for trade.');
      }
      ideals.forEach((a, i) => this.prove(box(this.scale, floors.map((t, j) => (j === i ? {u: a, strict: true} : t))), this.scale));
      this.said.push('The package keeps every rule, red line and walk-away value; utilities, ideals, gains and imbalance are as claimed.');
      this.byRule(rule, x, bound);
      const found = rule === 'draw' ? this.draw(x, status) : this.statusOf(x, status, rule);
      need(found, 'status', `the status ${status} does not follow`);
    }
    byRule(rule, x, bound) {
      const {dispute, scale} = this;
      const points = new Scale(dispute, scale.compared, dispute.units, dispute.d);
      if (rule === 'kalai_smorodinsky') this.prove(sortedGoal(scale, x.u), scale);
      if (rule === 'leximin') this.prove(sortedGoal(points, x.u), points);
      if (rule === 'egalitarian') { this.prove(sortedGoal(points, x.u, 1), points); this.prove(pareto(points, x.u), points); }
      if (rule === 'utilitarian') this.prove(total(points, x.u), points);
      if (rule === 'adjusted_winner') {
        need(!dispute.issues.length && dispute.shares.every((s) => s.limit === null) && !dispute.never.length && !dispute.bonuses.length && !dispute.groups.length, 'not-covered', 'adjusted winner is for shares only');
        const totals = range(dispute.n).map((i) => sum(dispute.shares.map((s) => s.points[i])));
        need(totals.every((t) => t > 0n), 'not-covered', 'a party without points');
        const own = new Scale(dispute, range(dispute.n), totals, dispute.d.map(() => 0n));
        this.prove(sortedGoal(own, x.u), own);
      }
      if (rule === 'nash') {
        const g = scale.gains(x.u), m = BigInt(g.length);
        need(g.length > 0 && g.every((v) => lt(0n, v)), 'not-covered', 'a product in which somebody gains nothing');
        this.prove(product(scale, bound === null ? g.reduce(mul, 1n) : mul(scale.R ** m, bound)), scale);
        if (bound !== null) this.prove(pareto(scale, x.u), scale);
      }
      if (rule === 'draw') return;
      this.said.push(bound === null ? `By the rule ${rule} no package is better.` : 'No package has a larger product of gains than the bound.');
    }
    // The Kalai–Smorodinsky gains that are known, and those that are possible.
    reference() {
      const {scale} = this, place = this.key('best'), best = this.place(place), k = scale.gains(best.u);
      this.prove(sortedGoal(scale, best.u), scale);
      let known = [k], possible = null;
      if (Object.hasOwn(this.certificate.proof, 'twins')) {
        need(k.length <= 5, 'not-covered', 'twins of more than five parties');
        const twins = list(this.key('twins'), MAX.things).map((t) => scale.gains(this.place(t).u));
        need(twins.every((t) => same(sorted(t), sorted(k))), 'status', 'a twin that is none');
        known = [k, ...twins];
        for (const arranged of arrangements(sorted(k))) {
          if (known.some((t) => same(t, arranged))) continue;
          const asked = this.dispute.d.map((u) => ({u, strict: false}));
          scale.compared.forEach((i, j) => { asked[i] = {u: add(scale.z[i], div(arranged[j], scale.factors[i])), strict: false}; });
          this.prove(box(scale, asked), scale);
        }
        possible = known;
      }
      return {place, k, known, possible};
    }
    draw(x, status) {
      const {dispute, scale} = this, compared = scale.compared;
      const bare = compared.length < 2 || lt(dispute.tolerance, this.level);
      const reference = this.reference(), {place, k, known} = reference;
      if (bare) {
        this.said.push('There can be no draw; the package is the first by the Kalai–Smorodinsky rule.');
        return status === 'uneven' && place === 0;
      }
      if (place === 0 && le(this.imbalance, dispute.tolerance)) {
        this.said.push('The package is a draw, and the first by the Kalai–Smorodinsky rule.');
        return status === 'draw';
      }
      if (status === 'uneven' && place !== 0) return false;
      const T = mul(dispute.tolerance, scale.R), p = mul(dispute.price, scale.R), g = scale.gains(x.u);
      const near = (gains, all) => all.some((kappa) => kappa.every((v, i) => le(sub(v, gains[i]), p)));
      const even = (gains) => le(sub(greatest(gains), least(gains)), T);
      if (status === 'draw' && !(even(g) && near(g, known))) return false;
      if (compared.length > 2) {
        if (status === 'draw') this.prove(pareto(scale, x.u), scale);
        const sure = reference.possible || (arrangements(sorted(k), 2).length === 1 ? [k] : null);
        this.prove(strip(scale, T, p, k, status === 'draw' ? x.u : null, this.outcomes.map((o) => o.u), sure), scale);
      } else this.search(x, status, T, p, reference.possible || arrangements(sorted(k)), near, even);
      this.said.push(status === 'draw' ? 'The package is a draw, and no draw has better sorted gains.' : 'No package is a draw: this one comes first by the Kalai–Smorodinsky rule.');
      return true;
    }
    search(x, status, T, p, possible, near, even) {
      const {scale} = this, [a, b] = scale.compared;
      const run = list(this.key('run'), MAX.things).map((place) => (place === null ? null : this.place(place)));
      need(run.length >= 2 && run.slice(1, -1).every((o) => o), 'run', 'a run of fewer than two, or with a hole');
      const [first, last] = [run[0], run[run.length - 1]];
      const outside = (o, near_, far, at) => { // far beyond the tolerance, or too dear for the near one
        const g = scale.gains(o.u);
        return lt(T, sub(g[far], g[near_])) || possible.every((kappa) => lt(g[at], sub(kappa[at], p)));
      };
      need(!first || outside(first, 0, 1, 0), 'run', 'the first of the run is not outside');
      need(!last || outside(last, 1, 0, 1), 'run', 'the last of the run is not outside');
      const inner = run.slice(1, -1).filter((o) => { const g = scale.gains(o.u); return even(g) && near(g, possible); });
      const mine = sorted(scale.gains(x.u));
      const none = (gains) => status === 'draw' && lexicographic(sorted(gains), mine) <= 0;
      need(status === 'uneven' || run.slice(1, -1).includes(x), 'run', 'the package is not inside the run');
      need(inner.every((o) => none(scale.gains(o.u))), 'status', 'another package of the run is a draw that is better, or one');
      this.walk(run, scale, (P, Q) => {
        const [p0, q0] = [scale.gains(P.u), scale.gains(Q.u)], at = (t) => p0.map((v, i) => add(v, mul(t, sub(q0[i], v))));
        for (const kappa of possible) {
          // T >= g_a - g_b >= -T, g_a >= kappa_a - p, g_b >= kappa_b - p, each linear in t
          let [lo, hi] = [0n, 1n];
          const apart = [sub(p0[0], p0[1]), sub(q0[0], q0[1])], cut = (from, to, value) => div(sub(value, from), sub(to, from));
          lo = [lo, cut(apart[0], apart[1], neg(T)), cut(p0[0], q0[0], sub(kappa[0], p))].reduce(max);
          hi = [hi, cut(apart[0], apart[1], T), cut(p0[1], q0[1], sub(kappa[1], p))].reduce(min);
          if (lt(hi, lo)) continue;
          const level = cut(apart[0], apart[1], 0n), spots = [lo, hi, ...(lt(lo, level) && lt(level, hi) ? [level] : [])];
          need(spots.every((t) => none(at(t))), 'status', 'an edge of the run holds a draw that is better, or one');
        }
      });
    }
    statusOf(x, status, rule) {
      const {dispute, scale} = this;
      if (this.imbalance === null || lt(dispute.tolerance, this.imbalance) || lt(dispute.tolerance, this.level)) return status === 'uneven';
      if (rule === 'kalai_smorodinsky') return status === 'draw';
      const {k, known, possible} = this.reference(), p = mul(dispute.price, scale.R), g = scale.gains(x.u);
      const near = known.some((kappa) => kappa.every((v, i) => le(sub(v, g[i]), p)));
      if (status === 'draw') return near;
      return !near && (possible !== null || arrangements(sorted(k), 2).length === 1);
    }
  }
  function arrangements(values, most = Infinity) {
    const found = [], used = values.map(() => false), row = [];
    (function extend() {
      if (found.length >= most) return;
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

  // The longest run of digits in the values: long numbers make every step longer.
  function longest(...values) {
    return (canonical(values).match(/[0-9]{150,}/g) || []).reduce((most, run) => Math.max(most, run.length), 0);
  }

  // --- the door -------------------------------------------------------------------------------
  function check(certificateText, {dispute = null, steps = STEPS} = {}) {
    try {
      const certificate = parse(certificateText);
      fields(certificate, ['hikiwake_certificate', 'dispute_hash', 'rule', 'status', 'claims', 'proof'], ['dispute']);
      need(certificate.hikiwake_certificate === 1, 'version', 'a certificate of another version');
      const given = dispute === null ? null : parse(dispute);
      const raw = given === null ? certificate.dispute : given;
      need(raw !== undefined, 'shape', 'the dispute is neither in the certificate nor beside it');
      text(certificate.dispute_hash);
      for (const one of [given, certificate.dispute]) {
        need(one === null || one === undefined || sha256(canonical(one)) === certificate.dispute_hash, 'hash', 'the hash is not that of the dispute');
      }
      const digits = longest(certificate, given);
      const work = new Check(certificate, new Dispute(raw), steps, digits);
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
        [a, b, c, d, e, f, g, z] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, z].forEach((v, i) => { h[i] = (h[i] + v) | 0; });
    }
    return h.map((v) => (v >>> 0).toString(16).padStart(8, '0')).join('');
  }

  globalThis.hikiwakeCheck = check;
  if (typeof module !== 'undefined' && typeof require !== 'undefined') {
    module.exports = {check};
    if (require.main === module) {
      const fs = require('fs'), words = process.argv.slice(2), at = words.indexOf('--steps');
      const steps = at >= 0 ? Number(words.splice(at, 2)[1]) : STEPS;
      if (words.length < 1 || words.length > 2 || !(steps > 0)) {
        console.error('usage: node checker.js settlement.cert.json [dispute.json] [--steps N]');
        process.exit(2);
      }
      let files;
      try { files = words.map((name) => fs.readFileSync(name)); } catch (error) { console.error(`${error.path || words[0]}: cannot be read`); process.exit(2); }
      const verdict = check(files[0], {dispute: files[1] || null, steps});
      for (const claim of verdict.claims) console.log(claim);
      console.log(verdict.valid ? `Valid. Checked: ${verdict.cases} cases, each closed by one line of arithmetic.` : `Not valid (${verdict.failure.code}): ${verdict.failure.words}.`);
      process.exit(verdict.valid ? 0 : 1);
    }
  }
})();
