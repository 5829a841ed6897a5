// Generates well-typed, deterministic Go programs that always end. Everything random comes from
// one seed. Programs avoid what Go leaves open: map order is sorted away by fmt, goroutines talk
// over channels in one fixed order, loops are bounded, and what may panic is recovered and printed.

const INTEGERS = ["int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64"];
const BITS = { int: 64, int8: 8, int16: 16, int32: 32, int64: 64, uint: 64, uint8: 8, uint16: 16, uint32: 32, uint64: 64 };
const STRINGS = ['""', '"a"', '"héllo"', '"x\\ty"', '"世界"', '"lockstep"', '"\\xff!"'];
const NESTING = 4;

export class Generator {
  constructor(seed) {
    this.state = (seed * 2654435761 + 12345) >>> 0;
    this.fresh = 0;
    this.structs = [];
    this.scope = [];
  }

  // ---- randomness ---------------------------------------------------------------------------

  next() {
    // xorshift32
    let x = this.state || 1;
    x ^= x << 13; x >>>= 0;
    x ^= x >>> 17;
    x ^= x << 5; x >>>= 0;
    this.state = x;
    return x;
  }
  below(n) { return this.next() % n; }
  chance(percent) { return this.below(100) < percent; }
  pick(list) { return list[this.below(list.length)]; }
  name(prefix) { return `${prefix}${this.fresh++}`; }

  // ---- types --------------------------------------------------------------------------------

  scalar() { return this.pick([...INTEGERS, "int", "int", "string", "bool", "float64"]); }
  type() {
    const element = this.scalar();
    switch (this.below(9)) {
      case 0: return `[]${element}`;
      case 1: return `[3]${element}`;
      case 2: return `map[${this.pick(["int", "string", "uint8", "[2]int"])}]${element}`;
      case 3: return this.structs.length ? this.pick(this.structs).name : element;
      case 4: return "any";
      default: return element;
    }
  }
  isInteger(type) { return INTEGERS.includes(type); }
  struct(type) { return this.structs.find((s) => s.name === type); }

  // ---- expressions --------------------------------------------------------------------------

  variable(type) {
    const fitting = this.scope.filter((v) => v.type === type);
    return fitting.length ? this.pick(fitting).name : undefined;
  }

  literal(type) {
    if (this.isInteger(type)) {
      const bits = BITS[type];
      const unsigned = type.startsWith("u");
      const top = unsigned ? (1n << BigInt(bits)) - 1n : (1n << BigInt(bits - 1)) - 1n;
      const bottom = unsigned ? 0n : -top - 1n;
      const value = this.chance(20) ? this.pick([top, bottom, top - 1n]) : BigInt(this.below(100)) % (top + 1n) - (unsigned || this.chance(60) ? 0n : 50n);
      return `${type}(${value})`;
    }
    switch (type) {
      case "bool": return this.pick(["true", "false"]);
      case "string": return this.pick(STRINGS);
      case "float64": return `float64(${this.pick(["0.5", "1", "-2.25", "1e10", "3", "0.1", "-0.75", "1e-3"])})`;
      case "any": { const t = this.scalar(); return `any(${this.literal(t)})`; }
    }
    const struct = this.struct(type);
    if (struct) return `${type}{${struct.fields.map((f) => `${f.name}: ${this.literal(f.type)}`).join(", ")}}`;
    const array = type.match(/^\[(\d*)\](.*)$/);
    if (array) {
      const n = array[1] ? Number(array[1]) : this.below(4);
      return `${type}{${Array.from({ length: n }, () => this.literal(array[2])).join(", ")}}`;
    }
    const map = type.match(/^map\[(\[2\]int|\w+)\](.*)$/);
    const keys = { int: ["1", "2", "-7"], string: ['"k"', '""', '"q"'], uint8: ["0", "255", "3"], "[2]int": ["{1, 2}", "{}", "{-1, 5}"] }[map[1]];
    return `${type}{${keys.slice(0, this.below(4)).map((k) => `${k}: ${this.literal(map[2])}`).join(", ")}}`;
  }

  /** An expression of `type` that may panic only at run time, never at compile time. */
  expression(type, depth = NESTING) {
    const held = this.variable(type);
    if (depth <= 0 || this.chance(25)) return held ?? this.literal(type);
    const sub = (t) => this.expression(t, depth - 1);
    if (this.isInteger(type)) return this.integer(type, sub);
    switch (type) {
      case "bool": {
        const t = this.scalar();
        switch (this.below(5)) {
          case 0: return `(${sub("bool")} ${this.pick(["&&", "||"])} ${sub("bool")})`;
          case 1: return `!(${sub("bool")})`;
          case 2: return `(${sub("any")} == ${sub("any")})`;
          default: return t === "bool" ? `(${sub(t)} == ${sub(t)})` : `(${sub(t)} ${this.pick(["==", "!=", "<", "<=", ">", ">="])} ${sub(t)})`;
        }
      }
      case "string":
        switch (this.below(6)) {
          case 0: return `(${sub("string")} + ${sub("string")})`;
          case 1: return `fmt.Sprint(${sub(this.scalar())}, ${sub(this.type())})`;
          case 2: return `string(rune(${this.below(300) + 32}))`;
          case 3: return `cut(${sub("string")}, ${sub("int")}, ${sub("int")})`;
          case 4: return `fmt.Sprintf(${this.pick(['"%v|%T"', '"%+v %v"', '"%#v/%d"', '"%q %x"'])}, ${sub(this.pick(["int", "string", "uint8", "bool"]))}, ${sub(this.pick(["int", "int16"]))})`;
          default: return held ?? this.literal("string");
        }
      case "float64":
        switch (this.below(4)) {
          case 0: return `float64(${sub(this.pick(INTEGERS))})`;
          case 1: return `(${sub(type)} ${this.pick(["+", "-", "*", "/"])} same(${sub(type)}))`;
          case 2: return `-(${sub(type)})`;
          default: return held ?? this.literal(type);
        }
      case "any": return `any(${sub(this.pick([this.scalar(), "int", "string"]))})`;
    }
    const array = type.match(/^\[(\d*)\](.*)$/);
    if (array && !array[1]) {
      switch (this.below(4)) {
        case 0: return `append(${sub(type)}, ${sub(array[2])})`;
        case 1: return `part(${sub(type)}, ${sub("int")}, ${sub("int")})`;
        case 2: return `append(${sub(type)}, ${sub(type)}...)`;
      }
    }
    return held ?? this.literal(type);
  }

  integer(type, sub) {
    switch (this.below(12)) {
      // Never by zero: whether that or the panic of a call beside it comes first, Go leaves open.
      case 0: return `(${sub(type)} / same(${sub(type)} | 1))`;
      case 1: return `(${sub(type)} % one[${type}]())`;
      case 2: return `(same(${sub(type)}) << (${sub("uint8")} % 70))`;
      case 3: return `(same(${sub(type)}) >> (${sub("uint8")} % 70))`;
      case 4: return `${type}(same(${sub(this.pick(INTEGERS))}))`;
      case 5: return `${type}(len(${sub("string")}))`;
      case 6: return `(${this.pick(["-", "^"])}same(${sub(type)}))`;
      case 7: return `min(same(${sub(type)}), ${sub(type)})`;
      case 8: return `at(${sub(`[]${type}`)}, ${sub("int")})`;
      default: return `(same(${sub(type)}) ${this.pick(["+", "-", "*", "&", "|", "^", "&^"])} ${sub(type)})`;
    }
  }

  // ---- statements ---------------------------------------------------------------------------

  block(depth, context) {
    const outer = this.scope;
    this.scope = [...outer];
    const lines = Array.from({ length: 1 + this.below(3) }, () => this.statement(depth, context)).flat();
    this.scope = outer;
    return lines.map((line) => `\t${line}`);
  }

  declare(type, value) {
    const name = this.name("v");
    this.scope.push({ name, type });
    return [`var ${name} ${type} = ${value}`, `_ = ${name}`];
  }

  statement(depth, context) {
    const settable = this.scope.filter((v) => !v.fixed);
    if (depth <= 0) return [this.print()];
    switch (this.below(16)) {
      case 0: case 1: case 2: { const t = this.type(); return this.declare(t, this.expression(t)); }
      case 3: case 4:
        if (settable.length) { const v = this.pick(settable); return [`${v.name} = ${this.expression(v.type)}`]; }
        return [this.print()];
      case 5: return [`if ${this.expression("bool")} {`, ...this.block(depth - 1, context), ...(this.chance(50) ? ["} else {", ...this.block(depth - 1, context)] : []), "}"];
      case 6: {
        const i = this.name("i");
        this.scope.push({ name: i, type: "int", fixed: true });
        const body = this.block(depth - 1, { ...context, loop: true });
        this.scope = this.scope.filter((v) => v.name !== i);
        return this.chance(50)
          ? [`for ${i} := 0; ${i} < ${1 + this.below(4)}; ${i}++ {`, ...body, "}"]
          : [`for ${i} := range ${1 + this.below(4)} {`, `\t_ = ${i}`, ...body, "}"];
      }
      case 7: {
        const t = this.pick(["int", "string", "uint8"]);
        const keys = new Set(Array.from({ length: 3 }, () => (t === "string" ? this.pick(STRINGS) : `${this.below(20)}`)));
        const cases = [...keys].flatMap((k) => [`case ${k}:`, ...this.block(depth - 1, context), ...(this.chance(20) ? ["\tfallthrough"] : [])]);
        return [`switch ${this.expression(t)} {`, ...cases, "default:", ...this.block(depth - 1, context), "}"];
      }
      case 8: {
        const t = this.pick(["[]int", "string", "[3]string", "[]uint16"]);
        const [k, v] = [this.name("k"), this.name("e")];
        const element = t === "string" ? "rune" : t.replace(/^\[\d*\]/, "");
        this.scope.push({ name: k, type: "int", fixed: true }, { name: v, type: element, fixed: true });
        const body = this.block(depth - 1, { ...context, loop: true });
        this.scope = this.scope.filter((x) => x.name !== k && x.name !== v);
        return [`for ${k}, ${v} := range ${this.expression(t, 2)} {`, `\t_, _ = ${k}, ${v}`, ...body, "}"];
      }
      case 9: return context.loop ? [`if ${this.expression("bool")} {`, `\t${this.pick(["break", "continue"])}`, "}"] : [this.print()];
      case 10: return ["func() {", "\tdefer caught()", ...this.block(depth - 1, {}), "}()"];
      case 11: return [`defer func() {`, ...this.block(1, {}), "}()"];
      case 12: return this.closure(depth);
      case 13: return this.channel(depth);
      case 14: {
        const t = this.scalar();
        const [v, m] = [this.name("s"), this.name("x")];
        return [`switch ${v} := ${this.expression("any")}.(type) {`, `case ${t}:`, `\tfmt.Println("${m}", ${v})`, "case nil, error:", `\tfmt.Println("other", ${v})`, "default:", `\tfmt.Printf("%T\\n", ${v})`, "}"];
      }
      default: return [this.print()];
    }
  }

  closure(depth) {
    const f = this.name("f");
    const p = this.name("p");
    const [from, to] = [this.scalar(), this.scalar()];
    const outer = this.scope;
    this.scope = [...outer, { name: p, type: from }];
    const lines = [`${f} := func(${p} ${from}) (result ${to}) {`, ...(this.chance(40) ? ["\tdefer caught()"] : []), `\t_ = ${p}`];
    lines.push(...this.block(depth - 1, {}), `\treturn ${this.expression(to)}`, "}");
    this.scope = outer;
    return [...lines, `fmt.Println(${f}(${this.expression(from, 2)}), ${f}(${this.expression(from, 2)}))`];
  }

  channel() {
    const [ch, e] = [this.name("ch"), this.name("e")];
    const t = this.pick(["int", "string", "uint8", "float64", ...this.structs.map((s) => s.name)]);
    const values = Array.from({ length: 1 + this.below(4) }, () => this.expression(t, 2));
    return [
      `${ch} := make(chan ${t}, ${this.below(3)})`,
      "go func() {",
      `\tdefer close(${ch})`,
      "\tdefer caught()",
      ...values.map((v) => `\t${ch} <- ${v}`),
      "}()",
      `for ${e} := range ${ch} {`,
      `\tlines.add(fmt.Sprint(${e}))`,
      "}",
      "lines.flush()",
    ];
  }

  print() {
    const shown = this.scope.length ? this.pick(this.scope) : undefined;
    return shown ? `fmt.Println("${shown.name}", ${shown.name}, ${this.expression(this.scalar(), 3)})` : `fmt.Println(${this.expression(this.scalar(), 3)})`;
  }

  // ---- programs -----------------------------------------------------------------------------

  program(n) {
    this.structs = Array.from({ length: this.below(3) }, (_, i) => ({
      name: `T${n}_${i}`,
      fields: Array.from({ length: 1 + this.below(3) }, (_, f) => ({ name: `F${f}`, type: this.scalar() })),
    }));
    this.scope = [];
    const types = this.structs.flatMap((s) => [`type ${s.name} struct {`, ...s.fields.map((f) => `\t${f.name} ${f.type}`), "}", ""]);
    const body = Array.from({ length: 4 + this.below(5) }, () => this.statement(3, {})).flat();
    const prints = this.scope.map((v) => `fmt.Printf("%v %T\\n", ${v.name}, ${v.name})`);
    return [...types, `func program${n}() {`, "\tdefer caught()", ...[...body, ...prints].map((l) => `\t${l}`), "}"].join("\n");
  }

  file(programs) {
    return `package main

import "fmt"

type log struct{ all []string }

func (l *log) add(s string) { l.all = append(l.all, s) }
func (l *log) flush()       { fmt.Println(len(l.all), l.all); l.all = nil }

var lines log

func caught() {
	if r := recover(); r != nil {
		fmt.Println("recovered:", r)
	}
}

// same keeps the compiler from folding an expression that would overflow as a constant.
func same[T any](v T) T { return v }

func one[T ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64]() T {
	return same[T](7)
}

func bound(i, n int) int {
	if n == 0 {
		return 0
	}
	if i < 0 {
		i = -(i + 1)
	}
	return i % n
}

func cut(s string, i, j int) string {
	i, j = bound(i, len(s)+1), bound(j, len(s)+1)
	return s[min(i, j):max(i, j)]
}

func part[T any](s []T, i, j int) []T {
	i, j = bound(i, len(s)+1), bound(j, len(s)+1)
	return s[min(i, j):max(i, j)]
}

// at may be out of range: that panic is part of the program.
func at[T any](s []T, i int) T { return s[bound(i, len(s)+1)] }

func main() {
${programs.map((_, n) => `\tfmt.Println("== ${n}")\n\tprogram${n}()`).join("\n")}
}

${programs.join("\n\n")}
`;
  }
}
